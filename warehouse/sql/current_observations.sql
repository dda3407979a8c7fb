-- Every current value, in the order of the published table.
select *
from current_observations;
