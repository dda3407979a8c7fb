-- The newest value of some indicators for some Jobcenter, from the sorted table alone; a sign (anonymised) is the newest, too.
select arg_max_null(value, period_end) as answer
from current_observations
inner join (select unnest($indicators::varchar[]) as indicator)
    using (indicator)
inner join (select unnest($five::varchar[]) as jobcenter)
    using (jobcenter)
where
    breakdown = ''
    and kind = 'ist'
    and time_concept = 'stichtag'
    and period_end > $month::date - 730
group by indicator, jobcenter;
