-- The distribution of one group in one month.
select quantile_cont(value, 0.25) + quantile_cont(value, 0.5) + quantile_cont(value, 0.75) as answer
from current_observations
inner join (select unnest($members::varchar[]) as jobcenter)
    using (jobcenter)
where
    indicator = $first
    and breakdown = ''
    and kind = 'ist'
    and time_concept = 'stichtag'
    and period_end = $month;
