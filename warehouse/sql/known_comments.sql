-- Every comment that was not taken back, the newest first; `vintage` 1 is what its author says now of the series and period.
select
    comments.* exclude (extract),
    row_number() over (
        partition by jobcenter, indicator, breakdown, period_start, period_end, author
        order by written_at desc, load_no desc, row desc
    ) as vintage
from comments
order by written_at desc, load_no desc, row desc;
