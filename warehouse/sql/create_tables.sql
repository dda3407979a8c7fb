-- The tables of a snapshot: the acts of the load log and every row ever loaded, also of loads that were taken back.
-- Observations lie in one of two tables, so that each is written once: `current_rows` is what pages ask for, `superseded_rows`
-- is all the rest. Where a value stands is nearly always its row of the delivery, which is a number there (`place_row`); only
-- what a delivery says beyond that is kept as text (`stated`: place, line, note). A column of text costs as much to write as four
-- of numbers, also where it says nothing. Questions read the same as `current_observations`, `superseded_observations`, and
-- `loaded_observations` (both), with place, line and note in words.
-- `areas`: Jobcenter and Kreise that are not in the catalog, as each delivery names them.
-- What counts among them is said once, in create_views.sql; what is current follows from it (see derive_current.sql).
create table loads (
    load_no bigint, act varchar, extract varchar, file_name varchar, format varchar, who varchar, acted_at timestamp,
    rows bigint, reason varchar
);
create table current_rows (
    jobcenter varchar, indicator varchar, breakdown varchar, period_start date, period_end date, time_concept varchar,
    kind varchar, value double, status varchar, precision varchar, source varchar, data_date date, place_row bigint,
    stated varchar[], row bigint, extract varchar, load_no bigint,
    contradicted boolean, confidential boolean
);
create table superseded_rows (
    jobcenter varchar, indicator varchar, breakdown varchar, period_start date, period_end date, time_concept varchar,
    kind varchar, value double, status varchar, precision varchar, source varchar, data_date date, place_row bigint,
    stated varchar[], row bigint, extract varchar, load_no bigint
);
create table loaded_fields (
    jobcenter varchar, kind varchar, category varchar, title varchar, target_group varchar, start varchar, "end" varchar,
    entry varchar, state varchar, responsible varchar, indicator varchar, intended double, effect varchar,
    likelihood varchar, impact varchar, rhythm varchar, source varchar, data_date date, place varchar, line varchar,
    note varchar, row bigint, extract varchar, load_no bigint
);
create table loaded_comments (
    jobcenter varchar, indicator varchar, breakdown varchar, period_start date, period_end date, text varchar,
    author varchar, written_at timestamp, source varchar, place varchar, line varchar, row bigint, extract varchar,
    load_no bigint
);
create table loaded_contradictions (
    jobcenter varchar, source varchar, indicators varchar, breakdown varchar, period varchar, kind varchar,
    figures varchar, place varchar, line varchar, explanation varchar, row bigint, extract varchar, load_no bigint
);
create table loaded_memberships (
    jobcenter varchar, type varchar, edition varchar, valid_from date, form varchar, source varchar, place varchar, line varchar,
    note varchar, row bigint, extract varchar, load_no bigint
);
create table loaded_events (
    jobcenter varchar, kind varchar, title varchar, start date, until date, indicators varchar, breaks boolean,
    text varchar, source varchar, place varchar, line varchar, note varchar, row bigint, extract varchar, load_no bigint
);
create table confidential_sources (source varchar);
create table areas (id varchar, name varchar, kind varchar, key varchar, land varchar, extract varchar, load_no bigint);
create view current_observations as
select
    * exclude (place_row, stated, row, extract, load_no, contradicted, confidential),
    coalesce(stated[1], 'Zeile ' || place_row || ' der Lieferung') as place,
    coalesce(stated[2], '') as line,
    coalesce(stated[3], '') as note,
    row,
    extract,
    load_no,
    contradicted,
    confidential
from current_rows;
create view superseded_observations as
select
    * exclude (place_row, stated, row, extract, load_no),
    coalesce(stated[1], 'Zeile ' || place_row || ' der Lieferung') as place,
    coalesce(stated[2], '') as line,
    coalesce(stated[3], '') as note,
    row,
    extract,
    load_no
from superseded_rows;
create view loaded_rows as
select * exclude (contradicted, confidential)
from current_rows
union all by name
from superseded_rows;
create view loaded_observations as
select * exclude (contradicted, confidential)
from current_observations
union all by name
from superseded_observations;
