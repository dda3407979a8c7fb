-- What is current of the rows in `candidates`: most keys have one value that counts and is current as it stands, the others
-- were judged.
create or replace temp view derived_current as
with united as (
    select
        candidates.*,
        false as contradicted
    from candidates
    semi join active_loads
        using (load_no)
    anti join contested_keys
        using (jobcenter, indicator, breakdown, period_start, period_end, time_concept, kind)
    union all by name
    select * exclude (is_current)
    from contested
    where is_current
)

select
    united.*,
    confidential_sources.source is not null as confidential
from united
left join confidential_sources
    on united.source = confidential_sources.source;
-- The others: taken back, or a newer vintage says more.
create or replace temp view derived_superseded as
select candidates.*
from candidates
anti join active_loads
    using (load_no)
union all by name
select * exclude (is_current, contradicted)
from contested
where not is_current;
