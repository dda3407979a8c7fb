-- Which sources are confidential, as the catalog says today.
delete from confidential_sources;
insert into confidential_sources by name
select source from confidential;
