-- The current values of some indicators for some areas, in every kind, time concept and period, without the parts (Frauen,
-- unter 25, …) that a statistic gives for everyone.
with asked_indicators as (select unnest($indicators::varchar[]) as indicator),

asked_areas as (select unnest($areas::varchar[]) as jobcenter)

select current_observations.*
from current_observations
inner join asked_indicators
    on current_observations.indicator = asked_indicators.indicator
inner join asked_areas
    on current_observations.jobcenter = asked_areas.jobcenter
where breakdown = '' or not list_contains($statistics::varchar[], source)
order by
    current_observations.indicator, current_observations.breakdown, current_observations.jobcenter,
    current_observations.period_start, current_observations.period_end, current_observations.time_concept,
    current_observations.kind, current_observations.row;
