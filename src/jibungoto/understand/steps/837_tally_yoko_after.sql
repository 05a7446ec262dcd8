-- Ties after events: pairs of guests who first talked afterwards, for every hundred attendances (7.8).
-- reads: guests, new_pairs, nights
with met as (
  select as_of, cast(count(*) as integer) as pairs
  from new_pairs
  group by as_of
),

came as (
  select
    as_of,
    cast(count(person) as integer) as attended,
    cast(count(*) filter (where person is null) as integer) as unmarked
  from guests
  group by as_of
)

select
  n.as_of,
  '' as part,
  coalesce(m.pairs, 0) as numerator,
  coalesce(c.attended, 0) as denominator,
  coalesce(c.unmarked, 0) as doubtful
from nights as n
left join met as m on m.as_of = n.as_of
left join came as c on c.as_of = n.as_of
