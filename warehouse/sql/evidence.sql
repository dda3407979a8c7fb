-- Everything ever loaded about one series of one area, with the load it came from, the act that took this load back, and
-- whether the value is current; by value, the newest vintage first.
with retractions as (
    select load_no, extract, who, acted_at, reason
    from loads
    where act = 'retracted'
)

select
    loaded.*,
    loads.file_name,
    loads.who,
    loads.acted_at,
    loads.reason,
    retractions.load_no is not null as retracted,
    retractions.who as retracted_by,
    retractions.acted_at as retracted_at,
    retractions.reason as retraction_reason,
    (
        loaded.period_start, loaded.period_end, loaded.time_concept, loaded.kind, loaded.source, loaded.data_date,
        loaded.load_no
    ) in (
        select (period_start, period_end, time_concept, kind, source, data_date, load_no)
        from current_observations
        where jobcenter = $area and indicator = $indicator and breakdown = $breakdown
    ) as current
from loaded_observations as loaded
inner join loads
    on loaded.load_no = loads.load_no
asof left join retractions
    on loads.extract = retractions.extract and loads.load_no < retractions.load_no
where
    loaded.jobcenter = $area
    and loaded.indicator = $indicator
    and loaded.breakdown = $breakdown
order by
    loaded.period_end desc, loaded.period_start desc, loaded.kind, loaded.time_concept, loaded.data_date desc,
    loaded.load_no desc, loaded.row;
