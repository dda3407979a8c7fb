-- Everything ever loaded about one series of one area, with the extract it came from; the newest vintage first.
select
    observations.*,
    loads.file_name,
    loads.who,
    loads.acted_at
from observations
left join loads
    on observations.load_no = loads.load_no
where
    observations.jobcenter = $area
    and observations.indicator = $indicator
    and observations.breakdown = $breakdown
order by
    observations.period_end desc, observations.kind, observations.time_concept,
    observations.data_date desc, observations.load_no desc, observations.row;
