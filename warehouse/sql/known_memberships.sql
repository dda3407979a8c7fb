-- Which Jobcenter belongs to which Vergleichstyp from when on, as each source says; its latest load counts.
with ranked as (
    select
        *,
        rank() over (partition by jobcenter, valid_from, source order by load_no desc) as vintage
    from memberships
)

select jobcenter, type, edition, valid_from, form, source, place, line, note, row
from ranked
where vintage = 1
order by jobcenter, valid_from, load_no, row;
