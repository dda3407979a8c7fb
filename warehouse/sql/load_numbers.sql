-- The numbers of the loads that count: loaded and not retracted later.
select load_no
from active_loads
order by load_no;
