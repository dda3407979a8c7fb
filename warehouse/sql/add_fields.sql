-- Append the rows of one load.
insert into loaded_fields by name
select * from delivered_rows;
