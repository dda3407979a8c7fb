-- Fails where a snapshot was published before areas knew their Land and assignments the legal form: it is built anew then.
select
    (select count(land) from areas) as areas,
    (select count(form) from loaded_memberships) as memberships;
