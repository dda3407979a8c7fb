-- Which series exist for some areas: one row per indicator, breakdown, area and kind, with how many values and the periods they span.
with asked_areas as (select unnest($areas::varchar[]) as jobcenter)

select
    indicator,
    breakdown,
    current_observations.jobcenter,
    kind,
    count(value) as figures,
    count(distinct period_start) as periods,
    min(period_start) as first_start,
    max(period_end) as last_end,
    arg_max(period_start, period_end) as last_start,
    count(*) filter (where precision <> 'exakt') as approximate,
    count(*) filter (where status = 'unsicher') as uncertain,
    count(*) filter (where value is null) as missing,
    bool_or(contradicted) as contradicted,
    bool_or(confidential) as confidential
from current_observations
inner join asked_areas
    on current_observations.jobcenter = asked_areas.jobcenter
group by indicator, breakdown, current_observations.jobcenter, kind
order by indicator, breakdown, current_observations.jobcenter, kind;
