-- Only the keys in `changed_keys` are judged anew: their rows are taken out of both tables first.
create or replace temp table candidates as
select loaded_rows.*
from loaded_rows
semi join changed_keys
    using (jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind);
delete from current_rows
using changed_keys
where
    current_rows.jobcenter = changed_keys.jobcenter
    and current_rows.indicator = changed_keys.indicator
    and current_rows.breakdown = changed_keys.breakdown
    and current_rows.period_start = changed_keys.period_start
    and current_rows.period_end = changed_keys.period_end
    and current_rows.time_concept = changed_keys.time_concept
    and current_rows.kind = changed_keys.kind;
delete from superseded_rows
using changed_keys
where
    superseded_rows.jobcenter = changed_keys.jobcenter
    and superseded_rows.indicator = changed_keys.indicator
    and superseded_rows.breakdown = changed_keys.breakdown
    and superseded_rows.period_start = changed_keys.period_start
    and superseded_rows.period_end = changed_keys.period_end
    and superseded_rows.time_concept = changed_keys.time_concept
    and superseded_rows.kind = changed_keys.kind;
