-- Years of the Jobcenter of the catalog: the sum or the average of twelve months of one quantity, times `factor`, give or
-- take `spread`. Added as decimals: their sum is the same in whatever order threads add them, so that a rebuild is, too.
insert into superseded_rows by name
with years as (
    select
        synthetic_areas.no,
        area,
        (month // 12)::bigint as year,
        sum(value::decimal(24, 4))::double / if($sums, 1, 12) as value
    from synthetic_counts
    inner join synthetic_areas
        on synthetic_counts.area = synthetic_areas.id
    where quantity = $quantity and breakdown = '' and synthetic_areas.own
    group by synthetic_areas.no, area, year
    having count(*) = 12
)

select
    area as jobcenter,
    $indicator::varchar as indicator,
    '' as breakdown,
    ($start::date + to_months(12 * year::int))::date as period_start,
    ($start::date + to_months(12 * (year::int + 1)) - interval 1 day)::date as period_end,
    $time_concept::varchar as time_concept,
    $kind::varchar as kind,
    round(value * ($factor + $spread * (2 * synthetic_chance(no, year, $no, $seed) - 1))) as value,
    'endgueltig' as status,
    'exakt' as precision,
    $source::varchar as source,
    $dated::date as data_date,
    [$place::varchar] as stated,
    0::bigint as row,
    $extract::varchar as extract,
    $load_no::bigint as load_no
from years
where year >= $first_year
order by area, year;
