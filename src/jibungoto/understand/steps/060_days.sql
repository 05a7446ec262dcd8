-- Days on which a member acted: whether they spoke or did more, only reacted, acted in a chat.
-- reads: acts
select
  person,
  day,
  max(case when class <> 'RECEIVE' then 1 else 0 end) = 1 as speaks,
  max(case when kind <> 'reaction' then 1 else 0 end) = 0 as only_reacted,
  max(case when source in ('discord', 'line', 'slack', 'zulip') then 1 else 0 end) = 1 as in_chat
from acts
where capacity = 'member'
group by person, day
