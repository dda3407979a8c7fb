-- For which periods of which indicators an older state differs from the newest one; all others are alike in both.
select indicator, period_end
from changed_periods
order by indicator, period_end;
