-- What is current among the loads that count: of every key the values of the newest data date, of one source those of its
-- latest load; where several sources or places of that date print different values for one key, all stay and are marked as
-- contradicted. Most keys have one value, so exceptions are looked for and joined: twice as fast as windows over all rows.
-- Sorted by what pages ask for: a sorted table needs no index (see docs on performance).
create or replace table current_observations as
with revised as (
    select
        jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind,
        max(data_date) as newest_date
    from observations
    group by jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind
    having min(data_date) < max(data_date)
),

of_newest_date as (
    select observations.*
    from observations
    left join revised
        using (jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind)
    where revised.newest_date is null or observations.data_date = revised.newest_date
),

repeated as (
    select
        jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source,
        max(load_no) as latest_load
    from of_newest_date
    group by jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source
    having min(load_no) < max(load_no)
),

newest as (
    select of_newest_date.*
    from of_newest_date
    left join repeated
        using (jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source)
    where repeated.latest_load is null or of_newest_date.load_no = repeated.latest_load
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
        end as highest,
        case when value is null then status else 'value' end as said
    from stepped
),

-- Values contradict each other where no number fits them all, or where a sign stands beside a value.
contradictory as (
    select jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind
    from bounded
    group by jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind
    having max(lowest) > min(highest) or min(said) <> max(said)
)

select
    newest.*,
    contradictory.jobcenter is not null as contradicted,
    confidential_sources.source is not null as confidential
from newest
left join contradictory
    using (jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind)
left join confidential_sources
    on newest.source = confidential_sources.source
order by
    newest.indicator, newest.breakdown, newest.jobcenter, newest.period_start, newest.period_end, newest.time_concept,
    newest.kind, newest.source, newest.load_no, newest.row;
