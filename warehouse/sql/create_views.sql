-- What counts after the acts in `loads`: the rows of every load that has not been taken back since.
create view active_loads as
select max(load_no) as load_no
from loads
group by extract
having arg_max(act, load_no) = 'loaded';
create view observations as
select loaded_observations.*
from loaded_observations
semi join active_loads
    using (load_no);
create view fields as
select loaded_fields.*
from loaded_fields
semi join active_loads
    using (load_no);
create view contradictions as
select loaded_contradictions.*
from loaded_contradictions
semi join active_loads
    using (load_no);
create view memberships as
select loaded_memberships.*
from loaded_memberships
semi join active_loads
    using (load_no);
create view events as
select loaded_events.*
from loaded_events
semi join active_loads
    using (load_no);
create view comments as
select loaded_comments.*
from loaded_comments
semi join active_loads
    using (load_no);
