-- The table that pages ask: empty, to be derived; and up to which act it is sorted as a whole. Later loads are sorted
-- in themselves and stand behind.
create or replace table current_observations as
select
    observations.*,
    false as contradicted,
    false as confidential
from observations
limit 0;
create or replace table sorted_until as
select coalesce(max(load_no), 0) as load_no
from loads;
