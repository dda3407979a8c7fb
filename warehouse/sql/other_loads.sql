-- What an older state differs in from the newest one: loads that count in one of the two only.
create or replace table other_loads as
select coalesce(newest.load_no, active_loads.load_no) as load_no
from published.active_loads as newest
full join active_loads
    on newest.load_no = active_loads.load_no
where newest.load_no is null or active_loads.load_no is null;
