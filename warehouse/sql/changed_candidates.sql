-- Only the keys in `changed_keys` are judged anew: their rows are taken out of both tables first.
create or replace temp table candidates as
select loaded_observations.*
from loaded_observations
semi join changed_keys
    using (jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind);
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
delete from superseded_observations
using changed_keys
where
    superseded_observations.jobcenter = changed_keys.jobcenter
    and superseded_observations.indicator = changed_keys.indicator
    and superseded_observations.breakdown = changed_keys.breakdown
    and superseded_observations.period_start = changed_keys.period_start
    and superseded_observations.period_end = changed_keys.period_end
    and superseded_observations.time_concept = changed_keys.time_concept
    and superseded_observations.kind = changed_keys.kind;
