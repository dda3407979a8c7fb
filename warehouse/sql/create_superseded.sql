-- Everything loaded that is not current: whoever asks for evidence or an older state finds it here.
create or replace table superseded_rows as
select *
from derived_superseded
order by
    indicator, breakdown, jobcenter, period_start, period_end, time_concept, kind, source, load_no, row;
