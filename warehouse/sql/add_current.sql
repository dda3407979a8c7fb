-- Append what is current as it stands: rows whose keys have no other value.
insert into current_observations by name
select
    delivered_rows.*,
    false as contradicted,
    confidential_sources.source is not null as confidential
from delivered_rows
left join confidential_sources
    on delivered_rows.source = confidential_sources.source;
