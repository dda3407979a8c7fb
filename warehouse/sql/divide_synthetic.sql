-- A rate from the counts of its two quantities, by the same steps as official formulas: each side summed or averaged over
-- its months and shifted, the quotient averaged; a month of which one is missing has none.
insert into synthetic_values
with above as (
    select
        area,
        breakdown,
        month + $above_lag::bigint as month,
        if($above_sums, sum(value) over run, avg(value) over run) as value,
        bool_or(few) over run as few,
        count(*) over run = $above_months as complete
    from synthetic_counts
    where quantity = $numerator
    window run as (
        partition by area, breakdown order by month rows between $above_months::bigint - 1 preceding and current row
    )
),

below as (
    select
        area,
        breakdown,
        month + $below_lag::bigint as month,
        if($below_sums, sum(value) over run, avg(value) over run) as value,
        bool_or(few) over run as few,
        count(*) over run = $below_months as complete
    from synthetic_counts
    where quantity = $denominator
    window run as (
        partition by area, breakdown order by month rows between $below_months::bigint - 1 preceding and current row
    )
),

quotients as (
    select
        above.area,
        above.breakdown,
        above.month,
        above.value / nullif(below.value, 0) * 100 * $factor as value,
        above.few or below.few or below.value = 0 as few
    from above
    inner join below
        on
            above.area = below.area
            and below.breakdown = if($of_whole, '', above.breakdown)
            and above.month = below.month
    where above.complete and below.complete
),

averaged as (
    select
        area,
        breakdown,
        month,
        avg(value) over run as value,
        bool_or(few) over run as few,
        count(*) over run = $average_of as complete
    from quotients
    window run as (
        partition by area, breakdown order by month rows between $average_of::bigint - 1 preceding and current row
    )
)

select area, breakdown, month, round(value - $less, 4), few
from averaged
where complete and not ($of_whole and breakdown = '');
