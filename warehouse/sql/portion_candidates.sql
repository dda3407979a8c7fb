-- Everything ever loaded of the indicators in `portion` alone is judged anew, so that deriving needs little memory.
create or replace temp view candidates as
select loaded_before.*
from loaded_before
semi join portion
    using (indicator);
