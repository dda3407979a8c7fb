-- The current values of some areas without the earlier months of monthly series; of some indicators, of all where none is named.
with asked_areas as (select unnest($areas::varchar[]) as jobcenter)

select newest_observations.*
from newest_observations
inner join asked_areas
    on newest_observations.jobcenter = asked_areas.jobcenter
where len($indicators::varchar[]) = 0 or list_contains($indicators::varchar[], newest_observations.indicator)
order by
    newest_observations.indicator, newest_observations.breakdown, newest_observations.jobcenter, period_start, period_end,
    time_concept, kind, source, load_no, row;
