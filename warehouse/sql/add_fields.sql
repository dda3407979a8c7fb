-- Append the rows of one load.
insert into fields by name
select * from delivered_rows;
