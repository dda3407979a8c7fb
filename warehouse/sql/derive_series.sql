-- Which series exist: one row per indicator, breakdown, area and kind, with how many current values and the periods they
-- span. Small beside the values themselves, so that no page reads these to know what there is. (Distinct first days are counted
-- as bits, one per month of three centuries, the few others as lists: distinct values of all series need many times the time and
-- the memory.) Of several periods that end last, a year and its December, the shortest is the last one.
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
    coalesce(bit_count(bitstring_agg(first_month, 0, 3599)), 0)
    + coalesce(list_unique(list(period_start) filter (where first_month is null)), 0) as periods,
    min(period_start) as first_start,
    max(period_end) as last_end,
    arg_max(
        period_start, (period_end - date '1800-01-01') * 1000000 + (period_start - date '1800-01-01')
    ) as last_start,
    count(*) filter (where precision <> 'exakt') as approximate,
    count(*) filter (where status = 'unsicher') as uncertain,
    count(*) filter (where value is null) as missing,
    bool_or(contradicted) as contradicted,
    bool_or(confidential) as confidential
from (
    select
        *,
        case
            when day(period_start) = 1 and year(period_start) between 1900 and 2199
                then (year(period_start) - 1900) * 12 + month(period_start) - 1
        end as first_month
    from current_observations
)
group by indicator, breakdown, jobcenter, kind
order by jobcenter, indicator, breakdown, kind;
