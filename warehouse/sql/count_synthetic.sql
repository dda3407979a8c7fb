-- The monthly counts of one synthetic quantity: of every Jobcenter its size, level, trend, season and chance, divided into
-- parts that add up; of Länder, West, Ost and Deutschland the sums of their Jobcenter. `month` counts from the first one.
insert into synthetic_counts
with levels as (
    select
        no,
        id,
        size * $level * (0.75 + 0.5 * synthetic_chance(no, $no, 1, $seed)) as level,
        $trend * (0.4 + 1.2 * synthetic_chance(no, $no, 2, $seed)) / 252 as trend,
        0.05 * synthetic_chance(no, $no, 3, $seed) as wave,
        2 * pi() * synthetic_chance(no, $no, 4, $seed) as phase
    from synthetic_areas
    where size > 0
),

wholes as (
    select
        levels.no,
        levels.id,
        months.month,
        round(
            level * (1 + trend * (month - 126))
            * (1 + wave * cos(phase + 2 * pi() * month / 84))
            * (1 + $season * cos(2 * pi() * (month + 1 - $peak) / 12))
            * (1 + 2 * $noise * (synthetic_chance(no, $no * 1000 + month, 5, $seed) - 0.5))
            * (1 + if(month > $final, 0.008 * (synthetic_chance(no, $no * 1000 + month, $delivery, $seed) - 0.5), 0)),
            $decimals
        ) as value
    from levels
    cross join range($first::bigint, $last::bigint + 1) as months (month)
),

-- A part is a share that differs a little from one Jobcenter to the next; a rest is what is left beside one or two parts.
shares as (
    select
        levels.no,
        breakdowns.no as breakdown_no,
        breakdowns.id as breakdown,
        breakdowns.sign,
        breakdowns.one * (0.8 + 0.4 * synthetic_chance(levels.no, $no, 100 + breakdowns.one_no, $seed)) as one,
        breakdowns.two * (0.8 + 0.4 * synthetic_chance(levels.no, $no, 100 + breakdowns.two_no, $seed)) as two
    from levels
    cross join synthetic_breakdowns as breakdowns
    where breakdowns.no < $breakdowns
),

parts as (
    select
        wholes.no,
        wholes.id,
        shares.breakdown,
        wholes.month,
        if(shares.sign > 0, 0, value)
        + shares.sign * (round(value * shares.one, $decimals) + round(value * shares.two, $decimals)) as value
    from wholes
    inner join shares
        on wholes.no = shares.no
)

select $quantity::varchar, id, breakdown, month, value, value < 3 and $decimals = 0
from parts
union all
select $quantity::varchar, synthetic_members.region, breakdown, month, round(sum(value::decimal(24, 4))::double, $decimals), false
from parts
inner join synthetic_members
    on parts.no = synthetic_members.no
group by synthetic_members.region, breakdown, month;
