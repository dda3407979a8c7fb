-- What counts of the indicators in `portion` alone is derived anew, so that deriving needs little memory.
create or replace temp view candidates as
select observations.*
from observations
semi join portion
    using (indicator);
