-- The load log as published, newest act first.
select *
from loads
order by load_no desc;
