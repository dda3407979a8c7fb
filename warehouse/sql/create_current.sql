-- The table that pages ask, sorted by what they ask for: a sorted table needs no index (see docs on performance). Later loads
-- are sorted in themselves and stand behind.
create or replace table current_rows as
select *
from derived_current
order by
    indicator, breakdown, jobcenter, period_start, period_end, time_concept, kind, source, load_no, row;
