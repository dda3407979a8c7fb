-- The keys of some loads.
create or replace temp table changed_keys as
select distinct jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind
from loaded_observations
inner join (select unnest($loads::bigint[]) as load_no) as asked
    on loaded_observations.load_no = asked.load_no;
