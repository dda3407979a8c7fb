-- The current values of a state that is near the newest one: those of the published table that no other load stands behind, and
-- in the place of all keys that differ what was judged for this state.
create table restated_observations as
select *
from derived_current
order by
    indicator, breakdown, jobcenter, period_start, period_end, time_concept, kind, source, load_no, row;
create table restated_superseded as
from derived_superseded;
drop view derived_current;
drop view derived_superseded;
drop table candidates;
drop table changed_keys;
create view current_observations as
select *
from published.current_observations
anti join other_loads
    using (load_no)
anti join replaced_keys
    using (jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind)
union all by name
from restated_observations;
create view superseded_observations as
select *
from published.superseded_observations
semi join active_loads
    using (load_no)
anti join (
    select jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind
    from loaded_observations
    semi join other_loads
        using (load_no)
)
    using (jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind)
union all by name
from restated_superseded;
