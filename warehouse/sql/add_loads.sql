-- Append acts of the load log.
insert into loads by name
select * from logged_acts;
