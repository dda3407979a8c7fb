-- Append the rows of one load.
insert into loaded_memberships by name
select * from delivered_rows;
