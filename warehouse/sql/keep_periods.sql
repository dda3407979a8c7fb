-- In the periods in which an older state does not differ as many areas reported as are published.
insert into periods_of_areas by name
select *
from published.periods_of_areas
semi join asked_indicators
    using (indicator)
anti join changed_periods
    using (indicator, period_end);
