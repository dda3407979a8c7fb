-- What counts of that is judged for an older state, in the periods in which it differs from the newest one. (Days alone come
-- first: only they are looked for before whole rows are read.)
create or replace temp table candidates as
with asked_periods as (
    select indicator, period_end
    from changed_periods
    semi join asked_indicators
        using (indicator)
    where period_end <= $last
),

asked_days as (select distinct period_end from asked_periods)

select loaded_observations.*
from loaded_observations
semi join asked_days
    using (period_end)
semi join active_loads
    using (load_no)
semi join asked_breakdowns
    using (breakdown)
semi join asked_areas
    using (jobcenter)
semi join asked_periods
    using (indicator, period_end)
where period_start >= $first and period_end <= $last;
