-- The table that pages ask, sorted by what they ask for: a sorted table needs no index (see docs on performance). Up to which
-- act it is sorted as a whole stands beside it; later loads are sorted in themselves and stand behind.
create or replace table current_observations as
select *
from derived_observations
order by
    indicator, breakdown, jobcenter, period_start, period_end, time_concept, kind, source, load_no, row;
create or replace table sorted_until as
select coalesce(max(load_no), 0) as load_no
from loads;
