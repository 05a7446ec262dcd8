"""Spells of online attendance, delivered one by one, become one attendance for each person."""

from __future__ import annotations

from jibungoto.gather.events.attendance import NEAR, UNDATED

FILED = 197001 + UNDATED
"""The month under which spells are filed: events are undated."""

TELLING = (
    "select distinct month from delivered_activity"
    f" where kind = 'spell' and month = {FILED} order by month"
)
"""SQL for the months of the view delivered_activity that hold spells."""

_FIELDS = "source, initiative, actor"
_UNITED = """
with told as materialized (
    {rows}
),
events as (
    select source, initiative, arg_max(happened_at, intake) as begins_at,
        arg_max(day, intake) as begins_day, max(length) as lasts
    from told where kind = 'spell' and actor is null
    group by source, initiative
),
spells as (
    select *, at_precision = 'exact' as is_timed
    from told where kind = 'spell' and actor is not null
),
reaching as (
    select {fields}, happened_at as from_at, happened_at + to_seconds(length) as until_at,
        max(happened_at + to_seconds(length)) over (
            partition by {fields} order by happened_at, length, key
            rows between unbounded preceding and 1 preceding
        ) as reached_at
    from spells where is_timed
),
covered as (
    select {fields}, cast(sum(greatest(
        date_diff('second', greatest(from_at, coalesce(reached_at, from_at)), until_at), 0
    )) as integer) // 60 as minutes
    from reaching group by {fields}
),
stays as (
    select {fields}, max(version) as version, max(intake) as intake, min(place) as place,
        min(visibility) as visibility, min(filed) as filed,
        min(happened_at) filter (where is_timed) as came_at,
        arg_min(day, happened_at) filter (where is_timed) as came_day,
        max(length) filter (where not is_timed) // 60 as total
    from spells group by {fields}
),
whole as (
    select s.*, e.begins_at, e.begins_day, greatest(c.minutes, s.total) as minutes, e.lasts,
        coalesce(s.came_at between e.begins_at - to_seconds({near})
            and e.begins_at + to_seconds(coalesce(e.lasts, 0) + {near}), false) as is_near
    from stays as s
    join events as e on e.source = s.source and e.initiative = s.initiative
    left join covered as c
        on c.source = s.source and c.initiative = s.initiative and c.actor = s.actor
),
judged as (
    select *, case
        when minutes is null or minutes >= 10 then 'attendance'
        when minutes * 5 >= lasts // 60 then 'attendance'
        else 'glimpse'
    end as kind
    from whole
),
united as (
    select source, concat_ws('/', initiative, actor, kind) as key, version, intake, actor, kind,
        case when is_near then came_at else begins_at end as happened_at,
        'exact' as at_precision,
        case when is_near then came_day else begins_day end as day,
        place, initiative, 0 as sequence, minutes as length, visibility, filed as month, filed
    from judged
)
select t.* from told as t
left join united as u
    on t.kind in ('attendance', 'glimpse') and u.source = t.source
    and u.initiative = t.initiative and u.actor = t.actor
where t.kind <> 'spell' and u.key is null
qualify row_number() over (partition by t.source, t.key order by t.intake desc, t.happened_at) = 1
union all by name
select * from united
"""


def united(rows: str) -> str:
    """Return SQL for activities (rows with their month as ``filed``) without spells.

    Instead of a person's spells at an event there is one attendance of the time they cover
    together, or one glimpse (domain.md 7.8): ``gather.events.spells.united`` is the same rule.
    """
    return _UNITED.format(rows=rows, fields=_FIELDS, near=NEAR)
