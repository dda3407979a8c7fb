-- The current values without the earlier months of monthly series (monthly: three months or more), by area: pages that
-- show the newest month of many quantities read nothing else.
create or replace table newest_observations as
with monthly as (
    select jobcenter, indicator, breakdown, time_concept, kind, source, max(period_end) as newest
    from current_observations
    where period_start < period_end and period_start = date_trunc('month', period_end) and period_end = last_day(period_end)
    group by jobcenter, indicator, breakdown, time_concept, kind, source
    having count(distinct period_end) > 2
)

select current_observations.*
from current_observations
left join monthly
    using (jobcenter, indicator, breakdown, time_concept, kind, source)
where
    newest is null
    or current_observations.period_end = newest
    or not (
        period_start < period_end
        and period_start = date_trunc('month', period_end)
        and period_end = last_day(period_end)
    )
order by
    current_observations.jobcenter, current_observations.indicator, current_observations.breakdown, period_start,
    period_end, current_observations.time_concept, current_observations.kind, current_observations.source, load_no, row;
