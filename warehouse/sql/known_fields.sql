-- Every strategic field, instrument, project, body, deadline, chance and risk.
select * exclude (extract, load_no)
from fields
order by jobcenter, load_no, row;
