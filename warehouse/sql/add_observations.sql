-- Append the rows of one load.
insert into observations by name
select * from delivered_rows;
