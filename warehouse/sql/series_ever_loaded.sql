-- Which series of some areas have ever been loaded, also by loads that were taken back: all of them have evidence.
select distinct
    loaded_observations.indicator,
    loaded_observations.breakdown,
    loaded_observations.jobcenter
from loaded_observations
semi join loads
    using (load_no)
where list_contains($areas::varchar[], loaded_observations.jobcenter)
order by
    loaded_observations.indicator, loaded_observations.breakdown, loaded_observations.jobcenter;
