-- Keys of some areas of which an older vintage of the same source says something else than the newest one.
with asked_areas as (select unnest($areas::varchar[]) as jobcenter)

select revised_keys.*
from revised_keys
inner join asked_areas
    on revised_keys.jobcenter = asked_areas.jobcenter
order by
    revised_keys.jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind, source;
