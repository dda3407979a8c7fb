-- Every row ever loaded, read from the attached snapshot `published` by the database of an older state.
create or replace view loaded_observations as
select * exclude (contradicted, confidential)
from published.current_observations
union all by name
from published.superseded_observations;
create or replace view loaded_fields as
from published.loaded_fields;
create or replace view loaded_contradictions as
from published.loaded_contradictions;
create or replace view confidential_sources as
from published.confidential_sources;
create or replace view areas as
from published.areas;
create or replace view loaded_memberships as
from published.loaded_memberships;
create or replace view loaded_events as
from published.loaded_events;
create or replace view loaded_comments as
from published.loaded_comments;
create or replace view series_loaded as
from published.series_loaded;
create or replace table periods_by_act (as_of bigint, indicator varchar, period_end date);
