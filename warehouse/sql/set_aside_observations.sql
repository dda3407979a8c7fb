-- Make room for observations that are derived anew as a whole: what is there is read once more and then dropped.
alter table current_rows rename to current_before;
alter table superseded_rows rename to superseded_before;
create temp table portion (indicator varchar);
create temp view loaded_before as
select * exclude (contradicted, confidential)
from current_before
union all by name
from superseded_before;
