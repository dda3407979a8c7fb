-- Everything that had been loaded about one series of one area by then, and whether each value was current in that state. What was
-- taken back lies in neither table of an older state, so all rows are compared with what is current. In no order, as evidence.sql.
select
    loaded.*,
    (
        loaded.period_start, loaded.period_end, loaded.time_concept, loaded.kind, loaded.source, loaded.data_date,
        loaded.load_no
    ) in (
        select (period_start, period_end, time_concept, kind, source, data_date, load_no)
        from current_observations
        where jobcenter = $area and indicator = $indicator and breakdown = $breakdown
    ) as current
from loaded_observations as loaded
semi join loads
    on loaded.load_no = loads.load_no
where
    loaded.jobcenter = $area
    and loaded.indicator = $indicator
    and loaded.breakdown = $breakdown;
