-- From when to when any number (kind Ist) is known of each Jobcenter and Kreis: who is gone, and who was not there yet.
with levels as (
    select id as jobcenter
    from areas
    group by id
)

select
    series.jobcenter,
    min(first_figure) as first_start,
    max(last_figure) as last_end
from series
inner join levels
    on series.jobcenter = levels.jobcenter
where kind = 'ist' and figures > 0
group by series.jobcenter
order by series.jobcenter;
