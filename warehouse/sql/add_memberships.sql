-- Append the rows of one load.
insert into memberships by name
select * from delivered_rows;
