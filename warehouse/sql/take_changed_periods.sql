-- The periods noted for a state.
create or replace table changed_periods as
select indicator, period_end
from periods_by_act
where as_of = $as_of;
