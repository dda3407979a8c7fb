-- Twelve-month mean and change to the same month of the year before.
select
    if(count(value) over run = 12, avg(value) over run, 0)
    + coalesce(value / lag(value, 12) over one_series - 1, 0) as answer
from current_observations
inner join (select unnest($indicators::varchar[]) as indicator)
    using (indicator)
inner join (select unnest($five::varchar[]) as jobcenter)
    using (jobcenter)
where
    breakdown = ''
    and kind = 'ist'
    and time_concept = 'stichtag'
    and period_end >= date_trunc('month', $month::date) - interval 2 year
window
    one_series as (partition by indicator, jobcenter order by period_end),
    run as (partition by indicator, jobcenter order by period_end rows between 11 preceding and current row);
