"""The ownership ladder: who stands where and by which rule, who moved, and how it grew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.look_up import PeopleFilter, people
from jibungoto.desk.understand.measures import Measured, measured
from jibungoto.desk.understand.today import People, newest_answer
from jibungoto.ledger.finding import Finding
from jibungoto.ledger.person import PersonKind
from jibungoto.ledger.words import Words
from jibungoto.records.models import AnswerRow, PersonRow, StandingRow
from jibungoto.understand.answers import AT_LEAST, STAGE_RULES, Stage, Unknown
from jibungoto.web.entrance import in_community
from jibungoto.web.language import page_language
from jibungoto.web.pictures import Caption, Series, stacked_picture
from jibungoto.web.segment_chooser import looked_at, people_in
from jibungoto.web.segment_counting import Counting, counting_of

STOCK = "stage_stock"
DRAWN = [stage for stage in Stage if stage is not Stage.REGISTERED]
"""The picture leaves out who has not acted yet: they would dwarf the rest."""
NOBODY_SEEN = Words(
    "このデータでは、貢献以上の人は確認できません。",
    "These sources show nobody who contributes to the community or does more.",
)
NOT_DRAWN = Words(
    "月末ごとの、休眠していないメンバーの数です。このデータから分からない段: {stages}",
    "Members who are not dormant, at the end of each month. Stages these sources do not tell: "
    "{stages}.",
)
APART = Words(
    "ほかに、削除されたアカウントの人が{n}人います。", "Deleted accounts, counted apart: {n}."
)
DELETED = "deleted"
"""Members none of whose accounts is left; the list of people keeps them apart."""
OF_SOME = Words("一部の人について: {why}", "Of some people: {why}")
RAISES = {Unknown.HELP: Stage.CONTRIBUTING, Unknown.START: Stage.STARTING}
"""Parts of a rule, and the stage nobody can be told to have reached without them."""

MOVES_SHOWN = 50
"""Of those who moved, no more than this are named in each direction."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One stage with its rule, how many stand there, and how wide its bars are drawn (0 to 100).

    ``width`` is drawn for who is active, ``whole`` behind it for everybody. ``doubt`` says why
    more people may stand here than can be told; where ``is_known`` is false, nobody can be.
    """

    stage: Stage
    key: str
    rule: Words
    active: int
    dormant: int
    width: float
    whole: float
    doubt: Words | None
    is_known: bool


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody who stands elsewhere than four weeks ago."""

    person: PersonRow
    day: date
    before: Stage
    now: Stage


@in_community
@require_GET
def ladder_page(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Show the ladder of the newest answers."""
    answer = newest_answer(acting)
    segment = looked_at(request, acting)
    among = people_in(acting, segment) if segment else None
    members = _members(acting, answer, among=among)
    doubts = _doubts(members)
    found = _found(acting, answer)
    rungs = _rungs(members, doubts=doubts.parts, now=found.now if found else {})
    deleted = _members(acting, answer, among=among, kind=DELETED).count()
    up, down = _moves(answer, among=among)
    counting = counting_of(acting, segment, measures=(STOCK,))
    return render(
        request,
        "pages/ladder.html",
        {
            "as_of": answer.as_of if answer else None,
            "has_answer": answer is not None,
            "rungs": rungs,
            "members": sum(rung.active + rung.dormant for rung in rungs),
            "carrying": sum(rung.active for rung in rungs if rung.stage >= Stage.CONTRIBUTING),
            "at_least": doubts.is_short or any(rung.doubt for rung in rungs),
            "nobody_seen": NOBODY_SEEN if _is_nobody_seen(rungs) else None,
            "short": AT_LEAST if doubts.is_short else None,
            "moved_up": up[:MOVES_SHOWN],
            "moved_down": down[:MOVES_SHOWN],
            "up_count": len(up),
            "down_count": len(down),
            "apart": APART.filled(n=deleted) if deleted else None,
            "stock": _stock(_found_in(counting) if segment else found),
            "counting": counting,
            "unmarked": acting.community.staff_answered_at is None,
        },
    )


def _is_nobody_seen(rungs: list[Rung]) -> bool:
    """Say whether nobody is seen to contribute where not every stage from there on is known."""
    carrying = [rung for rung in rungs if rung.stage >= Stage.CONTRIBUTING]
    return not any(rung.active for rung in carrying) and any(rung.doubt for rung in carrying)


@dataclass(frozen=True, slots=True)
class Doubts:
    """What cannot be told of some members: parts of rules, or a log shorter than a rule needs."""

    parts: frozenset[Unknown] = frozenset()
    is_short: bool = False


def _found(acting: Acting, answer: AnswerRow | None) -> Measured | None:
    """Return the stock at every stage as it was kept, now and at the ends of months."""
    return measured(acting, keys=(STOCK,), answer=answer)[0] if answer else None


def _found_in(counting: Counting | None) -> Measured | None:
    """Return the same of a segment, as far as it is counted."""
    return next(iter(counting.measured), None) if counting else None


def _members(
    acting: Acting,
    answer: AnswerRow | None,
    *,
    among: People | None,
    kind: str = PersonKind.MEMBER,
) -> QuerySet[StandingRow]:
    """Return the people the ladder counts: members with an account left, who may be counted."""
    standings = people(acting, PeopleFilter(kind=kind), answer=answer).filter(is_opted_out=False)
    return (standings if among is None else standings.filter(person__in=among)).order_by()


def _doubts(members: QuerySet[StandingRow]) -> Doubts:
    found = list(members.values_list("unknown", "is_at_least").distinct())
    return Doubts(
        parts=frozenset(Unknown(part) for parts, _is_at_least in found for part in parts),
        is_short=any(is_at_least for _parts, is_at_least in found),
    )


def _rungs(
    members: QuerySet[StandingRow], *, doubts: frozenset[Unknown], now: Mapping[str, Finding]
) -> list[Rung]:
    """Return the stages, the highest first, counted as the list of people counts them."""
    counts: dict[tuple[int, bool], int] = defaultdict(int)
    told = members.values_list("stage", "is_dormant").annotate(count=Count("pk"))
    for stage, is_dormant, count in told:
        counts[stage, is_dormant] = count
    most = max((counts[stage, False] + counts[stage, True] for stage in Stage), default=0) or 1
    return [
        Rung(
            stage=stage,
            key=stage.name.lower(),
            rule=STAGE_RULES[stage],
            active=counts[stage, False],
            dormant=counts[stage, True],
            width=round(100 * counts[stage, False] / most, 2),
            whole=round(100 * (counts[stage, False] + counts[stage, True]) / most, 2),
            doubt=_doubt(stage, doubts=doubts, found=now.get(f"S{int(stage)}")),
            is_known=counts[stage, False] > 0 or _is_known(now.get(f"S{int(stage)}")),
        )
        for stage in reversed(Stage)
    ]


def _is_known(found: Finding | None) -> bool:
    return found is None or found.value is not None


def _doubt(stage: Stage, *, doubts: frozenset[Unknown], found: Finding | None) -> Words | None:
    """Say why a stage cannot be told, of some or of anybody."""
    if found is not None and found.value is None:
        told = next((part.words for part, raises in RAISES.items() if raises is stage), None)
        return told or found.reason
    told = next((part.words for part in doubts if RAISES.get(part) is stage), None)
    if told is None:
        return None
    return Words(OF_SOME.ja.format(why=told.ja), OF_SOME.en.format(why=told.en))


def _moves(answer: AnswerRow | None, *, among: People | None) -> tuple[list[Step], list[Step]]:
    """Return who moved up and who moved down, the latest first."""
    if answer is None:
        return [], []
    rows = answer.moves.select_related("person").order_by("-day", "person__name", "pk")
    if among is not None:
        rows = rows.filter(person__in=among)
    steps = [
        Step(row.person, row.day, before=Stage(row.from_stage), now=Stage(row.to_stage))
        for row in rows
    ]
    return [one for one in steps if one.now > one.before], [
        one for one in steps if one.now < one.before
    ]


def _stock(found: Measured | None) -> SafeString | None:
    """Draw how many active members stood on each stage at the ends of months."""
    if found is None:
        return None
    history = found.history
    days = sorted({one.as_of for series in history.values() for one in series})
    if not any(history.get(f"S{int(stage)}") for stage in DRAWN):
        return None
    language = page_language()
    bands = [
        Series(stage.words.said_in(language), _values(history.get(f"S{int(stage)}", ()), days))
        for stage in DRAWN
    ]
    return stacked_picture(Caption(_("Month by month"), _sentence(bands)), bands, days=days)


def _values(series: tuple[Finding, ...], days: list[date]) -> list[float | None]:
    known = {one.as_of: one.value for one in series}
    return [known.get(day) for day in days]


def _sentence(bands: list[Series]) -> str:
    """Say the change in one sentence, or which stages the picture cannot hold."""
    untold = [band.name for band in bands if all(value is None for value in band.values)]
    if untold:
        language = page_language()
        listed = ("、" if language.startswith("ja") else ", ").join(untold)
        return NOT_DRAWN.filled(stages=listed).said_in(language)
    carrying = [
        sum(value or 0 for value in values)
        for values in zip(*(band.values for band in bands[2:]), strict=True)
        if None not in values
    ]
    if not carrying:
        return _("Members who are not dormant, at the end of each month.")
    return _(
        "Members who are not dormant, at the end of each month. %(now)d contribute or more now; "
        "%(then)d did at the beginning."
    ) % {"now": carrying[-1], "then": carrying[0]}
