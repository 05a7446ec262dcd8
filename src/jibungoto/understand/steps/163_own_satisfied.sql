-- Own satisfied: nights from which a starter's rules hold (+), starting or owning, or no longer (-).
-- reads: own_changes, params
with nightly as (
  select
    person,
    night,
    cast(sum(case when what = 'started' then change else 0 end) as integer) as started,
    cast(sum(case when what = 'sustained' then change else 0 end) as integer) as sustained,
    cast(sum(case when what = 'activated' then change else 0 end) as integer) as activated,
    cast(sum(case when what = 'effort' then change else 0 end) as integer) as effort,
    cast(sum(case when what = 'asked' then change else 0 end) as integer) as asked
  from own_changes
  group by person, night
),

running as (
  select
    person,
    night,
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
),

held as (
  select
    r.person,
    r.night,
    case when r.started >= 1 then 1 else 0 end as starting,
    case
      when
        (r.started >= p.own_starts or r.sustained > 0)
        and r.activated > 0
        and not (r.asked >= p.asked_least and 2 * r.asked > r.effort)
        then 1
      else 0
    end as owning
  from running as r
  cross join params as p
),

turned as (
  select
    person,
    night,
    starting,
    owning,
    coalesce(lag(starting) over nights_of, 0) as starting_before,
    coalesce(lag(owning) over nights_of, 0) as owning_before
  from held
  window nights_of as (partition by person order by night)
)

select 'starting' as what, person, night, starting - starting_before as change
from turned
where starting <> starting_before
union all
select 'owning' as what, person, night, owning - owning_before as change
from turned
where owning <> owning_before
