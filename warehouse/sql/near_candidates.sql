-- What counts of the keys that differ from the newest state is judged anew.
create or replace temp table candidates as
select observations.*
from observations
semi join changed_keys
    using (jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind)
where period_end between $first and $last;
