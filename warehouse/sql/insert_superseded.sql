-- Append what is no longer current of some indicators or of some keys.
insert into superseded_rows by name
select *
from derived_superseded
order by
    indicator, breakdown, jobcenter, period_start, period_end, time_concept, kind, source, load_no, row;
