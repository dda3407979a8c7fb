-- The current values of an area in some periods of some indicators (`indicators` and `ends` go together), with only what tells
-- whether a value is another one than before.
with asked_periods as (
    select
        unnest($indicators::varchar[]) as indicator,
        unnest($ends::date[]) as period_end
)

select
    jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, value, status, precision, source, place,
    data_date, confidential
from current_observations
semi join asked_periods
    using (indicator, period_end)
where jobcenter = $area
order by
    indicator, breakdown, period_start, period_end, time_concept, kind, source, load_no, row, value, status;
