-- Append what is current as it stands: rows whose keys have no other value. (A join would mix the rows of different blocks.)
insert into current_rows by name
select
    delivered_rows.*,
    false as contradicted,
    list_contains((select coalesce(list(source), []) from confidential_sources), delivered_rows.source) as confidential
from delivered_rows;
