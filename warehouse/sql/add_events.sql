-- Append the rows of one load.
insert into loaded_events by name
select * from delivered_rows;
