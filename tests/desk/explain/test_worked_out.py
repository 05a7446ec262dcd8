"""What takes longer than a page may is done by the worker: read, worked out and issued once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from jibungoto.desk.acting import Acting
from jibungoto.desk.beat import Beat
from jibungoto.desk.explain import studies
from jibungoto.desk.explain.asked import ask_to_correct, ask_to_issue, ask_to_redraft, do_next
from jibungoto.desk.explain.business import (
    LARGEST,
    LOST,
    Upload,
    read_next,
    receive_records,
    records_of,
    take_out,
)
from jibungoto.desk.explain.money import Assumed, keep_money, money
from jibungoto.desk.explain.studies import answered, known_answer, register
from jibungoto.desk.explain.work_out import (
    ask_for_evidence,
    must_be_worked_out,
    resting_on,
    work_out_next,
)
from jibungoto.desk.explain.worked_out import taken, wanted
from jibungoto.explain.briefs.brief import BriefKind
from jibungoto.explain.claims import Grade
from jibungoto.explain.studies.money import Range
from jibungoto.explain.studies.registration import Registration, Unit
from jibungoto.explain.studies.table import Wanted
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.records.models import (
    AuditRow,
    BriefRow,
    BusinessFileRow,
    BusinessRecordRow,
    FileState,
    WorkedOutRow,
)
from jibungoto.work import loop
from jibungoto.work.loop import telling_bugs
from tests.explain.studies.made import Making, as_csv, made

QUESTION = Registration(
    objective="renew", outcome="売上", first="2025-01", last="2026-06", post=4, unit=Unit.YEN
)
SALES = Wanted("売上")
MANY = as_csv(made(3, Making(accounts=300, change=2.0)), above=100)


def received(acting: Acting, text: str, name: str = "sales.csv") -> BusinessFileRow:
    return receive_records(acting, Upload(name, [text.encode()]), wanted=SALES)


def state(row: BusinessFileRow) -> tuple[str, int, str]:
    row.refresh_from_db()
    return row.state, row.kept, row.problem_en


def test_a_file_waits_counts_for_nothing_and_is_read_once(acting: Acting) -> None:
    row = received(acting, "account,period,value\nA,2026-04,1\nB,2026-04,2\n")
    place = Path(row.path)
    assert (state(row)[:2], records_of(acting, "売上")) == ((FileState.WAITING, 0), [])
    assert (read_next(), read_next(), state(row)) == (True, False, (FileState.IN, 2, ""))
    assert sorted(one.value for one in records_of(acting, "売上")) == [1.0, 2.0]
    assert not place.exists()


def test_a_file_that_is_no_table_is_refused_whole_with_the_reason(acting: Acting) -> None:
    row = received(acting, "hello", name="notes.txt")
    assert read_next()
    kind, kept, why = state(row)
    assert (kind, kept, bool(why), BusinessRecordRow.objects.count()) == ("refused", 0, True, 0)
    received(acting, "hello", name="notes.txt")  # what was refused may come again
    assert read_next()


def test_the_same_file_is_not_taken_twice_while_it_waits(acting: Acting) -> None:
    received(acting, MANY)
    with pytest.raises(InvalidChoice) as told:
        received(acting, MANY, name="again.csv")
    assert told.value.what.en == "This very file has been brought in already."


def test_a_file_that_is_too_large_leaves_nothing_behind(acting: Acting) -> None:
    with pytest.raises(InvalidChoice) as told:
        receive_records(acting, Upload("x.csv", [b"x" * (LARGEST + 1)]), wanted=SALES)
    assert (told.value.what.en, BusinessFileRow.objects.count()) == (
        "The file is too large (32 MB at most).",
        0,
    )


def test_a_worker_that_died_leaves_the_file_to_the_next(acting: Acting) -> None:
    row = received(acting, MANY)
    BusinessFileRow.objects.update(taken_at=timezone.now())
    assert not read_next()  # somebody is at it
    BusinessFileRow.objects.update(taken_at=timezone.now() - timedelta(minutes=2))
    assert (read_next(), state(row)[:2]) == (True, (FileState.IN, 5_400))
    BusinessFileRow.objects.update(state=FileState.IN, taken_at=None)
    assert (read_next(), BusinessRecordRow.objects.count()) == (False, 5_400)


def test_an_upload_that_is_gone_is_said(acting: Acting) -> None:
    row = received(acting, MANY)
    Path(row.path).unlink()
    assert (read_next(), state(row)) == (True, (FileState.REFUSED, 0, LOST.en))


@contextmanager
def unforeseen(write: str) -> Iterator[None]:
    """Let the database refuse a kind of write for a reason nobody thought of."""
    with connection.cursor() as cursor:
        cursor.execute(f"create trigger torn before {write} begin select raise(abort, 'torn'); end")
        yield
        cursor.execute("drop trigger torn")


def test_a_bug_while_reading_refuses_the_file_and_names_its_mark(
    acting: Acting, caplog: pytest.LogCaptureFixture
) -> None:
    row = received(acting, MANY)
    with unforeseen("insert on records_businessrecordrow"):
        assert (read_next(telling_bugs), read_next(telling_bugs)) == (True, False)
    told, kept, why = state(row)
    assert (told, kept, BusinessRecordRow.objects.count()) == (FileState.REFUSED, 0, 0)
    mark = caplog.messages[0].partition(":")[0]
    assert f"An unexpected error stopped it (mark {mark})." in why
    assert not Path(row.path).exists()


def test_a_bug_while_issuing_leaves_a_draft_that_says_so(acting: Acting, issued: BriefRow) -> None:
    BriefRow.objects.update(state="draft")
    ask_to_issue(acting, 1)
    with unforeseen("update on records_briefrow when new.state = 'issued'"):
        assert (do_next(telling_bugs), do_next(telling_bugs)) == (True, False)
    issued.refresh_from_db()
    assert (issued.state, issued.asked_at) == ("draft", None)
    assert "An unexpected error stopped it" in issued.problem_en


def test_an_answer_that_takes_long_is_worked_out_by_the_worker_once(acting: Acting) -> None:
    number = register(acting, QUESTION).number
    received(acting, MANY)
    read_next()
    assert (known_answer(acting, number), known_answer(acting, number)) == (None, None)
    with pytest.raises(InvalidChoice) as told:
        must_be_worked_out(acting, BriefKind.QUARTERLY)
    assert told.value.what.en == "The evidence this brief rests on is being worked out."
    with pytest.raises(InvalidChoice):
        must_be_worked_out(acting, BriefKind.MONTHLY)
    must_be_worked_out(acting, BriefKind.WEEKLY)  # says nothing of studies
    assert (work_out_next(), work_out_next()) == (True, False)
    study = known_answer(acting, number)
    assert study is not None
    assert (study.grade, study == answered(acting, number)) == (Grade.E3, True)
    must_be_worked_out(acting, BriefKind.QUARTERLY)


def test_evidence_is_worked_out_before_anybody_asks_and_once(acting: Acting) -> None:
    assert list(resting_on()) == []
    number = register(acting, QUESTION).number
    marks = [mark for _, mark in resting_on()]
    received(acting, MANY)
    read_next()
    assert [mark for _, mark in resting_on()] != marks
    assert (loop.work_once(), loop.work_once(), loop.work_once()) == (True, True, False)
    assert known_answer(acting, number) is not None
    assert not ask_for_evidence(acting)


def test_what_changed_is_worked_out_again(acting: Acting) -> None:
    number = register(acting, QUESTION).number
    row = received(acting, MANY)
    read_next()
    answered(acting, number)
    assert known_answer(acting, number) is not None
    received(acting, MANY.replace("100", "101"), name="newer.csv")
    read_next()
    assert known_answer(acting, number) is None
    assert work_out_next()
    take_out(acting, row.number)
    assert known_answer(acting, number) is None
    assert WorkedOutRow.objects.count() == 1


def test_few_values_are_answered_while_one_waits(acting: Acting) -> None:
    number = register(acting, QUESTION).number
    study = known_answer(acting, number)
    assert study is not None
    assert study.lacks != ()
    assert studies.AT_ONCE_VALUES == 2_000


def test_revenue_is_worked_out_by_the_worker_too(acting: Acting) -> None:
    content = "account,period,value,joined,since\nA,2026-05,100,2026-01,2026-03\n"
    received(acting, content)
    read_next()
    keep_money(acting, "attributed", assumed=Assumed({"revenue": Range()}, outcome="売上"), seen=0)
    assert money(acting, "attributed", is_page=True).is_pending
    assert (work_out_next(), work_out_next()) == (True, False)
    kept = money(acting, "attributed", is_page=True)
    assert (kept.is_pending, kept.problem) == (False, None)
    assert kept.given["revenue"].middle == money(acting, "attributed").given["revenue"].middle


def test_a_worker_that_died_while_answering_leaves_it_to_the_next(acting: Acting) -> None:
    number = register(acting, QUESTION).number
    received(acting, MANY)
    read_next()
    assert known_answer(acting, number) is None
    WorkedOutRow.objects.update(taken_at=timezone.now())
    assert (work_out_next(), known_answer(acting, number)) == (False, None)
    WorkedOutRow.objects.update(taken_at=timezone.now() - timedelta(minutes=2))
    assert work_out_next()
    assert known_answer(acting, number) is not None
    assert WorkedOutRow.objects.get().taken_at is None


def test_of_two_workers_one_takes_an_answer_up(acting: Acting) -> None:
    number = register(acting, QUESTION).number
    received(acting, MANY)
    read_next()
    known_answer(acting, number)
    row = wanted()
    assert row is not None
    first, second = taken(row), taken(row)
    assert first is not None and second is None
    with Beat(first) as beat:
        WorkedOutRow.objects.update(taken_at=timezone.now() - timedelta(seconds=50))
        beat._do()
    kept = WorkedOutRow.objects.get().taken_at
    assert kept is not None and timezone.now() - kept < timedelta(seconds=10)


def test_a_correction_and_a_new_draft_are_made_by_the_worker_once(
    acting: Acting, issued: BriefRow
) -> None:
    ask_to_correct(acting, 1)
    ask_to_correct(acting, 1)
    assert (do_next(), do_next()) == (True, False)
    issued.refresh_from_db()
    assert (issued.state, issued.asked_at) == ("issued", None)
    assert issued.problem_en.startswith("There is no data to compare it with now.")
    BriefRow.objects.update(state="draft")
    with pytest.raises(InvalidChoice):
        ask_to_correct(acting, 1)
    ask_to_redraft(acting, 1)
    assert (do_next(), do_next()) == (True, False)
    issued.refresh_from_db()
    assert issued.problem_ja.startswith("まだ何も取り込まれていません。")
    BriefRow.objects.update(state="issued")
    with pytest.raises(InvalidChoice):
        ask_to_redraft(acting, 1)


def test_what_is_wanted_of_something_that_is_gone_is_forgotten(acting: Acting) -> None:
    WorkedOutRow.objects.create(community=acting.community, about="study:99", stamp="", content={})
    assert (work_out_next(), WorkedOutRow.objects.count()) == (True, 0)


def test_a_brief_is_issued_by_the_worker_once(acting: Acting, issued: BriefRow) -> None:
    BriefRow.objects.update(state="draft")
    ask_to_issue(acting, 1)
    ask_to_issue(acting, 1)
    assert (do_next(), do_next()) == (True, False)
    issued.refresh_from_db()
    assert (issued.state, issued.asked_at, bool(issued.package)) == ("issued", None, True)
    assert AuditRow.objects.filter(verb="issue_brief").count() == 1


def test_a_brief_that_cannot_be_issued_stays_a_draft_and_says_why(
    acting: Acting, issued: BriefRow
) -> None:
    BriefRow.objects.update(state="draft")
    ask_to_issue(acting, 1)
    said = json.dumps(issued.content).replace("People came.", " ")
    BriefRow.objects.update(content=json.loads(said))  # mended by somebody in between
    assert do_next()
    issued.refresh_from_db()
    assert (issued.state, issued.asked_at) == ("draft", None)
    assert issued.problem_en.startswith("It cannot be issued as it is.")
    assert issued.problem_ja.startswith("このままでは発行できません。")


def test_a_worker_that_died_while_issuing_leaves_it_to_the_next(
    acting: Acting, issued: BriefRow
) -> None:
    BriefRow.objects.update(state="draft")
    ask_to_issue(acting, 1)
    BriefRow.objects.update(taken_at=timezone.now())
    assert not do_next()
    BriefRow.objects.update(taken_at=timezone.now() - timedelta(minutes=2))
    assert do_next()
    issued.refresh_from_db()
    assert issued.state == "issued"
