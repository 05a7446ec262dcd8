"""The ownership ladder: who stands where and by which rule, who moved, and how it grew."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.look_up import PeopleFilter, people
from jibungoto.desk.understand.measures import measured
from jibungoto.desk.understand.today import newest_answer
from jibungoto.ledger.finding import Finding
from jibungoto.ledger.words import Words
from jibungoto.records.models import AnswerRow, PersonRow
from jibungoto.understand.answers import AT_LEAST, STAGE_RULES, Stage, Unknown
from jibungoto.web.entrance import in_community
from jibungoto.web.pictures import Caption, Series, stacked_picture

DRAWN = [stage for stage in Stage if stage is not Stage.REGISTERED]
"""The picture leaves out who has not acted yet: they would dwarf the rest."""
RAISES = {Unknown.HELP: Stage.CONTRIBUTING, Unknown.START: Stage.STARTING}
"""Parts of a rule, and the stage nobody can be told to have reached without them."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One stage with its rule, how many stand there, and how wide its bars are drawn (0 to 100).

    ``width`` is drawn for who is active, ``whole`` behind it for everybody. ``doubt`` says why
    more people may stand here than can be told.
    """

    stage: Stage
    key: str
    rule: Words
    active: int
    dormant: int
    width: float
    whole: float
    doubt: Words | None


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
    doubts = _doubts(acting, answer)
    rungs = _rungs(acting, answer, doubts=doubts.parts)
    up, down = _moves(answer)
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
            "short": AT_LEAST if doubts.is_short else None,
            "moved_up": up,
            "moved_down": down,
            "stock": _stock(acting, answer),
            "unmarked": acting.community.staff_answered_at is None,
        },
    )


@dataclass(frozen=True, slots=True)
class Doubts:
    """What cannot be told of some members: parts of rules, or a log shorter than a rule needs."""

    parts: frozenset[Unknown] = frozenset()
    is_short: bool = False


def _doubts(acting: Acting, answer: AnswerRow | None) -> Doubts:
    standings = people(acting, PeopleFilter(), answer=answer).order_by()
    found = list(standings.values_list("unknown", "is_at_least").distinct())
    return Doubts(
        parts=frozenset(Unknown(part) for parts, _is_at_least in found for part in parts),
        is_short=any(is_at_least for _parts, is_at_least in found),
    )


def _rungs(acting: Acting, answer: AnswerRow | None, *, doubts: frozenset[Unknown]) -> list[Rung]:
    """Return the stages, the highest first, counted as the list of people counts them."""
    counts: dict[tuple[int, bool], int] = defaultdict(int)
    standings = people(acting, PeopleFilter(), answer=answer).order_by()
    for stage, is_dormant, count in standings.values_list("stage", "is_dormant").annotate(
        count=Count("pk")
    ):
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
            doubt=next((part.words for part in doubts if RAISES.get(part) is stage), None),
        )
        for stage in reversed(Stage)
    ]


def _moves(answer: AnswerRow | None) -> tuple[list[Step], list[Step]]:
    """Return who moved up and who moved down, the latest first."""
    if answer is None:
        return [], []
    rows = answer.moves.select_related("person").order_by("-day", "person__name", "pk")
    steps = [
        Step(row.person, row.day, before=Stage(row.from_stage), now=Stage(row.to_stage))
        for row in rows
    ]
    return [one for one in steps if one.now > one.before], [
        one for one in steps if one.now < one.before
    ]


def _stock(acting: Acting, answer: AnswerRow | None) -> SafeString | None:
    """Draw how many active members stood on each stage at the ends of months."""
    if answer is None:
        return None
    history = measured(acting, keys=("stage_stock",), answer=answer)[0].history
    days = sorted({one.as_of for series in history.values() for one in series})
    if not any(history.get(f"S{int(stage)}") for stage in DRAWN):
        return None
    language = get_language() or "ja"
    bands = [
        Series(stage.words.said_in(language), _values(history.get(f"S{int(stage)}", ()), days))
        for stage in DRAWN
    ]
    return stacked_picture(Caption(_("Month by month"), _sentence(bands)), bands, days=days)


def _values(series: tuple[Finding, ...], days: list[date]) -> list[float | None]:
    known = {one.as_of: one.value for one in series}
    return [known.get(day) for day in days]


def _sentence(bands: list[Series]) -> str:
    """Say the change in one sentence: contributing or higher, first and last day drawn."""
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
