-- Own satisfied: on which nights a starter's rules hold, starting (4) or owning (5), and presence.
-- reads: changes, own_changes, params
with line as (
  select what, person, night, change
  from own_changes
  union all
  select distinct 'night' as what, c.person, c.night, 0 as change
  from changes as c
  semi join own_changes as o on o.person = c.person
),

nightly as (
  select
    c.person,
    c.night,
    cast(sum(case when c.what = 'present_owner' then c.change else 0 end) as integer) as present_owner,
    cast(sum(case when c.what = 'started' then c.change else 0 end) as integer) as started,
    cast(sum(case when c.what = 'sustained' then c.change else 0 end) as integer) as sustained,
    cast(sum(case when c.what = 'activated' then c.change else 0 end) as integer) as activated,
    cast(sum(case when c.what = 'effort' then c.change else 0 end) as integer) as effort,
    cast(sum(case when c.what = 'asked' then c.change else 0 end) as integer) as asked
  from line as c
  join params as p on c.night <= p.as_of
  group by c.person, c.night
),

running as (
  select
    person,
    night,
    cast(sum(present_owner) over so_far as integer) as present_owner,
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
  r.present_owner,
  case
    when
      (r.started >= p.own_starts or r.sustained > 0)
      and r.activated >= p.activated_others
      and not (r.asked >= p.asked_least and 2 * r.asked > r.effort)
      then 5
    when r.started >= 1 then 4
    else 0
  end as stage
from running as r
cross join params as p
