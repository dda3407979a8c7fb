-- How many current values came from each source, their dates and the extracts they stand in.
select *
from figures_by_source
order by source;
