-- The course of one indicator: median and quartiles of a group by month.
select
    quantile_cont(value, 0.5) as answer,
    quantile_cont(value, 0.25) as lower,
    quantile_cont(value, 0.75) as upper
from current_observations
inner join (select unnest($members::varchar[]) as jobcenter)
    using (jobcenter)
where indicator = $first and breakdown = '' and kind = 'ist' and time_concept = 'stichtag'
group by period_start
order by period_start;
