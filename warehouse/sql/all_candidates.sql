-- Everything that counts is derived anew.
create or replace temp view candidates as
from observations;
