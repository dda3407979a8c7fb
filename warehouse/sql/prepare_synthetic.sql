-- What synthetic rows are made with: a number between 0 and 1 for every four whole numbers, by whole-number arithmetic
-- alone, so that every version of DuckDB on every machine makes the same one; and tables for one quantity at a time.
create or replace temp macro synthetic_mixed(a, b, c, d) as
((a::bigint * 1000003 + b::bigint * 10007 + c::bigint * 101 + d::bigint * 7919) % 2147483647 * 48271 + 11) % 2147483647;
create or replace temp macro synthetic_chance(a, b, c, d) as
synthetic_mixed(a, b, c, d) * ((synthetic_mixed(a, b, c, d) + 123457) % 2147483647)
% 2147483647 * 69621 % 2147483647 / 2147483647.0;
create temp table synthetic_counts (
    quantity varchar, area varchar, breakdown varchar, month bigint, value double, few boolean
);
create temp table synthetic_values (area varchar, breakdown varchar, month bigint, value double, few boolean);
