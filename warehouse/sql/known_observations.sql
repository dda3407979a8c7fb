-- What is known of every key, source and data date: the values of its latest load, for comparing a delivery with them.
select
    jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind,
    value, status, precision, source, data_date, place, line, note
from (
    select
        *,
        rank() over (
            partition by
                jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source, data_date
            order by load_no desc
        ) as vintage
    from observations
)
where vintage = 1;
