-- Evidence: the rows that satisfy each member's present stage: starts first, then each clause by date.
-- reads: acts, days, params, proof, qualified, starts, sustain, ties
with late_days as (
  select person, min(day) as day
  from (
    select
      f.person,
      d.day,
      row_number() over (partition by f.person order by d.day desc) as newness
    from proof as f
    join days as d on d.person = f.person and d.day < f.night
    where f.stage = 1
  ) as n
  join params as p on n.newness <= p.evidence_cap
  group by person
),

seen as (
  select
    f.person,
    'seen' as leg,
    4 as leg_order,
    a.source,
    a.key,
    a.happened_at,
    a.sequence
  from proof as f
  join late_days as d on d.person = f.person
  join acts as a on a.person = f.person and a.day < f.night and a.day >= d.day
  where f.stage = 1 and a.capacity = 'member'
),

spoke as (
  select
    f.person,
    'spoke' as leg,
    4 as leg_order,
    a.source,
    a.key,
    a.happened_at,
    a.sequence
  from proof as f
  cross join params as p
  join acts as a
    on a.person = f.person
    and a.day < f.night
    and a.day >= f.night - p.speak_window
  where f.stage = 2 and a.capacity = 'member' and a.class <> 'RECEIVE'
  qualify
    row_number() over (
      partition by f.person, a.day
      order by a.happened_at, a.sequence, a.source, a.key
    ) = 1
),

helped as (
  select
    f.person,
    'helped' as leg,
    3 as leg_order,
    a.source,
    a.key,
    a.happened_at,
    a.sequence
  from proof as f
  cross join params as p
  join acts as a
    on a.person = f.person
    and a.day < f.night
    and a.day >= f.night - p.help_window
  where
    f.stage = 3
    and a.capacity = 'member'
    and a.class in ('CONTRIBUTE', 'BRING')
    and a.opener_capacity = 'member'
    and a.opener <> a.person
  qualify
    row_number() over (
      partition by f.person, a.opener
      order by a.happened_at, a.sequence, a.source, a.key
    ) = 1
),

made as (
  select
    f.person,
    'output' as leg,
    2 as leg_order,
    a.source,
    a.key,
    a.happened_at,
    a.sequence
  from proof as f
  cross join params as p
  join acts as a
    on a.person = f.person
    and a.day < f.night
    and a.day >= f.night - p.output_window
  where f.stage = 3 and a.capacity = 'member' and a.output
),

own_starts as (
  select
    f.person,
    f.night,
    q.initiative,
    q.source,
    q.key,
    q.happened_at
  from proof as f
  cross join params as p
  join qualified as q
    on q.person = f.person
    and q.capacity = 'member'
    and q.qualified_day < f.night
    and q.qualified_day >= f.night - p.start_window
  where f.stage >= 4
),

arrived as (
  select
    o.person,
    o.initiative,
    a.source,
    a.key,
    a.happened_at,
    a.sequence
  from own_starts as o
  cross join params as p
  join acts as a
    on a.initiative = o.initiative
    and a.person <> o.person
    and a.capacity = 'member'
    and a.day < o.night
    and a.happened_at >= o.happened_at
    and date_diff('second', o.happened_at, a.happened_at) < p.qualify_seconds
  qualify
    row_number() over (
      partition by o.person, o.initiative, a.person
      order by a.happened_at, a.sequence, a.source, a.key
    ) = 1
),

came as (
  select
    x.person,
    'came' as leg,
    1 as leg_order,
    x.source,
    x.key,
    x.happened_at,
    x.sequence
  from (
    select
      person,
      source,
      key,
      happened_at,
      sequence,
      row_number() over (
        partition by person, initiative
        order by happened_at, sequence, source, key
      ) as arrival
    from arrived
  ) as x
  join params as p on x.arrival <= p.qualify_others
),

sustained as (
  select
    f.person,
    a.initiative,
    a.source,
    a.key,
    a.happened_at,
    a.sequence,
    a.day,
    a.month
  from proof as f
  cross join params as p
  join sustain as a
    on a.person = f.person
    and a.known_day < f.night
    and a.day >= f.night - p.sustain_window
  where f.stage = 5
),

kept_alive as (
  select s.person, s.initiative
  from (
    select
      person,
      initiative,
      cast(count(distinct month) as integer) as months,
      min(day) as day,
      max(day) as last_day
    from sustained
    group by person, initiative
  ) as s
  join params as p on s.months >= 3 and date_diff('day', s.day, s.last_day) >= p.sustain_span
  qualify row_number() over (partition by s.person order by s.months desc, s.initiative) = 1
),

kept as (
  select
    r.person,
    r.initiative,
    'kept' as leg,
    2 as leg_order,
    r.source,
    r.key,
    r.happened_at,
    r.sequence
  from (
    select
      s.person,
      s.initiative,
      s.source,
      s.key,
      s.happened_at,
      s.sequence,
      row_number() over (
        partition by s.person, s.month
        order by s.happened_at, s.sequence, s.source, s.key
      ) as nth_of_month,
      row_number() over (
        partition by s.person
        order by s.happened_at desc, s.sequence desc, s.source desc, s.key desc
      ) as newness
    from sustained as s
    join kept_alive as k on k.person = s.person and k.initiative = s.initiative
  ) as r
  where r.nth_of_month = 1 or r.newness = 1
),

moved as (
  select
    f.person,
    t.to_person as other,
    t.source,
    t.key,
    t.happened_at,
    0 as sequence
  from proof as f
  cross join params as p
  join ties as t
    on t.from_person = f.person
    and t.from_capacity = 'member'
    and t.to_capacity = 'member'
    and not t.is_hidden
    and t.day < f.night
    and t.day >= f.night - p.activated_window
  where f.stage = 5
  union all
  select
    f.person,
    a.person as other,
    a.source,
    a.key,
    a.happened_at,
    a.sequence
  from proof as f
  cross join params as p
  join starts as s on s.person = f.person and s.capacity = 'member'
  join acts as a
    on a.initiative = s.initiative
    and a.person <> s.person
    and a.capacity = 'member'
    and a.happened_at >= s.happened_at
    and a.day < f.night
    and a.day >= f.night - p.activated_window
  where f.stage = 5
),

answered as (
  select
    person,
    'activated' as leg,
    3 as leg_order,
    source,
    key,
    happened_at,
    sequence
  from moved
  qualify
    row_number() over (
      partition by person, other
      order by happened_at, sequence, source, key
    ) = 1
),

started as (
  select person, source, key, happened_at
  from own_starts
  union
  select k.person, s.source, s.key, s.happened_at
  from kept as k
  join starts as s on s.initiative = k.initiative
),

rows_behind as (
  select person, leg, leg_order, source, key, happened_at, sequence from seen
  union all
  select person, leg, leg_order, source, key, happened_at, sequence from spoke
  union all
  select person, leg, leg_order, source, key, happened_at, sequence from helped
  union all
  select person, leg, leg_order, source, key, happened_at, sequence from made
  union all
  select person, 'started' as leg, 0 as leg_order, source, key, happened_at, 0 as sequence
  from started
  union all
  select person, leg, leg_order, source, key, happened_at, sequence from came
  union all
  select person, leg, leg_order, source, key, happened_at, sequence from kept
  union all
  select person, leg, leg_order, source, key, happened_at, sequence from answered
),

told_once as (
  select person, leg, leg_order, source, key, happened_at, sequence
  from rows_behind
  qualify row_number() over (partition by person, leg, source, key order by happened_at) = 1
),

newest as (
  select
    person,
    leg,
    leg_order,
    source,
    key,
    happened_at,
    sequence,
    row_number() over (
      partition by person, leg
      order by happened_at desc, sequence desc, source desc, key desc
    ) as newness
  from told_once
)

select
  e.person,
  e.leg,
  e.source,
  e.key,
  cast(row_number() over (
    partition by e.person
    order by e.leg_order, e.happened_at, e.sequence, e.source, e.key
  ) as integer) as position
from newest as e
cross join params as p
where e.newness <= p.evidence_cap
