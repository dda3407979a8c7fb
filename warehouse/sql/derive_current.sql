-- The newest vintage of every key and source (newer data date wins, then the later load); where several sources or
-- places of the newest date print different values for one key, all stay and are marked as contradicted.
-- Most keys have one value, which is current as it stands: only the others are ranked and judged, in half the time.
-- Of all observations, or of those whose keys have changed: `candidates` says which.
create or replace temp view derived_observations as
with several as (
    select jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind
    from candidates
    group by jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind
    having count(*) > 1
),

every as materialized (
    select
        candidates.*,
        several.jobcenter is null as is_alone
    from candidates
    left join several
        using (jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind)
),

ranked as (
    select
        * exclude (is_alone),
        rank() over (
            partition by
                jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source
            order by data_date desc, load_no desc
        ) as vintage
    from every
    where not is_alone
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

-- What a printed value says the true one can be: "ca. 7.200" allows 7.150 to 7.250, "über 50" everything above.
stepped as (
    select
        *,
        case
            when value <> floor(value) then 1
            when value % 1000 = 0 then 1000
            when value % 100 = 0 then 100
            when value % 10 = 0 then 10
            else 1
        end as step
    from newest
),

bounded as (
    select
        * exclude (step),
        case precision
            when 'bis' then '-infinity'::double
            when 'unter' then '-infinity'::double
            when 'ungefaehr' then value - step / 2
            when 'auf_zehn' then value - 5
            else value
        end as lowest,
        case precision
            when 'von' then 'infinity'::double
            when 'ueber' then 'infinity'::double
            when 'ungefaehr' then value + step / 2
            when 'auf_zehn' then value + 5
            else value
        end as highest
    from stepped
),

-- Values contradict each other where no number fits them all, or where a sign stands beside a value.
judged as (
    select
        bounded.* exclude (lowest, highest),
        coalesce(max(lowest) over one_key > min(highest) over one_key, false)
        or count(distinct case when value is null then status else 'value' end) over one_key > 1 as contradicted
    from bounded
    window one_key as (
        partition by jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind
    )
),

united as (
    select * from judged
    union all by name
    select
        * exclude (is_alone),
        false as contradicted
    from every
    where is_alone
)

select
    united.*,
    confidential_sources.source is not null as confidential
from united
left join confidential_sources
    on united.source = confidential_sources.source;
