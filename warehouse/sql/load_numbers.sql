-- The numbers of the loads that count: loaded and not retracted later.
select max(load_no) as load_no
from loads
group by extract
having arg_max(act, load_no) = 'loaded'
order by load_no;
