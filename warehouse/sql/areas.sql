-- The Jobcenter and Kreise that the catalog does not have, with the name their newest delivery gives them and the Land that
-- the newest delivery tells which tells one ("" where none does).
select
    id,
    arg_max(name, load_no) as name,
    arg_max(kind, load_no) as kind,
    arg_max(key, load_no) as key,
    coalesce(arg_max(land, load_no) filter (where land <> ''), '') as land
from areas
group by id
order by id;
