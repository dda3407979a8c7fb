-- Every current value of some areas.
select current_observations.*
from current_observations
where list_contains($areas::varchar[], current_observations.jobcenter)
order by
    indicator, breakdown, jobcenter, period_start, period_end, time_concept, kind, source, load_no, row, value, status;
