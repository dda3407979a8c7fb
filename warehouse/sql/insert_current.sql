-- Append what was found current of some indicators or of some keys.
insert into current_rows by name
select *
from derived_current
order by
    indicator, breakdown, jobcenter, period_start, period_end, time_concept, kind, source, load_no, row;
