-- Append rows of one load where no page looks for current values, until they are judged.
insert into superseded_rows by name
select * from delivered_rows;
