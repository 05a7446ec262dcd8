-- Satisfied: the highest stage whose rule holds, from the first act on, whenever something changes.
-- reads: changes, params
with nightly as (
  select
    c.person,
    c.night,
    max(c.checked_at) as checked_at,
    sum(case when c.what = 'present' then c.change else 0 end) as present,
    sum(case when c.what = 'present_owner' then c.change else 0 end) as present_owner,
    sum(case when c.what = 'spoke' then c.change else 0 end) as spoke,
    sum(case when c.what = 'helped' then c.change else 0 end) as helped,
    sum(case when c.what = 'output' then c.change else 0 end) as output,
    sum(case when c.what = 'started' then c.change else 0 end) as started,
    sum(case when c.what = 'sustained' then c.change else 0 end) as sustained,
    sum(case when c.what = 'activated' then c.change else 0 end) as activated,
    sum(case when c.what = 'effort' then c.change else 0 end) as effort,
    sum(case when c.what = 'asked' then c.change else 0 end) as asked
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
    cast(sum(present_owner) over so_far as integer) as present_owner,
    cast(sum(spoke) over so_far as integer) as spoke,
    cast(sum(helped) over so_far as integer) as helped,
    cast(sum(output) over so_far as integer) as output,
    cast(sum(started) over so_far as integer) as started,
    cast(sum(sustained) over so_far as integer) as sustained,
    cast(sum(activated) over so_far as integer) as activated,
    cast(sum(effort) over so_far as integer) as effort,
    cast(sum(asked) over so_far as integer) as asked
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
  r.present_owner,
  case
    when
      (r.started >= p.own_starts or r.sustained > 0)
      and r.activated >= p.activated_others
      and not (r.asked >= p.asked_least and 2 * r.asked > r.effort)
      then 5
    when r.started >= 1 then 4
    when r.helped >= p.help_others or r.output >= 1 then 3
    when r.spoke >= p.speak_days then 2
    else 1
  end as stage
from running as r
cross join params as p
