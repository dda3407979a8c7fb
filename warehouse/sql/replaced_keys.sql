-- Which keys that differ from the newest state have rows in the published table that are to be replaced.
create table replaced_keys as
select distinct jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind
from published.current_observations
anti join other_loads
    using (load_no)
semi join changed_keys
    using (jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind)
where period_end between $first and $last;
