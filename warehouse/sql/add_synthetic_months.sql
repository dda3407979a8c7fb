-- The delivered months of one synthetic indicator, in the order of the published table. Where too few people are counted
-- the sign * stands for the value, and once in five hundred by chance; the last three months are provisional.
insert into superseded_rows by name
with delivered as (
    select
        synthetic_values.*,
        not few and synthetic_chance(synthetic_areas.no, month, $no, $seed) >= 0.002 as told
    from synthetic_values
    inner join synthetic_breakdowns
        on synthetic_values.breakdown = synthetic_breakdowns.id
    inner join synthetic_areas
        on synthetic_values.area = synthetic_areas.id
    where month between $first and $last and month >= $months[synthetic_breakdowns.no + 1]
)

select
    area as jobcenter,
    $indicator::varchar as indicator,
    breakdown,
    ($start::date + to_months(month::int))::date as period_start,
    last_day($start::date + to_months(month::int)) as period_end,
    'stichtag' as time_concept,
    'ist' as kind,
    if(told, value, null) as value,
    case
        when not told then 'anonymisiert'
        when month > $final then 'vorlaeufig'
        else 'endgueltig'
    end as status,
    'exakt' as precision,
    $source::varchar as source,
    if(month > $final, $dated::date, last_day($start::date + to_months(month::int)) + 90) as data_date,
    [$place::varchar] as stated,
    0::bigint as row,
    $extract::varchar as extract,
    $load_no::bigint as load_no
from delivered
order by breakdown, area, month;
