-- Read every block of every table, so that damage shows at the start and not in front of people.
select
    (select sum(hash(each)::double) from current_observations as each) as current_observations,
    (select sum(hash(each)::double) from observations as each) as observations,
    (select sum(hash(each)::double) from fields as each) as fields,
    (select sum(hash(each)::double) from contradictions as each) as contradictions,
    (select sum(hash(each)::double) from memberships as each) as memberships,
    (select sum(hash(each)::double) from loads as each) as loads,
    (select sum(hash(each)::double) from confidential_sources as each) as confidential_sources;
