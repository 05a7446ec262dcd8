-- Newcomers: members whose day of joining is exact; within the horizon, what happened in their first weeks (7.2).
-- reads: acts, firsts, horizon, params, ties, told
with lately as (
  select f.person, f.joined_at
  from firsts as f
  join horizon as h on f.joined_day >= h.first_day
),

cohort as (
  select f.person, f.joined_at
  from firsts as f
  join horizon as h on f.joined_day >= h.first_cohort
),

written as (
  select t.source, t.key, t.person
  from told as t
  join horizon as h on t.day >= h.first_day
  semi join lately as f on f.person = t.person
),

got as (
  select t.to_person as person, t.happened_at
  from ties as t
  join horizon as h on t.day >= h.first_day
  where t.from_capacity = 'member' and not t.is_hidden
  union all
  select m.person, a.happened_at
  from acts as a
  join horizon as h on a.day >= h.first_day
  join written as m on m.source = a.source and m.key = a.in_reply_to and m.person <> a.person
  where a.kind = 'reaction' and a.dated and a.capacity = 'member'
),

received as (
  select f.person, min(g.happened_at) as got_at
  from lately as f
  join got as g on g.person = f.person and g.happened_at >= f.joined_at
  group by f.person
),

done as (
  select
    f.person,
    min(case when a.class <> 'RECEIVE' then a.happened_at end) as spoke_at,
    min(case when a.kind = 'message' and a.tag = 'intro' then a.happened_at end) as introduced_at,
    max(case
      when date_diff('second', f.joined_at, a.happened_at) < 1 * p.stretch_days * 86400 then 0
      when date_diff('second', f.joined_at, a.happened_at) >= 2 * p.stretch_days * 86400 then 0
      else 1
    end) as back_1,
    max(case
      when date_diff('second', f.joined_at, a.happened_at) < 2 * p.stretch_days * 86400 then 0
      when date_diff('second', f.joined_at, a.happened_at) >= 3 * p.stretch_days * 86400 then 0
      else 1
    end) as back_2,
    max(case
      when date_diff('second', f.joined_at, a.happened_at) < 3 * p.stretch_days * 86400 then 0
      when date_diff('second', f.joined_at, a.happened_at) >= 4 * p.stretch_days * 86400 then 0
      else 1
    end) as back_3,
    max(case
      when date_diff('second', f.joined_at, a.happened_at) < 6 * p.stretch_days * 86400 then 0
      when date_diff('second', f.joined_at, a.happened_at) >= 7 * p.stretch_days * 86400 then 0
      else 1
    end) as back_6,
    max(case
      when date_diff('second', f.joined_at, a.happened_at) < 12 * p.stretch_days * 86400 then 0
      when date_diff('second', f.joined_at, a.happened_at) >= 13 * p.stretch_days * 86400 then 0
      else 1
    end) as back_12
  from cohort as f
  cross join params as p
  join acts as a on a.person = f.person and a.capacity = 'member' and a.dated
  join horizon as h on a.day >= h.first_cohort
  group by f.person
),

varied as (
  select e.person, cast(count(*) as integer) as diversity
  from (
    select distinct f.person, a.class, coalesce(a.place, a.source) as place
    from lately as f
    join acts as a on a.person = f.person and a.capacity = 'member' and a.dated
    join horizon as h on a.day >= h.first_day
    join params as p
      on date_diff('second', f.joined_at, a.happened_at) < p.act7_seconds
  ) as e
  group by e.person
)

select
  f.person,
  f.source,
  f.key,
  f.joined_at,
  f.joined_day,
  f.joins,
  d.spoke_at,
  d.introduced_at,
  r.got_at,
  coalesce(v.diversity, 0) as diversity,
  coalesce(d.back_1, 0) = 1 as back_1,
  coalesce(d.back_2, 0) = 1 as back_2,
  coalesce(d.back_3, 0) = 1 as back_3,
  coalesce(d.back_6, 0) = 1 as back_6,
  coalesce(d.back_12, 0) = 1 as back_12
from firsts as f
left join done as d on d.person = f.person
left join received as r on r.person = f.person
left join varied as v on v.person = f.person
where f.is_exact and f.capacity = 'member' and not f.opted_out
