-- Which series of some areas have ever been loaded, also by loads that were taken back: all of them have evidence.
with asked_areas as (select unnest($areas::varchar[]) as jobcenter)

select series_loaded.indicator, series_loaded.breakdown, series_loaded.jobcenter
from series_loaded
inner join asked_areas
    on series_loaded.jobcenter = asked_areas.jobcenter
semi join loads
    on series_loaded.load_no = loads.load_no
order by series_loaded.indicator, series_loaded.breakdown, series_loaded.jobcenter;
