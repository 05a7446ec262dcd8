-- Copies: the same text by the same person in another place soon after; one natural act (BR11).
-- reads: params, told
select
  b.source,
  b.key,
  b.thread,
  a.source as original_source,
  a.key as original_key
from told as a
join told as b
  on b.person = a.person
  and b.text_hash = a.text_hash
  and b.place <> a.place
join params as p
  on date_diff('second', a.happened_at, b.happened_at) < p.copy_seconds
where
  a.kind = 'message'
  and b.kind = 'message'
  and a.capacity <> 'bot'
  and b.capacity <> 'bot'
  and (
    a.happened_at < b.happened_at
    or (a.happened_at = b.happened_at and a.sequence < b.sequence)
    or (a.happened_at = b.happened_at and a.sequence = b.sequence and a.key < b.key)
  )
qualify
  row_number() over (
    partition by b.source, b.key
    order by a.happened_at, a.sequence, a.key, a.source
  ) = 1
