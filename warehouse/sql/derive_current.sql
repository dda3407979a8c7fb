-- The newest vintage of every key and source (newer data date wins, then the later load); where several sources or
-- places of the newest date print different values for one key, all stay and are marked as contradicted.
-- Sorted by what pages ask for: a sorted table needs no index (see docs on performance).
create or replace table current_observations as
with ranked as (
    select
        *,
        rank() over (
            partition by
                jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source
            order by data_date desc, load_no desc
        ) as vintage
    from observations
),

newest_per_source as (
    select * exclude (vintage)
    from ranked
    where vintage = 1
),

dated as (
    select
        *,
        max(data_date) over (
            partition by jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind
        ) as newest_date
    from newest_per_source
),

newest as (
    select * exclude (newest_date)
    from dated
    where data_date = newest_date
),

judged as (
    select
        newest.*,
        count(distinct coalesce(value::varchar, status)) filter (where precision not in ('von', 'bis')) over (
            partition by jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind
        ) > 1 as contradicted
    from newest
)

select
    judged.*,
    confidential_sources.source is not null as confidential
from judged
left join confidential_sources
    on judged.source = confidential_sources.source
order by
    indicator, breakdown, jobcenter, period_start, period_end, time_concept, kind, source, load_no, row;
