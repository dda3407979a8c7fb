-- The rank of every Jobcenter in its Vergleichstyp, by indicator, in one month.
select if(value is null, null, rank() over (partition by indicator, type order by value nulls last)) as answer
from current_observations
inner join (select unnest($indicators::varchar[]) as indicator)
    using (indicator)
inner join (select unnest($ids::varchar[]) as jobcenter, unnest($types::varchar[]) as type)
    using (jobcenter)
where breakdown = '' and kind = 'ist' and time_concept = 'stichtag' and period_end = $month;
