-- Received: what each opening within the horizon got from other people, and when; its copy may be answered.
-- reads: copies, horizon, openings, ties, told
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

reacted as (
  select
    f.source,
    f.key,
    min(case when t.dated then t.happened_at end) as reaction_at,
    min(t.happened_at) as seen_at
  from faces as f
  join told as t
    on t.source = f.face_source
    and t.in_reply_to = f.face_key
    and t.kind = 'reaction'
    and t.capacity <> 'bot'
    and t.person <> f.person
  join horizon as h on t.day >= h.first_day
  group by f.source, f.key
),

mention_line as (
  select person, happened_at, source, key, 1 as is_mention, cast(null as timestamp) as mention_at
  from awaiting
  union all
  select
    t.to_person as person,
    t.happened_at,
    t.source,
    t.key,
    0 as is_mention,
    t.happened_at as mention_at
  from ties as t
  join horizon as h on t.day >= h.first_day
  where t.kind = 'mention' and t.from_capacity <> 'bot'
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
  from (select distinct source, place from written where place is not null) as p
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
  from written as w
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
  x.others_at
from awaiting as o
left join threaded as h on h.source = o.source and h.key = o.key
left join reacted as r on r.source = o.source and r.key = o.key
left join mentioned as m on m.source = o.source and m.key = o.key and m.is_mention = 1
left join next_turns as x on x.source = o.source and x.key = o.key
