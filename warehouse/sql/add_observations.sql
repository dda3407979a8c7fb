-- Append the rows of one load.
insert into loaded_observations by name
select * from delivered_rows;
