-- Acted: when everybody acted first and last, in whatever capacity, and how often.
-- reads: acts
select
  person,
  min(day) as first_day,
  max(day) as last_day,
  cast(count(*) as integer) as acts
from acts
group by person
