-- Proof: the last night on which each member's present stage was satisfied by its own rule.
-- reads: ladder, params, stages
select
  l.person,
  l.stage,
  max(case
    when s.next_night is null or s.next_night > p.as_of then p.as_of
    else s.next_night - 1
  end) as night
from ladder as l
join params as p on p.as_of = l.as_of
join stages as s
  on s.person = l.person
  and s.satisfied = l.stage
  and s.night <= p.as_of
where l.stage > 0
group by l.person, l.stage
