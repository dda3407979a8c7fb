-- Which series have ever been loaded, also by loads that were taken back, and by which load first.
create or replace table series_loaded as
select jobcenter, indicator, breakdown, min(load_no) as load_no
from loaded_observations
group by jobcenter, indicator, breakdown
order by jobcenter, indicator, breakdown;
