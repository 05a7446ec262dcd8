-- First weeks: act7, act30 and intro_rate of newcomers whose 7, 30 or 14 days have passed (7.2).
-- reads: newcomers, nights, params
with cohort as (
  select
    n.as_of,
    c.person,
    date_diff('second', c.joined_at, n.until_at) as age,
    date_diff('second', c.joined_at, c.spoke_at) as spoke_after,
    date_diff('second', c.joined_at, c.got_at) as got_after,
    date_diff('second', c.joined_at, c.introduced_at) as introduced_after
  from nights as n
  cross join params as p
  join newcomers as c
    on c.joins
    and c.joined_day < n.as_of
    and c.joined_day >= n.as_of - p.cohort_window
)

select
  n.as_of,
  'act7' as measure,
  '' as part,
  cast(count(*) filter (
    where c.age >= p.act7_seconds and c.spoke_after < p.act7_seconds
  ) as integer) as numerator,
  cast(count(*) filter (where c.age >= p.act7_seconds) as integer) as denominator,
  0 as doubtful
from nights as n
cross join params as p
left join cohort as c on c.as_of = n.as_of
group by n.as_of
union all
select
  n.as_of,
  'act30' as measure,
  '' as part,
  cast(count(*) filter (
    where
      c.age >= p.act30_seconds
      and c.spoke_after < p.act30_seconds
      and c.got_after < p.act30_seconds
  ) as integer) as numerator,
  cast(count(*) filter (where c.age >= p.act30_seconds) as integer) as denominator,
  0 as doubtful
from nights as n
cross join params as p
left join cohort as c on c.as_of = n.as_of
group by n.as_of
union all
select
  n.as_of,
  'intro_rate' as measure,
  '' as part,
  cast(count(*) filter (
    where c.age >= p.intro_seconds and c.introduced_after < p.intro_seconds
  ) as integer) as numerator,
  cast(count(*) filter (where c.age >= p.intro_seconds) as integer) as denominator,
  0 as doubtful
from nights as n
cross join params as p
left join cohort as c on c.as_of = n.as_of
group by n.as_of
