"""Of whom a page speaks: everyone, or the people of a saved segment named in the address.

A page that cannot be narrowed says why; the segment is kept on the way to those that can.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.segment_people import meant
from jibungoto.desk.people.segments import Saved, saved, segment_keyed
from jibungoto.desk.understand.today import newest_answer
from jibungoto.ledger.problems import UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import SegmentRow, StandingRow
from jibungoto.web.segment_address import SEGMENT, key_asked

_ANEW = (SEGMENT, "page", "as")
"""What is not kept in an address when another segment is chosen."""

NARROWED = frozenset(
    {
        *("today", "people", "ladder", "measures", "measures_one", "measures_rows"),
        *("measures_journeys", "people_organisations", "people_organisation"),
    }
)
"""Pages that show the people of a segment alone."""
WALKED = frozenset({"today", "people", "people_alike", "ladder", "measures"})
"""Rooms between which the segment is kept."""
NOT_OF_SOME = Words(
    "このページは、一部の人だけには絞れません。",
    "This page cannot be narrowed to some of the people.",
)
WHY_NOT: dict[str, Words] = {
    "people_alike": Words(
        "名寄せの候補は、全員の中から探します。同じ人かもしれない名前は、セグメントの外にもあります。",
        "Names that may be one person are looked for among everybody: the other name may stand "
        "outside the segment.",
    ),
    "people_segments": Words(
        "ここは、保存したセグメントの一覧です。", "This is the list of the saved segments."
    ),
    "people_": Words("これは、ひとりについてのページです。", "This page is about one person."),
    "measures_scopes": Words(
        "シリーズと支部は、イベントや場所のまとまりです。誰が来ても同じです。",
        "Series and chapters are made of events and places, whoever comes to them.",
    ),
    "measures_seats": Words(
        "席は、誰が申し込んでも1つです。来た人の割合は、申し込んだ人全員から計算します。",
        "A seat is a seat, whoever registers for it: everybody who registered is reckoned with.",
    ),
    "report": Words(
        "報告は、コミュニティ全体について書きます。計画の勝利条件がセグメントの指標であれば、"
        "セグメントの名前とともに載ります。",
        "A report is of the whole community. A victory condition that is of a segment stands in "
        "it with the segment's name.",
    ),
    "briefs": Words(
        "説明資料は、コミュニティ全体について書きます。計画の勝利条件がセグメントの指標であれば、"
        "セグメントの名前とともに載ります。",
        "A brief is of the whole community. A victory condition that is of a segment stands in "
        "it with the segment's name.",
    ),
    "plans": Words(
        "計画は、「誰に」と勝利条件の中でセグメントを選びます。",
        "A plan names segments itself: in its Who, and in what it wants to win.",
    ),
    "evidence": Words(
        "問いは、書きとめたときの人々について数えます。くじは、セグメントの人から引けます。",
        "A question counts the people it was written down for. Lots can be drawn from a segment.",
    ),
    "team": Words(
        "チームの体制と警告は、コミュニティ全体に対するものです。",
        "The team and its alerts are about the community as a whole.",
    ),
    "staff": Words(
        "誰がスタッフかは、全員について答えます。",
        "Who works for you is answered of everybody.",
    ),
}
"""Why other pages are not narrowed, by the beginning of their name; the longest one counts."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One segment that can be chosen."""

    key: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Chooser:
    """What a page shows of the choice; ``rest`` is what else stands in the address.

    ``why_not`` is said where the page speaks of everybody whatever is chosen.
    """

    segment: Saved | None
    offered: tuple[Offered, ...]
    rest: tuple[tuple[str, str], ...]
    why_not: Words | None


def looked_at(request: HttpRequest, acting: Acting) -> Saved | None:
    """Return the segment the address names; raises ``UnknownName`` for one that is not here."""
    key = key_asked(request)
    if not key:
        return None
    return saved(acting, segment_keyed(acting, key), answer=newest_answer(acting))


def standings_in(acting: Acting, segment: Saved) -> QuerySet[StandingRow]:
    """Return the standings of the people of a segment, in no order."""
    return meant(acting, segment.rule, answer=newest_answer(acting))


def people_in(acting: Acting, segment: Saved) -> QuerySet[StandingRow, int]:
    """Return the keys of the people of a segment."""
    return standings_in(acting, segment).values_list("person_id", flat=True)


def numbers_in(acting: Acting, segment: Saved) -> frozenset[int]:
    """Return the numbers of the people of a segment."""
    return frozenset(standings_in(acting, segment).values_list("person__number", flat=True))


def chooser(request: HttpRequest, acting: Acting, *, view: str) -> Chooser | None:
    """Return the choice a page offers; None where there is nothing to choose, or none is needed."""
    key = key_asked(request)
    if not key and view not in NARROWED:
        return None
    try:
        segment = looked_at(request, acting)
    except UnknownName:
        return None
    offered = _offered(acting, segment)
    if not offered:
        return None
    why_not = None if view in NARROWED else why_not_on(view)
    rest = tuple((n, one) for n in request.GET if n not in _ANEW for one in request.GET.getlist(n))
    return Chooser(segment, offered, rest, why_not)


def _offered(acting: Acting, segment: Saved | None) -> tuple[Offered, ...]:
    live = SegmentRow.objects.filter(community=acting.community, dropped_at=None)
    told = list(live.order_by("name", "pk").values_list("key", "name"))
    key = segment.row.key if segment else ""
    if segment is not None and segment.row.dropped_at is not None:
        told.append((key, segment.row.name))
    return tuple(Offered(each, name, each == key) for each, name in told)


def why_not_on(view: str) -> Words:
    """Say why a page shows everybody, whatever segment was chosen."""
    fitting = [name for name in WHY_NOT if view.startswith(name)]
    return WHY_NOT[max(fitting, key=len)] if fitting else NOT_OF_SOME
