-- Append the areas that one load named.
insert into areas by name
select * from delivered_areas;
