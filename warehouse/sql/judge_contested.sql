-- The rows that count and whose keys have several of them, ranked and judged: the newest vintage of every key and source is
-- current (newer data date wins, then the later load); where several sources or places of the newest date print different
-- values for one key, all stay and are marked as contradicted. Of the rows in `candidates`.
create or replace temp table contested_keys as
select jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind
from candidates
semi join active_loads
    using (load_no)
group by jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind
having count(*) > 1;
create or replace temp table contested as
with several as (
    select candidates.*
    from candidates
    semi join active_loads
        using (load_no)
    semi join contested_keys
        using (jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind)
),

ranked as (
    select
        *,
        rank() over (
            partition by
                jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source
            order by data_date desc, load_no desc
        ) as vintage
    from several
),

-- The newest vintage of a source is current where no other source has a newer data date.
dated as (
    select
        * exclude (vintage),
        vintage = 1
        and coalesce(data_date = max(case when vintage = 1 then data_date end) over one_key, false) as is_current
    from ranked
    window one_key as (
        partition by jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind
    )
),

-- What a printed value says the true one can be: "ca. 7.200" allows 7.150 to 7.250, "über 50" everything above.
stepped as (
    select
        *,
        if(is_current, value, null) as said,
        case
            when value <> floor(value) then 1
            when value % 1000 = 0 then 1000
            when value % 100 = 0 then 100
            when value % 10 = 0 then 10
            else 1
        end as step
    from dated
),

bounded as (
    select
        * exclude (said, step),
        case
            when said is null and is_current then status
            when is_current then 'value'
        end as sign,
        case
            when precision in ('bis', 'unter') and is_current then '-infinity'::double
            when precision = 'ungefaehr' then said - step / 2
            when precision = 'auf_zehn' then said - 5
            else said
        end as lowest,
        case
            when precision in ('von', 'ueber') and is_current then 'infinity'::double
            when precision = 'ungefaehr' then said + step / 2
            when precision = 'auf_zehn' then said + 5
            else said
        end as highest
    from stepped
)

-- Values contradict each other where no number fits them all, or where a sign stands beside a value.
select
    bounded.* exclude (lowest, highest, sign),
    coalesce(max(lowest) over one_key > min(highest) over one_key, false)
    or count(distinct sign) over one_key > 1 as contradicted
from bounded
window one_key as (
    partition by jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind
);
