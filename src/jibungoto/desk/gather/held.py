"""What each source's records say of events and works: read from one version of the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from django.db.models import Q

from jibungoto.desk.gather.current import current_log
from jibungoto.engine.log import LogVersion, opened
from jibungoto.gather.families import Family, family_of
from jibungoto.gather.holdings import Found, Holding, holdings
from jibungoto.records.models import CommunityRow, InitiativeRow

_SQL = """
select source, kind, bool_or(length is not null) from activity
where list_contains(?, source) group by source, kind
"""


def held_by(community: CommunityRow, sources: list[str]) -> Mapping[str, tuple[Holding, ...]]:
    """Return what these sources' records say; of conversation alone nothing is asked."""
    asked = tuple(sorted(one for one in sources if family_of(one) is not Family.TALK))
    current = current_log(community) if asked else None
    if current is None:
        return {}
    found = _found(current[1], asked)
    heads = Q(registered__gt=0) | Q(attended__gt=0) | Q(viewers__gt=0)
    counted = set(
        InitiativeRow.objects.filter(heads, community=community, source__in=asked)
        .values_list("source", flat=True)
        .distinct()
    )
    return {one: holdings(found.get(one, ()), has_heads=one in counted) for one in asked}


@lru_cache(maxsize=8)
def _found(log: LogVersion, sources: tuple[str, ...]) -> Mapping[str, tuple[Found, ...]]:
    """Return which kinds of activity of these sources one version holds."""
    kinds: dict[str, list[Found]] = defaultdict(list)
    with opened(log, memory="200MB", threads=1) as con:
        for source, kind, is_timed in con.execute(_SQL, [list(sources)]).fetchall():
            kinds[source].append((kind, bool(is_timed)))
    return {source: tuple(told) for source, told in kinds.items()}
