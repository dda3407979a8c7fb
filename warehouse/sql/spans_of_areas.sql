-- From when to when any number (kind Ist) is known of each Jobcenter and Kreis: who is gone, and who was not there yet.
with levels as (
    select id as jobcenter
    from areas
    group by id
)

select
    current_observations.jobcenter,
    min(period_start) as first_start,
    max(period_end) as last_end
from current_observations
inner join levels
    on current_observations.jobcenter = levels.jobcenter
where kind = 'ist' and value is not null
group by current_observations.jobcenter
order by current_observations.jobcenter;
