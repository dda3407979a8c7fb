-- What counts of the indicators in `portion`, in place of everything that counts, so that deriving needs little memory.
create or replace temp view observations as
select loaded_observations.*
from loaded_observations
semi join active_loads
    using (load_no)
semi join portion
    using (indicator);
