-- The newest vintage of every month of one series, from the log of all rows ever loaded.
select value as answer
from loaded_observations
where
    jobcenter = $five[1]
    and indicator = $first
    and breakdown = ''
    and time_concept = 'stichtag'
qualify row_number() over (partition by period_start, kind order by data_date desc, load_no desc) = 1;
