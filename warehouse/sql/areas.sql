-- The Jobcenter and Kreise that the catalog does not have, with the name their newest delivery gives them.
select id, arg_max(name, load_no) as name, arg_max(kind, load_no) as kind, arg_max(key, load_no) as key
from areas
group by id
order by id;
