-- Fails where a snapshot was published before areas knew their Land, assignments the legal form, there were events, tables
-- of series were derived, observations that are not current lay apart, and places were kept as numbers: it is built anew then.
select
    (select count(land) from areas) as areas,
    (select count(form) from loaded_memberships) as memberships,
    (select count(*) from loaded_events) as events,
    (select count(place_row) from current_rows) as current_rows,
    (select count(place_row) from superseded_rows) as superseded_rows,
    (select count(*) from revised_keys) as revised_keys,
    (select count(dated_figures) from series) as series,
    (select count(*) from periods_of_areas) as periods_of_areas,
    (select count(*) from figures_by_source) as figures_by_source,
    (select count(*) from series_loaded) as series_loaded,
    (select count(*) from newest_observations) as newest_observations;
