-- In the periods in which an older state does not differ the same keys were revised.
insert into revised_keys by name
select *
from published.revised_keys
semi join asked_areas
    using (jobcenter)
anti join changed_periods
    using (indicator, period_end);
