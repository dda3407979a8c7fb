-- How many values of one extract are in force, by Jobcenter, and for how many of them no other extract gives any.
select
    held.jobcenter,
    count(*) as in_force,
    count(*) filter (
        where not exists (
            select 1
            from observations as other
            where
                other.extract <> held.extract
                and other.jobcenter = held.jobcenter
                and other.indicator = held.indicator
                and other.breakdown = held.breakdown
                and other.period_start = held.period_start
                and other.period_end = held.period_end
                and other.time_concept = held.time_concept
                and other.kind = held.kind
        )
    ) as without_other
from current_observations as held
where held.extract = $extract
group by held.jobcenter
order by in_force desc, held.jobcenter;
