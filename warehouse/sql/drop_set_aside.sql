-- What was set aside has been derived anew, sorted as a whole up to the newest act.
drop view loaded_before;
drop table portion;
drop table current_before;
drop table superseded_before;
create or replace table sorted_until as
select coalesce(max(load_no), 0) as load_no
from loads;
