-- Acts: what counts, with the class it counts as (BR4, BR9, BR10) and whom a reply helped.
-- reads: copies, initiative, parents, told
with weighed as (
  select
    t.source,
    t.key,
    t.person,
    t.capacity,
    t.kind,
    case
      when t.class <> 'CONTRIBUTE' or t.output then t.class
      when t.kind not in ('reply', 'comment') then t.class
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
  left join parents as o
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

reactions as (
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
  left join parents as m on m.source = t.source and m.key = t.in_reply_to
  where
    t.kind = 'reaction'
    and t.class <> 'ADMIN'
    and not t.opted_out
    and (m.person is null or m.person <> t.person)
),

repeated as (
  select source, person, in_reply_to
  from (
    select source, person, in_reply_to, cast(count(*) as integer) as times
    from reactions
    where in_reply_to is not null
    group by source, person, in_reply_to
  ) as n
  where times > 1
),

later as (
  select r.source, r.key
  from reactions as r
  semi join repeated as d
    on d.source = r.source and d.person = r.person and d.in_reply_to = r.in_reply_to
  qualify
    row_number() over (
      partition by r.source, r.person, r.in_reply_to
      order by r.happened_at, r.sequence, r.key
    ) > 1
),

reacted as (
  select
    r.source,
    r.key,
    r.person,
    r.capacity,
    r.kind,
    r.class,
    r.output,
    r.happened_at,
    r.dated,
    r.day,
    r.place,
    r.thread,
    r.in_reply_to,
    r.initiative,
    r.sequence
  from reactions as r
  anti join later as d on d.source = r.source and d.key = r.key
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
