-- All current values of some indicators, for some areas, of some kinds, in every time concept and period.
with asked_indicators as (select unnest($indicators::varchar[]) as indicator),

asked_areas as (select unnest($areas::varchar[]) as jobcenter),

asked_kinds as (select unnest($kinds::varchar[]) as kind)

select current_observations.*
from current_observations
inner join asked_indicators
    on current_observations.indicator = asked_indicators.indicator
inner join asked_areas
    on current_observations.jobcenter = asked_areas.jobcenter
inner join asked_kinds
    on current_observations.kind = asked_kinds.kind
order by
    current_observations.indicator, current_observations.breakdown, current_observations.jobcenter,
    current_observations.period_start, current_observations.period_end, current_observations.time_concept,
    current_observations.kind, current_observations.row;
