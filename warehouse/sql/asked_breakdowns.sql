-- The breakdowns that a question about an older state names, all where it names none.
create or replace table asked_breakdowns as
select distinct breakdown
from series_loaded
where $named::varchar[] is null or list_contains($named::varchar[], breakdown);
