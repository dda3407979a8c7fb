-- The current values (kind Ist) of some quantities of many areas for one period and time concept, with only what
-- groups and ranks need. In no order: sorting here takes a fifth of the time, see warehouse/peer_values.py.
select
    jobcenter,
    indicator,
    breakdown,
    period_start,
    period_end,
    time_concept,
    kind,
    value,
    status,
    precision,
    source,
    data_date,
    load_no,
    row,
    contradicted,
    confidential
from current_observations
where
    list_contains($indicators::varchar[], indicator)
    and list_contains($breakdowns::varchar[], breakdown)
    and list_contains($areas::varchar[], jobcenter)
    and period_start = $start
    and period_end = $end
    and time_concept = $time_concept
    and kind = 'ist';
