-- Quarters: for each night the last calendar quarter that is over, by its first day (BR19).
-- reads: nights
select
  as_of,
  cast(date_trunc('quarter', cast(date_trunc('quarter', as_of) as date) - 1) as date) as quarter
from nights
