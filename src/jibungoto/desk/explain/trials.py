"""Randomised comparisons: drawn by the product, listed for the team, counted when they are over."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.explain.worked_out import end_of
from jibungoto.desk.gather.current import current_log
from jibungoto.desk.house.covered import covered_days
from jibungoto.desk.people.segment_people import members
from jibungoto.desk.people.segments import segment_keyed
from jibungoto.desk.understand.today import newest_answer
from jibungoto.engine.deeds import Deeds, deeds_between
from jibungoto.engine.log import opened
from jibungoto.explain.claims import Claim
from jibungoto.explain.studies.trial import (
    Draw,
    Outcome,
    Question,
    Side,
    Trial,
    answered,
    asked,
    digest_of,
    drawn,
)
from jibungoto.explain.studies.trial_saying import claims_of_trial
from jibungoto.ledger.problems import HomeMissing, InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import PersonRow, Role, TrialRow
from jibungoto.understand.segments import segment_told

_NAMED_FOR = frozenset({Role.ADMINISTRATOR, Role.MANAGER})
"""Who sees the names of those who were drawn; everybody else sees numbers."""
_DAY = timedelta(days=1)
NO_TRIAL = Words("そのくじは見つかりません。", "There is no such draw.")
FROM_THE_LIST = Words("一覧から選んでください。", "Choose one from the list.")
NOTHING_YET = Words("まだ何も取り込まれていません。", "Nothing has been brought in yet.")
BRING_IN = Words("書き出しファイルを取り込んでください。", "Bring an export in.")
NOT_OVER = Words(
    "数える日数がまだ終わっていないか、その日までの記録がありません。",
    "The days to be counted are not over, or the log does not reach them yet.",
)
WAIT = Words(
    "{day}より後まで届く書き出しを取り込んでから、もう一度数えてください。",
    "Bring in exports that reach beyond {day}, then count again.",
)
COUNTED = Words("もう数え終わっています。", "It has been counted already.")
LOOK = Words("結果を見てください。", "Look at the result.")


@dataclass(frozen=True, slots=True)
class Kept:
    """A draw as it is kept: its row, what was asked, who is on which side, and what it says.

    ``first`` and ``last`` are the days counted.
    """

    row: TrialRow
    question: Question
    draw: Draw
    trial: Trial

    @property
    def first(self) -> date:
        """The first day counted."""
        return self.row.day + _DAY

    @property
    def last(self) -> date:
        """The last day counted."""
        return self.row.day + timedelta(days=self.question.days)


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list: the number, the name where it may be seen, and the side."""

    number: int
    name: str
    side: Side


def draw_lots(acting: Acting, question: Question) -> TrialRow:
    """Draw from a segment and keep question, seed and sides at once; none can change afterwards.

    Raises InvalidChoice where the question does not fit or too few people can be drawn. Who is in
    another draw that is not over is left out.
    """
    must_write(acting)
    segment = segment_keyed(acting, question.pool)
    fit = asked(msgspec.structs.replace(question, pool_name=segment.name))
    answer, current = newest_answer(acting), current_log(acting.community)
    if answer is None or current is None:
        raise HomeMissing(NOTHING_YET, BRING_IN)
    rule = segment_told(segment.rule)
    numbers = members(acting, rule, answer=answer).values_list("person__number", flat=True)
    busy = {one.person for kept in _running(acting) for one in kept.draw.people}
    pool = sorted(set(numbers) - busy)
    until = answer.as_of + _DAY
    with opened(current[1], threads=1) as con:
        done = deeds_between(
            con,
            first=until - timedelta(days=fit.days),
            until=until,
            zone=acting.community.zone,
        )
    before = {number: float(done.get(number, Deeds()).days) for number in pool}
    draw = drawn(before, seed=secrets.randbits(53))
    with transaction.atomic():
        last = TrialRow.objects.select_for_update().filter(community=acting.community)
        row = TrialRow.objects.create(
            community=acting.community,
            number=(last.aggregate(last=Max("number"))["last"] or 0) + 1,
            question=msgspec.to_builtins(fit),
            drawn=msgspec.to_builtins(draw),
            digest=digest_of(fit, draw),
            day=answer.as_of,
            by_id=acting.user_id,
        )
        note(acting, "draw_lots", about=f"{row.number} {row.digest}")
    return row


def trials(acting: Acting) -> list[Kept]:
    """Return every draw, the newest first, those given up too."""
    rows = TrialRow.objects.filter(community=acting.community).order_by("-number")
    return [_kept(row) for row in rows]


def trial(acting: Acting, number: int) -> Kept:
    """Return one draw; raises ``UnknownName``."""
    return _kept(_row(acting, number))


def count_trial(acting: Acting, number: int) -> TrialRow:
    """Count the outcome of everybody once its days are over; what is counted stays as it is.

    Raises InvalidChoice before that. Who has no name here any more is lost, not nought.
    """
    must_write(acting)
    row = _row(acting, number)
    kept = _kept(row)
    if row.counted is not None:
        raise InvalidChoice(COUNTED, LOOK)
    covered, current = covered_days(acting.community), current_log(acting.community)
    if covered is None or current is None or covered[1] < kept.last:
        raise InvalidChoice(NOT_OVER, WAIT.filled(day=kept.last))
    with opened(current[1], threads=1) as con:
        until = kept.last + _DAY
        done = deeds_between(con, first=kept.first, until=until, zone=acting.community.zone)
    here = set(_here(acting, kept))
    counted = {
        str(number): _amount(done.get(number, Deeds()), kept.question.outcome) for number in here
    }
    with transaction.atomic():
        still = TrialRow.objects.filter(pk=row.pk, counted_at=None)
        if still.update(counted=counted, counted_at=timezone.now()):
            note(acting, "count_lots", about=f"{number}: {len(counted)}")
    row.refresh_from_db()
    return row


def give_up(acting: Acting, number: int) -> None:
    """Give a draw up in the open: it stays on the list, and nobody is kept from another."""
    must_write(acting)
    row = _row(acting, number)
    with transaction.atomic():
        still = TrialRow.objects.filter(pk=row.pk, given_up_at=None, counted_at=None)
        if still.update(given_up_at=timezone.now()):
            note(acting, "give_up_lots", about=str(number))


def listed(acting: Acting, number: int) -> list[Listed]:
    """Return who is on which side; names only for those of the team who may see them."""
    kept = trial(acting, number)
    names: dict[int, str] = {}
    if acting.role in _NAMED_FOR:
        people = PersonRow.objects.filter(
            community=acting.community, number__in=[one.person for one in kept.draw.people]
        )
        names = dict(people.values_list("number", "name"))
    return [Listed(one.person, names.get(one.person, ""), one.side) for one in kept.draw.people]


def trial_claims(acting: Acting, *, until: date | None = None) -> list[tuple[int, Claim]]:
    """Return what the draws allow a brief to say, each with its number.

    With ``until``, those alone that were counted by the end of that day.
    """
    return [
        (kept.row.number, claim)
        for kept in trials(acting)
        if kept.row.given_up_at is None
        if until is None or counted_by(acting, kept, day=until)
        for claim in claims_of_trial(kept.trial)
    ]


def counted_by(acting: Acting, kept: Kept, *, day: date) -> bool:
    """Say whether a draw was counted by the end of a day."""
    at = kept.row.counted_at
    return at is not None and at < end_of(acting, day)


def _running(acting: Acting) -> Iterator[Kept]:
    rows = TrialRow.objects.filter(
        community=acting.community, counted_at=None, given_up_at=None
    ).order_by("number")
    for row in rows:
        yield _kept(row)


def _here(acting: Acting, kept: Kept) -> list[int]:
    """Return who of a draw is still counted: not erased, and not opted out."""
    people = PersonRow.objects.filter(
        community=acting.community,
        number__in=[one.person for one in kept.draw.people],
        opted_out_at=None,
    )
    return list(people.values_list("number", flat=True))


def _amount(deeds: Deeds, outcome: Outcome) -> float:
    return float(
        {
            Outcome.SPOKE: deeds.spoke,
            Outcome.CAME: deeds.came,
            Outcome.CONTRIBUTED: deeds.contributed,
            Outcome.STARTED: deeds.started,
            Outcome.DAYS: deeds.days,
        }[outcome]
    )


def _kept(row: TrialRow) -> Kept:
    question = msgspec.convert(row.question, Question)
    draw = msgspec.convert(row.drawn, Draw)
    told = row.counted
    outcomes = None if told is None else {int(one): float(value) for one, value in told.items()}
    found = answered(question, draw, digest=row.digest, outcomes=outcomes)
    return Kept(row, question, draw, found)


def _row(acting: Acting, number: int) -> TrialRow:
    row = TrialRow.objects.filter(community=acting.community, number=number).first()
    if row is None:
        raise UnknownName(NO_TRIAL, FROM_THE_LIST)
    return row
