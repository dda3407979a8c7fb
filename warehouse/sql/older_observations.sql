-- The observations of an older state: in the periods in which it differs what was judged, in all others what is published.
create or replace view current_observations as
select *
from published.current_observations
anti join changed_periods
    using (indicator, period_end)
union all by name
from derived_current;
