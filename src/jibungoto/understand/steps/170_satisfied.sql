-- Satisfied: the highest stage whose rule holds, from the first act on, whenever something changes.
-- reads: changes, own_satisfied, params
with nightly as (
  select
    c.person,
    c.night,
    max(c.checked_at) as checked_at,
    cast(sum(case when c.what = 'present' then c.change else 0 end) as integer) as present,
    cast(sum(case when c.what = 'spoke' then c.change else 0 end) as integer) as spoke,
    cast(sum(case when c.what = 'helped' then c.change else 0 end) as integer) as helped,
    cast(sum(case when c.what = 'output' then c.change else 0 end) as integer) as output
  from changes as c
  join params as p on c.night <= p.as_of
  group by c.person, c.night
),

running as (
  select
    person,
    night,
    checked_at,
    cast(sum(present) over so_far as integer) as present,
    cast(sum(spoke) over so_far as integer) as spoke,
    cast(sum(helped) over so_far as integer) as helped,
    cast(sum(output) over so_far as integer) as output
  from nightly
  window so_far as (
    partition by person
    order by night
    rows between unbounded preceding and current row
  )
)

select
  r.person,
  r.night,
  r.checked_at,
  r.present,
  coalesce(o.present_owner, 0) as present_owner,
  case
    when o.stage > 0 then o.stage
    when r.helped >= p.help_others or r.output >= 1 then 3
    when r.spoke >= p.speak_days then 2
    else 1
  end as stage
from running as r
cross join params as p
left join own_satisfied as o on o.person = r.person and o.night = r.night
