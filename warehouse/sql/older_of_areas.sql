-- The same of the areas and indicators asked for alone: tables of series are derived of it.
create or replace view current_observations as
select *
from published.current_observations
semi join asked_indicators
    using (indicator)
semi join asked_areas
    using (jobcenter)
anti join changed_periods
    using (indicator, period_end)
union all by name
from derived_current;
