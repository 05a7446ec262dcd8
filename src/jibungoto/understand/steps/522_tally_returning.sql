-- Returning: share of cohorts that acted again, stickiness of the chat, and who came back (7.1).
-- reads: cohorts, days, debuts, islands, nights, params
with parts as (
  select concat('k', cast(k as varchar)) as part
  from (
    select 1 as k
    union all
    select 2 as k
    union all
    select 3 as k
    union all
    select 6 as k
    union all
    select 12 as k
  ) as s
),

chatting as (
  select n.as_of, d.person, max(d.day) as last_day
  from nights as n
  cross join params as p
  join days as d on d.in_chat and d.day < n.as_of and d.day >= n.as_of - p.active_window
  group by n.as_of, d.person
),

back as (
  select n.as_of, i.person
  from nights as n
  cross join params as p
  join islands as i
    on i.what = 'present'
    and i.from_night <= n.as_of
    and i.from_night > n.as_of - p.period
  join debuts as b on b.person = i.person and b.day < i.from_night - 1
)

select
  n.as_of,
  'ret_k' as measure,
  x.part,
  cast(count(*) filter (where c.is_back) as integer) as numerator,
  cast(count(c.person) as integer) as denominator,
  0 as doubtful
from nights as n
cross join parts as x
left join cohorts as c on c.as_of = n.as_of and c.part = x.part
group by n.as_of, x.part
union all
select
  n.as_of,
  'stickiness' as measure,
  '' as part,
  cast(count(*) filter (where c.last_day >= n.as_of - p.sticky_window) as integer) as numerator,
  cast(count(c.person) as integer) as denominator,
  0 as doubtful
from nights as n
cross join params as p
left join chatting as c on c.as_of = n.as_of
group by n.as_of
union all
select
  n.as_of,
  'dormant_back' as measure,
  '' as part,
  cast(count(distinct b.person) as integer) as numerator,
  cast(null as integer) as denominator,
  0 as doubtful
from nights as n
left join back as b on b.as_of = n.as_of
group by n.as_of
