-- Whether a state differs from the newest one in fewer rows than it has: then only these are judged anew.
select
    coalesce(sum(loads.rows) filter (where other_loads.load_no is not null), 0)
    <= coalesce(sum(loads.rows) filter (where active_loads.load_no is not null), 0) as is_near
from published.loads as loads
left join other_loads
    on loads.load_no = other_loads.load_no
left join active_loads
    on loads.load_no = active_loads.load_no
where loads.act = 'loaded';
