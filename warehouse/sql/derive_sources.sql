-- How many current values came from each source, their dates and the extracts they stand in.
create or replace table figures_by_source as
select
    source,
    count(*) as figures,
    min(data_date) as first_date,
    max(data_date) as last_date,
    list(distinct extract order by extract) as extracts
from current_observations
group by source
order by source;
