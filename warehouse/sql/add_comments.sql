-- Append the rows of one load.
insert into loaded_comments by name
select * from delivered_rows;
