-- Received: what each opening within the horizon got from other people, and when; its copy may be answered.
-- reads: copies, horizon, nameless, openings, params, source, ties, told, watched, who
with awaiting as (
  select
    o.source,
    o.key,
    o.person,
    o.happened_at,
    o.day,
    o.place,
    o.thread,
    o.is_first,
    o.is_question
  from openings as o
  join horizon as h on o.day >= h.first_day
),

written as (
  select
    t.source,
    t.key,
    t.person,
    t.place,
    t.thread,
    t.in_reply_to,
    t.happened_at,
    t.sequence
  from told as t
  join horizon as h on t.day >= h.first_day
  where t.kind in ('message', 'reply', 'comment') and t.capacity <> 'bot'
  union all
  select
    n.source,
    n.key,
    -1 as person,
    n.place,
    n.thread,
    n.in_reply_to,
    n.happened_at,
    n.sequence
  from nameless as n
  join horizon as h on n.day >= h.first_day
  where n.kind in ('message', 'reply', 'comment') and n.dated
),

present as (
  select source, key, person, place, happened_at, sequence
  from written
  union all
  select t.source, t.key, t.person, t.place, t.happened_at, t.sequence
  from told as t
  join horizon as h on t.day >= h.first_day
  where t.kind = 'admin' and t.capacity <> 'bot'
  union all
  select n.source, n.key, -1 as person, n.place, n.happened_at, n.sequence
  from nameless as n
  join horizon as h on n.day >= h.first_day
  where n.kind = 'admin' and n.dated
),

faces as (
  select source, key, person, happened_at, source as face_source, key as face_key, thread as face_thread
  from awaiting
  union all
  select
    o.source,
    o.key,
    o.person,
    o.happened_at,
    c.source as face_source,
    c.key as face_key,
    c.thread as face_thread
  from awaiting as o
  join copies as c on c.original_source = o.source and c.original_key = o.key
),

threaded as (
  select
    f.source,
    f.key,
    min(w.happened_at) as thread_at,
    min(case when w.in_reply_to = f.face_key then w.happened_at end) as reply_at
  from faces as f
  join written as w
    on w.source = f.face_source
    and w.thread = f.face_thread
    and w.person <> f.person
    and w.happened_at >= f.happened_at
  group by f.source, f.key
),

reactions as (
  select t.source, t.in_reply_to, t.person, t.happened_at, t.dated
  from told as t
  join horizon as h on t.day >= h.first_day
  where t.kind = 'reaction' and t.capacity <> 'bot'
  union all
  select n.source, n.in_reply_to, -1 as person, n.happened_at, n.dated
  from nameless as n
  join horizon as h on n.day >= h.first_day
  where n.kind = 'reaction'
),

reacted as (
  select
    f.source,
    f.key,
    min(case when t.dated then t.happened_at end) as reaction_at,
    min(t.happened_at) as seen_at
  from faces as f
  join reactions as t
    on t.source = f.face_source
    and t.in_reply_to = f.face_key
    and t.person <> f.person
  group by f.source, f.key
),

announced as (
  select f.source, f.key, min(n.happened_at) as announced_at
  from faces as f
  join nameless as n
    on n.source = f.face_source
    and n.thread = f.face_thread
    and n.kind in ('reply', 'comment')
    and not n.dated
  group by f.source, f.key
),

addressed as (
  select t.to_person as person, t.happened_at, t.source, t.key
  from ties as t
  join horizon as h on t.day >= h.first_day
  where t.kind = 'mention' and t.from_capacity <> 'bot'
  union all
  select w.person, n.happened_at, n.source, n.key
  from nameless as n
  join horizon as h on n.day >= h.first_day
  join who as w
    on w.actor = n.to_actor
    and (w.from_day is null or w.from_day <= n.day)
    and (w.to_day is null or n.day < w.to_day)
  where n.kind = 'mention'
),

mention_line as (
  select person, happened_at, source, key, 1 as is_mention, cast(null as timestamp) as mention_at
  from awaiting
  union all
  select person, happened_at, source, key, 0 as is_mention, happened_at as mention_at
  from addressed
),

mentioned as (
  select
    source,
    key,
    is_mention,
    min(mention_at) over (
      partition by person
      order by happened_at, is_mention desc
      rows between current row and unbounded following
    ) as mention_at
  from mention_line
),

places as (
  select source, place, row_number() over (order by source, place) as number
  from (select distinct source, place from present where place is not null) as p
),

turns as (
  select
    w.source,
    w.key,
    p.number,
    w.happened_at,
    w.sequence,
    lag(w.person) over place_of = w.person as goes_on,
    lead(w.person) over place_of = w.person as will_go_on,
    lead(w.happened_at) over place_of as next_at
  from present as w
  join places as p on p.source = w.source and p.place = w.place
  window place_of as (partition by p.number order by w.happened_at, w.sequence, w.key)
),

streaks as (
  select
    source,
    key,
    will_go_on,
    min(case when not will_go_on then next_at end) over (
      partition by number
      order by happened_at, sequence, key
      rows between current row and unbounded following
    ) as others_at
  from turns
  where goes_on or will_go_on
),

next_turns as (
  select source, key, next_at as others_at
  from turns
  where not will_go_on
  union all
  select source, key, others_at
  from streaks
  where will_go_on
)

select
  o.source,
  o.key,
  o.person,
  o.happened_at,
  o.day,
  o.place,
  o.is_first,
  o.is_question,
  h.thread_at,
  h.reply_at,
  r.reaction_at,
  r.seen_at,
  m.mention_at,
  x.others_at,
  d.announced_at,
  case
    when s.covered_until >= p.as_of then p.until_at
    when s.covered_until > l.last_day and s.covered_until >= p.as_of - 1 then p.until_at
    else least(l.last_at, p.until_at)
  end as watched_at
from awaiting as o
cross join params as p
join source as s on s.source = o.source
left join watched as l on l.source = o.source
left join threaded as h on h.source = o.source and h.key = o.key
left join reacted as r on r.source = o.source and r.key = o.key
left join mentioned as m on m.source = o.source and m.key = o.key and m.is_mention = 1
left join next_turns as x on x.source = o.source and x.key = o.key
left join announced as d on d.source = o.source and d.key = o.key
