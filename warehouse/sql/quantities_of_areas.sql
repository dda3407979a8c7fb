-- Which quantities (kind Ist) how many Jobcenter and Kreise have ever had a number for; reference regions do not count.
with levels as (
    select id as jobcenter
    from areas
    group by id
    union
    select unnest($jobcenters::varchar[]) as jobcenter
),

reported as (
    select indicator, breakdown, jobcenter
    from current_observations
    where kind = 'ist' and value is not null and time_concept <> 'dokumentstand'
    group by indicator, breakdown, jobcenter
)

select indicator, breakdown, count(*) as areas
from reported
inner join levels
    on reported.jobcenter = levels.jobcenter
group by indicator, breakdown
order by indicator, breakdown;
