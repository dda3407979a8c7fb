-- Only the keys in `changed_keys` are derived anew: what they had is removed first.
delete from current_observations
using changed_keys
where
    current_observations.jobcenter = changed_keys.jobcenter
    and current_observations.indicator = changed_keys.indicator
    and current_observations.breakdown = changed_keys.breakdown
    and current_observations.period_start = changed_keys.period_start
    and current_observations.period_end = changed_keys.period_end
    and current_observations.time_concept = changed_keys.time_concept
    and current_observations.kind = changed_keys.kind;
create or replace temp table candidates as
select observations.*
from observations
semi join changed_keys
    using (jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind);
