-- Keys of which an older vintage of the same source says something else than the newest one; small beside the values
-- themselves. Only what is superseded and counts can be such a vintage.
create or replace table revised_keys as
with superseded as (
    select superseded_observations.*
    from superseded_observations
    semi join active_loads
        using (load_no)
),

every as (
    select jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source, data_date, load_no, value, status
    from superseded
    union all
    select jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source, data_date, load_no, value, status
    from current_observations
    semi join superseded
        using (jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source)
),

-- All that one vintage says about a key, in one fixed order: two printed values are one statement, no revision.
vintages as (
    select
        jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source, data_date, load_no,
        list_sort(list(distinct coalesce(value::varchar, status))) as said
    from every
    group by jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source, data_date, load_no
)

select jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source
from vintages
group by jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source
having count(distinct said) > 1
order by jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source;
