-- Loads that count although rows are missing: taken back later, and their file was lost before the database was rebuilt.
with kept as (
    select load_no from loaded_observations
    union all
    select load_no from loaded_fields
    union all
    select load_no from loaded_contradictions
    union all
    select load_no from loaded_memberships
    union all
    select load_no from loaded_comments
),

counted as (
    select load_no, count(*) as rows
    from kept
    group by load_no
)

select loads.load_no, loads.file_name
from loads
semi join active_loads
    using (load_no)
left join counted
    using (load_no)
where loads.rows > coalesce(counted.rows, 0)
order by loads.load_no;
