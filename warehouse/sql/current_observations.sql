-- Every current value, in the order in which pages ask for them.
select *
from current_observations
order by
    indicator, breakdown, jobcenter, period_start, period_end, time_concept, kind, source, load_no, row, value, status;
