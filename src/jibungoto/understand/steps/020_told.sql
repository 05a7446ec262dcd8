-- What the log tells: every activity of a known person, in the capacity they had on that day.
-- reads: activity, kinds, params, people, who
select
  a.source,
  a.key,
  w.person,
  w.kind as capacity,
  u.opted_out,
  a.kind,
  k.class,
  k.output,
  a.happened_at,
  a.at_precision = 'exact' as dated,
  a.day,
  a.place,
  coalesce(a.thread, a.key) as thread,
  a.in_reply_to,
  a.initiative,
  a.sequence,
  coalesce(a.is_question, false) as is_question,
  a.text_hash
from activity as a
join params as p on a.day < p.as_of
join who as w
  on w.actor = a.actor
  and (w.from_day is null or w.from_day <= a.day)
  and (w.to_day is null or a.day < w.to_day)
join people as u on u.person = w.person
join kinds as k on k.kind = a.kind
