-- How many loads stand behind the part of the current values that is sorted as a whole, and how many rows there are.
select
    (
        select count(*)
        from loads, sorted_until
        where loads.load_no > sorted_until.load_no
    ) as loads,
    (select count(*) from current_observations) as rows,
    (
        select list(source order by source)
        from confidential_sources
    ) as confidential;
