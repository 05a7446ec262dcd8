-- Seats used: heads at the venue for each seat there was, for events held at a venue alone that ended lately (7.8).
-- reads: ended, gatherings, traces
with came as (
  select
    as_of,
    initiative,
    cast(count(distinct coalesce(cast(person as varchar), concat(source, ' ', record))) as integer)
    as heads
  from traces
  where kind = 'attendance' and mode = 'venue'
  group by as_of, initiative
),

used as (
  select
    e.as_of,
    e.initiative,
    e.source,
    g.capacity,
    greatest(coalesce(c.heads, 0), coalesce(e.attended, 0)) as heads
  from ended as e
  join gatherings as g on g.initiative = e.initiative and g.mode = 'venue' and g.capacity > 0
  left join came as c on c.as_of = e.as_of and c.initiative = e.initiative
  where e.is_recent and (c.heads is not null or e.attended is not null)
)

select
  u.as_of,
  '' as part,
  cast(u.heads as double) / nullif(u.capacity, 0) as amount,
  true as observed,
  cast(row_number() over (partition by u.as_of order by u.initiative) as integer) as person,
  u.source,
  u.initiative as key
from used as u
