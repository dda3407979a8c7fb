-- What was judged, by itself: small tables of which each row belongs to one period are derived of it alone.
create or replace view current_observations as
from derived_current;
create or replace view superseded_observations as
from derived_superseded;
