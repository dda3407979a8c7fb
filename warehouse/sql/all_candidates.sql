-- Everything that counts is judged anew.
create or replace temp view candidates as
from observations;
