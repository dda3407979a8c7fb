-- The indicators that a question about an older state names, all where it names none.
create or replace table asked_indicators as
select distinct indicator
from series_loaded
where $named::varchar[] is null or list_contains($named::varchar[], indicator);
