-- Which quantities (kind Ist) how many Jobcenter and Kreise have ever had a number for; reference regions do not count.
with levels as (
    select id as jobcenter
    from areas
    group by id
    union
    select unnest($jobcenters::varchar[]) as jobcenter
)

select indicator, breakdown, count(*) as areas
from series
inner join levels
    on series.jobcenter = levels.jobcenter
where kind = 'ist' and dated_figures > 0
group by indicator, breakdown
order by indicator, breakdown;
