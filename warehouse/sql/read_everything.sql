-- Read every block of every table, so that damage shows at the start and not in front of people.
select
    (select sum(hash(each)::double) from current_rows as each) as current_rows,
    (select sum(hash(each)::double) from superseded_rows as each) as superseded_rows,
    (select sum(hash(each)::double) from loaded_fields as each) as fields,
    (select sum(hash(each)::double) from loaded_contradictions as each) as contradictions,
    (select sum(hash(each)::double) from loaded_memberships as each) as memberships,
    (select sum(hash(each)::double) from loaded_events as each) as events,
    (select sum(hash(each)::double) from loaded_comments as each) as comments,
    (select sum(hash(each)::double) from loads as each) as loads,
    (select sum(hash(each)::double) from series as each) as series,
    (select sum(hash(each)::double) from series_loaded as each) as series_loaded,
    (select sum(hash(each)::double) from periods_of_areas as each) as periods_of_areas,
    (select sum(hash(each)::double) from figures_by_source as each) as figures_by_source,
    (select sum(hash(each)::double) from revised_keys as each) as revised_keys,
    (select sum(hash(each)::double) from newest_observations as each) as newest_observations,
    (select sum(hash(each)::double) from areas as each) as areas,
    (select sum(hash(each)::double) from confidential_sources as each) as confidential_sources;
