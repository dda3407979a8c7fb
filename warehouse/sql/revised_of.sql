-- Keys of some areas of which an older vintage of the same source says something else than the newest one.
with asked_areas as (select unnest($areas::varchar[]) as jobcenter),

-- All that one vintage says about a key, in one fixed order: two printed values are one statement, no revision.
vintages as (
    select
        observations.jobcenter,
        indicator,
        breakdown,
        period_start,
        period_end,
        time_concept,
        kind,
        source,
        data_date,
        load_no,
        list_sort(list(distinct coalesce(value::varchar, status))) as said
    from observations
    inner join asked_areas
        on observations.jobcenter = asked_areas.jobcenter
    group by
        observations.jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source, data_date, load_no
)

select jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source
from vintages
group by jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source
having count(distinct said) > 1
order by jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source;
