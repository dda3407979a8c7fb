-- For which periods some quantities (kind Ist) were reported, for how many areas of each level and with how many values.
-- Level: jobcenter or kreis as deliveries say it, own for the Jobcenter of the catalog, which are both.
with asked_indicators as (select unnest($indicators::varchar[]) as indicator),

asked_breakdowns as (select unnest($breakdowns::varchar[]) as breakdown),

own as (select unnest($jobcenters::varchar[]) as jobcenter),

own_periods as (
    select
        current_observations.indicator,
        current_observations.breakdown,
        time_concept,
        period_start,
        period_end,
        'own' as level,
        count(distinct current_observations.jobcenter) as areas,
        count(distinct current_observations.jobcenter) filter (where value is not null) as figures
    from current_observations
    inner join asked_indicators
        on current_observations.indicator = asked_indicators.indicator
    inner join asked_breakdowns
        on current_observations.breakdown = asked_breakdowns.breakdown
    inner join own
        on current_observations.jobcenter = own.jobcenter
    where kind = 'ist'
    group by current_observations.indicator, current_observations.breakdown, time_concept, period_start, period_end
),

united as (
    select periods_of_areas.*
    from periods_of_areas
    inner join asked_indicators
        on periods_of_areas.indicator = asked_indicators.indicator
    inner join asked_breakdowns
        on periods_of_areas.breakdown = asked_breakdowns.breakdown
    union all by name
    select * from own_periods
)

select *
from united
order by indicator, breakdown, period_end, period_start, time_concept, level;
