-- Which series exist: one row per indicator, breakdown, area and kind, with how many current values and the periods they
-- span. Small beside the values themselves, so that no page reads these to know what there is. (Lists of days are counted, for
-- `count(distinct …)` over all series at once needs many times the memory.)
create or replace table series as
select
    indicator,
    breakdown,
    jobcenter,
    kind,
    count(value) as figures,
    count(value) filter (where time_concept <> 'dokumentstand') as dated_figures,
    min(period_start) filter (where value is not null) as first_figure,
    max(period_end) filter (where value is not null) as last_figure,
    len(list_distinct(list(period_start))) as periods,
    min(period_start) as first_start,
    max(period_end) as last_end,
    arg_max(period_start, period_end) as last_start,
    count(*) filter (where precision <> 'exakt') as approximate,
    count(*) filter (where status = 'unsicher') as uncertain,
    count(*) filter (where value is null) as missing,
    bool_or(contradicted) as contradicted,
    bool_or(confidential) as confidential
from current_observations
group by indicator, breakdown, jobcenter, kind
order by jobcenter, indicator, breakdown, kind;
