-- What changes how series are read, as loaded tables say.
select jobcenter, kind, title, start, until, indicators, breaks, text, source, place, line, note, row
from events
order by start, title, load_no, row;
