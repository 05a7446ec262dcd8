-- Entered: through which family of sources each newcomer came in, by their first record (7.9).
-- reads: activity, gatherings, newcomers
with placed as (
  select
    person,
    source,
    key,
    joined_day,
    case
      when source in ('slack', 'discord', 'zulip', 'line') then 'chat'
      when source in ('discourse', 'mbox') then 'forum'
      when source in ('git', 'github') then 'code'
      when source = 'feed' then 'content'
      when source in ('youtube', 'streamyard', 'facebook_live') then 'live'
    end as family
  from newcomers
)

select person, source, key, joined_day, family
from placed
where family is not null
union all
select
  p.person,
  p.source,
  p.key,
  p.joined_day,
  case
    when a.place = 'venue' or (a.place is null and g.mode = 'venue') then 'event_venue'
    when a.place = 'online' or (a.place is null and g.mode = 'online') then 'event_online'
    else 'other'
  end as family
from placed as p
join activity as a on a.source = p.source and a.key = p.key
left join gatherings as g on g.initiative = a.initiative
where p.family is null
