-- For which periods of which indicators a state differs from the newest one: where no other load has a row, the same rows count
-- and are current in both.
insert into periods_by_act
select
    $as_of as as_of,
    indicator,
    period_end
from loaded_observations
semi join other_loads
    using (load_no)
group by indicator, period_end;
