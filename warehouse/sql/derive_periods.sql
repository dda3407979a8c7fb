-- For which periods each quantity (kind Ist) was reported, by how many Jobcenter and Kreise that are not in the catalog and with
-- how many values: a page that looks for the newest common period of many quantities reads no histories.
create or replace table periods_of_areas as
with levels as (
    select id as jobcenter, max(kind) as level, row_number() over (order by id)::usmallint as number
    from areas
    group by id
)

select
    indicator,
    breakdown,
    time_concept,
    period_start,
    period_end,
    level,
    len(list_distinct(list(number))) as areas,
    coalesce(len(list_distinct(list(number) filter (where value is not null))), 0) as figures
from current_observations
inner join levels
    on current_observations.jobcenter = levels.jobcenter
where kind = 'ist'
group by indicator, breakdown, time_concept, period_start, period_end, level
order by indicator, breakdown, period_end, period_start, time_concept, level;
