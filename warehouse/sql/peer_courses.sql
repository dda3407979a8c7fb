-- The courses (kind Ist) of one quantity of many areas, with only what tells which of their values are exact. In no order: tens of
-- thousands of rows are sorted where they are made one course per area (see warehouse/peer_bands.py).
with asked_areas as (select unnest($areas::varchar[]) as jobcenter)

select
    current_observations.jobcenter,
    time_concept,
    period_start,
    period_end,
    value,
    source,
    precision,
    contradicted
from current_observations
inner join asked_areas
    on current_observations.jobcenter = asked_areas.jobcenter
where indicator = $indicator and breakdown = $breakdown and kind = 'ist';
