-- The acts that had happened by then; everything else about an older state follows from them.
create or replace table loads as
select *
from published.loads
where load_no <= $as_of;
