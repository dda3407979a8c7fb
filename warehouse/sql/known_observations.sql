-- What is known of some indicators at their periods from `first` on: of every key, source and data date the values of
-- the latest load, for comparing a delivery with them.
with asked_indicators as (select unnest($indicators::varchar[]) as indicator),

ranked as (
    select
        observations.*,
        rank() over (
            partition by
                jobcenter, observations.indicator, breakdown, period_start, period_end, time_concept, kind, source, data_date
            order by load_no desc
        ) as vintage
    from observations
    inner join asked_indicators
        on observations.indicator = asked_indicators.indicator
    where period_end >= $first
)

select
    jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind,
    value, status, precision, source, data_date, place, line, note
from ranked
where vintage = 1;
