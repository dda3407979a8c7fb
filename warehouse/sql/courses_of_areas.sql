-- How some quantities of some areas came to their newest values: Ist and Plan, months from `first` on, longer periods all.
with asked_areas as (select unnest($areas::varchar[]) as jobcenter)

select current_observations.*
from current_observations
inner join asked_areas
    on current_observations.jobcenter = asked_areas.jobcenter
where
    list_contains($indicators::varchar[], indicator)
    and list_contains($breakdowns::varchar[], breakdown)
    and (period_end >= $first or period_end - period_start > 31)
    and kind in ('ist', 'plan')
order by
    indicator, breakdown, current_observations.jobcenter, period_start, period_end, time_concept, kind, source, load_no, row;
