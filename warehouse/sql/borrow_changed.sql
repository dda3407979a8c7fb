-- What differs from the newest state: loads that count in one of the two only, and the keys of their rows.
create table other_loads as
select coalesce(newest.load_no, active_loads.load_no) as load_no
from published.active_loads as newest
full join active_loads
    on newest.load_no = active_loads.load_no
where newest.load_no is null or active_loads.load_no is null;
create temp table changed_keys as
select distinct jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind
from loaded_observations
semi join other_loads
    using (load_no);
