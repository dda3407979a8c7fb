-- Which series exist for some areas: one row per indicator, breakdown, area and kind, with how many values and the periods they span.
with asked_areas as (select unnest($areas::varchar[]) as jobcenter)

select series.*
from series
inner join asked_areas
    on series.jobcenter = asked_areas.jobcenter
order by series.indicator, series.breakdown, series.jobcenter, series.kind;
