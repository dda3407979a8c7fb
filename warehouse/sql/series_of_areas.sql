-- The courses (kind Ist) of some quantities of many areas between two days, with only what settled values and formulas need.
with asked_areas as (select unnest($areas::varchar[]) as jobcenter)

select
    current_observations.jobcenter,
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
    contradicted,
    confidential
from current_observations
inner join asked_areas
    on current_observations.jobcenter = asked_areas.jobcenter
where
    list_contains($indicators::varchar[], indicator)
    and list_contains($breakdowns::varchar[], breakdown)
    and period_start >= $first
    and period_end <= $last
    and kind = 'ist'
order by
    indicator, breakdown, current_observations.jobcenter, period_start, period_end, time_concept, source, load_no, row;
