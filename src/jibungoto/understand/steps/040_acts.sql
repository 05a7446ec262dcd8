-- Acts: what counts, with the class it counts as (BR4, BR9, BR10) and whom a reply helped.
-- reads: copies, initiative, told
with weighed as (
  select
    t.source,
    t.key,
    t.person,
    t.capacity,
    t.kind,
    case
      when t.class <> 'CONTRIBUTE' or t.output then t.class
      when o.person is null or o.capacity = 'bot' then 'SPEAK'
      when o.person = t.person then 'SPEAK'
      when coalesce(i.tag, 'none') in ('intro', 'announce') then 'SPEAK'
      else 'CONTRIBUTE'
    end as class,
    t.output,
    t.happened_at,
    t.dated,
    t.day,
    t.place,
    t.thread,
    t.in_reply_to,
    t.initiative,
    t.sequence,
    t.is_question,
    coalesce(i.tag, 'none') as tag,
    coalesce(i.is_default, false) as is_default,
    o.person as opener,
    o.capacity as opener_capacity
  from told as t
  anti join copies as c on c.source = t.source and c.key = t.key
  left join told as o
    on t.class = 'CONTRIBUTE'
    and o.source = t.source
    and o.key = t.thread
    and o.kind <> 'reaction'
    and not o.opted_out
  left join initiative as i on i.key = t.initiative
  where
    t.kind <> 'reaction'
    and t.class <> 'ADMIN'
    and not t.opted_out
),

reacted as (
  select
    t.source,
    t.key,
    t.person,
    t.capacity,
    t.kind,
    t.class,
    t.output,
    t.happened_at,
    t.dated,
    t.day,
    t.place,
    t.thread,
    t.in_reply_to,
    t.initiative,
    t.sequence
  from told as t
  left join told as m on m.source = t.source and m.key = t.in_reply_to
  where
    t.kind = 'reaction'
    and t.class <> 'ADMIN'
    and not t.opted_out
    and (m.person is null or m.person <> t.person)
  qualify
    row_number() over (
      partition by t.source, t.person, coalesce(t.in_reply_to, t.key)
      order by t.happened_at, t.sequence, t.key
    ) = 1
)

select
  source,
  key,
  person,
  capacity,
  kind,
  class,
  output,
  happened_at,
  dated,
  day,
  place,
  thread,
  in_reply_to,
  initiative,
  sequence,
  is_question,
  tag,
  case when class = 'CONTRIBUTE' then opener end as opener,
  case when class = 'CONTRIBUTE' then opener_capacity end as opener_capacity
from weighed
where not (class = 'START' and is_default)
union all
select
  source,
  key,
  person,
  capacity,
  kind,
  class,
  output,
  happened_at,
  dated,
  day,
  place,
  thread,
  in_reply_to,
  initiative,
  sequence,
  false as is_question,
  'none' as tag,
  cast(null as integer) as opener,
  cast(null as varchar) as opener_capacity
from reacted
