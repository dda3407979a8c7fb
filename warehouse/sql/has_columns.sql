-- Fails where a snapshot was published before areas knew their Land, assignments the legal form, there were events, and tables
-- of series were derived: it is built anew then.
select
    (select count(land) from areas) as areas,
    (select count(form) from loaded_memberships) as memberships,
    (select count(*) from loaded_events) as events,
    (select count(*) from series) as series,
    (select count(*) from series_loaded) as series_loaded,
    (select count(*) from newest_observations) as newest_observations;
