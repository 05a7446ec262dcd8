-- Nameless: what nobody known did, such as who was erased, and answers a source counts but does not hold.
-- reads: activity, params, tie, who
with unknown as (
  select
    a.source,
    a.key,
    a.kind,
    a.happened_at,
    a.at_precision = 'exact' as dated,
    a.day,
    a.place,
    coalesce(a.thread, a.key) as thread,
    a.in_reply_to,
    a.sequence,
    cast(null as varchar) as to_actor
  from activity as a
  join params as p on a.day < p.as_of
  anti join who as w on w.actor = a.actor
  where a.kind in ('message', 'reply', 'comment', 'reaction', 'admin')
),

addressing as (
  select
    t.source,
    t.key,
    'mention' as kind,
    t.happened_at,
    true as dated,
    t.day,
    cast(null as varchar) as place,
    cast(null as varchar) as thread,
    cast(null as varchar) as in_reply_to,
    cast(0 as bigint) as sequence,
    t.to_actor
  from tie as t
  join params as p on t.day < p.as_of
  anti join who as w on w.actor = t.from_actor
  where t.kind = 'mention'
)

select source, key, kind, happened_at, dated, day, place, thread, in_reply_to, sequence, to_actor
from unknown
union all
select source, key, kind, happened_at, dated, day, place, thread, in_reply_to, sequence, to_actor
from addressing
