-- Standing entries: registrations not undone by their own record's cancellation or a later one that stands alone.
-- reads: traces
with cancelled as (
  select as_of, source, record, initiative, person, happened_at
  from traces
  where kind = 'cancellation'
),

registered as (
  select as_of, source, key, record, initiative, mode, person, is_members, happened_at
  from traces
  where kind = 'registration'
),

alone as (
  select c.as_of, c.initiative, c.person, c.happened_at
  from cancelled as c
  anti join registered as r on r.as_of = c.as_of and r.source = c.source and r.record = c.record
)

select r.as_of, r.source, r.key, r.record, r.initiative, r.mode, r.person, r.is_members, r.happened_at
from registered as r
anti join cancelled as c on c.as_of = r.as_of and c.source = r.source and c.record = r.record
anti join alone as s
  on s.as_of = r.as_of
  and s.initiative = r.initiative
  and s.person = r.person
  and s.happened_at >= r.happened_at
