-- Everything ever loaded about one series of one area, and whether each value is current. Every row lies in one of two tables, which
-- says it; an older state keeps its rows elsewhere (evidence_then.sql). In no order: see with_acts in warehouse/vintages.py.
select
    * exclude (contradicted, confidential),
    true as current
from current_observations
where jobcenter = $area and indicator = $indicator and breakdown = $breakdown
union all by name
select
    *,
    false as current
from superseded_observations
where jobcenter = $area and indicator = $indicator and breakdown = $breakdown;
