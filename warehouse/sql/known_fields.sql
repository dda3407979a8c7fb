-- Every strategic field, instrument, project, body, deadline, chance and risk as it is stated last, and by which load; in
-- the order in which the entries first came. What was taken from the list is left out.
with ranked as (
    select
        *,
        rank() over (partition by entry order by data_date desc, load_no desc) as vintage,
        count(distinct load_no) over (partition by entry) as statements,
        min(load_no) over (partition by entry) as first_load,
        arg_min(row, load_no) over (partition by entry) as first_row
    from fields
)

select
    ranked.* exclude (vintage, extract, first_load, first_row),
    loads.who,
    loads.acted_at
from ranked
inner join loads
    on ranked.load_no = loads.load_no
where ranked.vintage = 1 and ranked.state <> 'gestrichen'
order by ranked.jobcenter, ranked.first_load, ranked.first_row, ranked.row;
