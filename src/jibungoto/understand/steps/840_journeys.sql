-- Journeys: the families of sources each member acted in, in the order they first did (7.9).
-- reads: ways
select
  person,
  family,
  began_at,
  row_number() over (partition by person order by began_at, family) as position
from ways
