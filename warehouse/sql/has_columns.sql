-- Fails where a snapshot was published before areas knew their Land, assignments the legal form, or there were events: it is
-- built anew then.
select
    (select count(land) from areas) as areas,
    (select count(form) from loaded_memberships) as memberships,
    (select count(*) from loaded_events) as events;
