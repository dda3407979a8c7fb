-- The current values without the earlier months of monthly series (monthly: three months or more), by area: pages that
-- show the newest month of many quantities read nothing else. (Months are counted as bits of three centuries, see derive_series.sql.)
create or replace table newest_observations as
with months as (
    select
        jobcenter, indicator, breakdown, time_concept, kind, source,
        if(
            bit_count(bitstring_agg((year(period_end) - 1900) * 12 + month(period_end) - 1, 0, 3599)) > 2,
            max(period_end), min(period_end)
        ) as first_kept
    from current_observations
    where
        day(period_start) = 1
        and period_end = last_day(period_start)
        and year(period_end) between 1900 and 2199
    group by jobcenter, indicator, breakdown, time_concept, kind, source
),

kept as (
    select current_observations.*
    from current_observations
    inner join months
        on
            current_observations.jobcenter = months.jobcenter
            and current_observations.indicator = months.indicator
            and current_observations.breakdown = months.breakdown
            and current_observations.time_concept = months.time_concept
            and current_observations.kind = months.kind
            and current_observations.source = months.source
            and current_observations.period_end >= months.first_kept
    where day(period_start) = 1 and period_end = last_day(period_start)
    union all
    select *
    from current_observations
    where not (day(period_start) = 1 and period_end = last_day(period_start))
)

select *
from kept
order by
    jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source, load_no, row;
