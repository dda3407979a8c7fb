-- The same of every period.
select
    jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, value, status, precision, source, place,
    data_date, confidential
from current_observations
where jobcenter = $area
order by
    indicator, breakdown, period_start, period_end, time_concept, kind, source, load_no, row, value, status;
