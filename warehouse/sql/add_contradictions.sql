-- Append the rows of one load.
insert into contradictions by name
select * from delivered_rows;
