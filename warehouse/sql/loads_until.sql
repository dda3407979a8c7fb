-- The acts that had happened by then; everything else about an older state follows from them.
create table loads as
select *
from published.loads
where load_no <= $as_of;
