-- Every recorded contradiction.
select * exclude (extract, load_no)
from contradictions
order by jobcenter, load_no, row;
