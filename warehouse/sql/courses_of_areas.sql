-- How some quantities of some areas came to their newest values: Ist and Plan, months from `first` on, longer periods all.
with asked_indicators as (select unnest($indicators::varchar[]) as indicator),

asked_breakdowns as (select unnest($breakdowns::varchar[]) as breakdown),

asked_areas as (select unnest($areas::varchar[]) as jobcenter)

select current_observations.*
from current_observations
inner join asked_indicators
    on current_observations.indicator = asked_indicators.indicator
inner join asked_breakdowns
    on current_observations.breakdown = asked_breakdowns.breakdown
inner join asked_areas
    on current_observations.jobcenter = asked_areas.jobcenter
where (period_end >= $first or period_end - period_start > 31) and kind in ('ist', 'plan')
order by
    current_observations.indicator, current_observations.breakdown, current_observations.jobcenter, period_start,
    period_end, time_concept, kind, source, load_no, row;
