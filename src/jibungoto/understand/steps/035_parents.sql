-- Parents: what others answered or reacted to, and who wrote it in which capacity.
-- reads: told
with named as (
  select source, thread as key
  from told
  where class = 'CONTRIBUTE'
  union
  select source, in_reply_to as key
  from told
  where kind = 'reaction' and in_reply_to is not null
)

select t.source, t.key, t.person, t.capacity, t.opted_out, t.kind
from told as t
semi join named as n on n.source = t.source and n.key = t.key
