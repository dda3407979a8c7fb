-- The current values (kind Ist) of some quantities of many areas for one period and time concept, with only what
-- groups and ranks need.
with asked_indicators as (select unnest($indicators::varchar[]) as indicator),

asked_breakdowns as (select unnest($breakdowns::varchar[]) as breakdown),

asked_areas as (select unnest($areas::varchar[]) as jobcenter)

select
    current_observations.jobcenter,
    current_observations.indicator,
    current_observations.breakdown,
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
inner join asked_indicators
    on current_observations.indicator = asked_indicators.indicator
inner join asked_breakdowns
    on current_observations.breakdown = asked_breakdowns.breakdown
inner join asked_areas
    on current_observations.jobcenter = asked_areas.jobcenter
where
    period_start = $start
    and period_end = $end
    and time_concept = $time_concept
    and kind = 'ist'
order by
    current_observations.indicator, current_observations.breakdown, current_observations.jobcenter, source, load_no, row;
