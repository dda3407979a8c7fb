-- Append the rows of one load.
insert into loaded_contradictions by name
select * from delivered_rows;
