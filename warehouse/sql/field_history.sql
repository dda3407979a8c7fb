-- Everything ever stated about one entry, the newest first: by which load, why, and whether that was taken back.
select
    loaded_fields.*,
    loads.who,
    loads.acted_at,
    loads.reason,
    active_loads.load_no is null as retracted
from loaded_fields
inner join loads
    on loaded_fields.load_no = loads.load_no
left join active_loads
    on loaded_fields.load_no = active_loads.load_no
where loaded_fields.entry = $entry
order by loaded_fields.data_date desc, loaded_fields.load_no desc, loaded_fields.row;
