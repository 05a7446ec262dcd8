"""Questions about accounts: registered before the outcome comes in, and answered from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.explain.account_links import joined_by_links
from jibungoto.desk.explain.business import files, records_of, values_of
from jibungoto.desk.explain.worked_out import (
    STUDY,
    end_of,
    files_mark,
    keep_known,
    known,
    links_mark,
    mark_of,
)
from jibungoto.explain.claims import Claim
from jibungoto.explain.studies.accounts import lay_out
from jibungoto.explain.studies.registration import (
    Edit,
    Joining,
    Registration,
    edits_between,
    registered,
)
from jibungoto.explain.studies.saying import claims_of_study
from jibungoto.explain.studies.study import Asked, Study, studied
from jibungoto.explain.studies.table import account_key
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import BusinessFileRow, FileState, StudyRow

AT_ONCE_VALUES = 2_000
NO_STUDY = Words("その問いは見つかりません。", "There is no such question.")
FROM_THE_LIST = Words("一覧から選んでください。", "Choose one from the list.")
CHANGED_MEANWHILE = Words(
    "開いている間に、ほかの人がこの問いを変えました。",
    "Somebody else changed this question in the meantime.",
)
LOOK_AGAIN = Words(
    "今の内容を見てから、もう一度変えてください。書いたものは下に残っています。",
    "Look at it as it is now, then change it. What you wrote stands below.",
)


@dataclass(frozen=True, slots=True)
class Registered:
    """A question as it is kept: its number, what it asks, and how it was changed."""

    row: StudyRow
    registration: Registration
    edits: tuple[Edit, ...]


def register(acting: Acting, asked: Registration) -> StudyRow:
    """Keep a question; raises InvalidChoice where it cannot be asked as it stands."""
    must_write(acting)
    registration = registered(asked)
    with transaction.atomic():
        last = StudyRow.objects.select_for_update().filter(community=acting.community)
        row = StudyRow.objects.create(
            community=acting.community,
            number=(last.aggregate(last=Max("number"))["last"] or 0) + 1,
            registration=msgspec.to_builtins(registration),
            by_id=acting.user_id,
        )
        note(acting, "register_study", about=f"{row.number}: {registration.outcome}")
    return row


def change(acting: Acting, number: int, *, asked: Registration, seen: int) -> StudyRow:
    """Change a question; what it was, and whether the outcome was known, stays to be seen.

    ``seen`` is how many changes whoever writes has seen: with another in between, none is lost.
    """
    must_write(acting)
    registration = registered(asked)
    with transaction.atomic():
        row = _row(acting, number, rows=StudyRow.objects.select_for_update())
        if len(row.edits) != seen:
            raise InvalidChoice(CHANGED_MEANWHILE, LOOK_AGAIN)
        before = _registration(row)
        known = _came(acting, before.outcome) or _came(acting, registration.outcome)
        at = timezone.now().isoformat(timespec="seconds")
        found = edits_between(before, registration, at=at, is_late=known)
        if found:
            row.edits = [*row.edits, *msgspec.to_builtins(found)]
            row.registration = msgspec.to_builtins(registration)
            row.save(update_fields=["edits", "registration"])
            note(acting, "change_study", about=f"{number}: {len(found)}")
    return row


def questions(acting: Acting) -> list[Registered]:
    """Return every registered question, the newest first."""
    rows = StudyRow.objects.filter(community=acting.community).order_by("-number")
    return [_told(row) for row in rows]


def question(acting: Acting, number: int) -> Registered:
    """Return one question; raises ``UnknownName``."""
    return _told(_row(acting, number, rows=StudyRow.objects.all()))


def answered(acting: Acting, number: int) -> Study:
    """Answer a question from the records as they are now, or as it was answered from the same."""
    return _answer(acting, question(acting, number))


def known_answer(acting: Acting, number: int) -> Study | None:
    """Return the answer if it is worked out; else None, and the worker is asked for it.

    From so few values as a person would look through it is worked out at once.
    """
    asked = question(acting, number)
    told = asked.registration
    if told.joining is not Joining.LINKS and values_of(acting, told.outcome) <= AT_ONCE_VALUES:
        return _answer(acting, asked)
    content = known(acting, _about(asked), stamp=_stamp(acting, asked))
    return None if content is None else msgspec.convert(content, Study)


def _about(asked: Registered) -> str:
    return f"{STUDY}{asked.row.number}"


def study_claims(acting: Acting, *, until: date | None = None) -> list[tuple[int, Claim]]:
    """Return what the studies allow a brief to say, each with the number of its question.

    With ``until``, those alone whose question and records stood so by the end of that day.
    """
    return [
        (asked.row.number, claim)
        for asked in questions(acting)
        if until is None or stood_by(acting, asked, day=until)
        for claim in claims_of_study(_answer(acting, asked))
    ]


def stood_by(acting: Acting, asked: Registered, *, day: date) -> bool:
    """Say whether a question was registered by the end of a day, and nothing changed since."""
    row, end = asked.row, end_of(acting, day)
    is_as_then = all(datetime.fromisoformat(one.at) < end for one in asked.edits)
    return (
        row.registered_at < end
        and is_as_then
        and files_stood_by(acting, asked.registration.outcome, end=end)
    )


def files_stood_by(acting: Acting, outcome: str, *, end: datetime) -> bool:
    """Say whether the records of an outcome are those that were in by a moment."""
    came = files(acting, outcome).exclude(state=FileState.REFUSED)
    return not came.filter(Q(at__gte=end) | Q(taken_out_at__gte=end)).exists()


def _answer(acting: Acting, asked: Registered) -> Study:
    """Return the answer, from before where nothing has changed since; else work it out."""
    stamp = _stamp(acting, asked)
    content = known(acting, _about(asked), stamp=stamp, is_wanted=False)
    if content is not None:
        return msgspec.convert(content, Study)
    study = _worked_out(acting, asked)
    keep_known(acting, _about(asked), stamp=stamp, content=msgspec.to_builtins(study))
    return study


def _stamp(acting: Acting, asked: Registered) -> str:
    """Return from what an answer is worked out, as one mark."""
    told = asked.registration
    marks: list[object] = [msgspec.to_builtins(told), msgspec.to_builtins(asked.edits)]
    marks += [files_mark(acting, told.outcome), _came(acting, told.outcome, before=asked.row)]
    if told.joining is Joining.LINKS:
        marks.append(links_mark(acting))
    return mark_of(marks)


def _worked_out(acting: Acting, asked: Registered) -> Study:
    told = asked.registration
    joined = joined_by_links(acting) if told.joining is Joining.LINKS else None
    laid = lay_out(records_of(acting, told.outcome), told, joined=joined)
    is_first = not _came(acting, told.outcome, before=asked.row)
    return studied(laid, Asked(told, is_first=is_first, edits=asked.edits))


def _came(acting: Acting, outcome: str, *, before: StudyRow | None = None) -> bool:
    """Say whether a file of an outcome had come in, also one that was taken out again."""
    came = files(acting, outcome).exclude(state=FileState.REFUSED)
    return (came if before is None else came.filter(at__lte=before.registered_at)).exists()


def files_of(acting: Acting, asked: Registered) -> QuerySet[BusinessFileRow]:
    """Return the files of a question's outcome, the newest first."""
    return files(acting, account_key(asked.registration.outcome))


def _row(acting: Acting, number: int, *, rows: QuerySet[StudyRow]) -> StudyRow:
    row = rows.filter(community=acting.community, number=number).first()
    if row is None:
        raise UnknownName(NO_STUDY, FROM_THE_LIST)
    return row


def _told(row: StudyRow) -> Registered:
    edits = msgspec.convert(row.edits, tuple[Edit, ...])
    return Registered(row, _registration(row), edits)


def _registration(row: StudyRow) -> Registration:
    return msgspec.convert(row.registration, Registration)
