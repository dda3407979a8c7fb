-- A counted quantity as it is delivered.
insert into synthetic_values
select area, breakdown, month, value, few
from synthetic_counts
where quantity = $numerator;
