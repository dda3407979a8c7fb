-- How many loads have values behind the part that is sorted as a whole, and how many current values there are.
select
    (
        select count(distinct load_no)
        from loaded_observations
        where load_no > (select load_no from sorted_until)
    ) as loads,
    (select count(*) from current_observations) as rows,
    (
        select list(source order by source)
        from confidential_sources
    ) as confidential;
