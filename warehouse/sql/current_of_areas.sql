-- Every current value of some areas, in the order of the published table.
select current_observations.*
from current_observations
where list_contains($areas::varchar[], current_observations.jobcenter);
