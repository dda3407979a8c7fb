-- The time within which a state differs from the newest one: rows outside of it are not compared key by key.
select
    coalesce(min(period_end), date '0001-01-01') as first,
    coalesce(max(period_end), date '0001-01-01') as last
from changed_keys;
