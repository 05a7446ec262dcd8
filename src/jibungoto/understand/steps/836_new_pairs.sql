-- New pairs: two guests of one event without a reply or mention in the 90 days before, and with one soon after (7.8).
-- reads: guests, params, ties
with talked as (
  select
    source,
    key,
    from_person,
    least(from_person, to_person) as one,
    greatest(from_person, to_person) as other,
    happened_at
  from ties
  where from_capacity = 'member' and to_capacity = 'member' and not is_hidden
),

after as (
  select
    a.as_of,
    a.initiative,
    a.starts_at,
    t.one,
    t.other,
    t.from_person,
    t.source,
    t.key
  from talked as t
  cross join params as p
  join guests as a
    on a.person = t.one
    and t.happened_at >= a.ended_at
    and date_diff('second', a.ended_at, t.happened_at) < p.meet_seconds
  join guests as b on b.as_of = a.as_of and b.initiative = a.initiative and b.person = t.other
  qualify
    row_number() over (
      partition by a.as_of, a.initiative, t.one, t.other
      order by t.happened_at, t.source, t.key, t.from_person
    ) = 1
)

select
  f.as_of,
  f.initiative,
  f.from_person as person,
  case when f.from_person = f.one then f.other else f.one end as other,
  f.source,
  f.key
from after as f
cross join params as p
left join talked as b
  on b.one = f.one
  and b.other = f.other
  and b.happened_at < f.starts_at
  and date_diff('second', b.happened_at, f.starts_at) <= p.edge_seconds
where b.key is null
