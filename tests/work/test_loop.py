"""The worker's loop: it takes up what waits, once, and a bug in one intake stops no other."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.utils import timezone

from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.gather import queue
from jibungoto.desk.gather.carry_out import carry_out
from jibungoto.desk.gather.claim import Claim, claimed, next_claim
from jibungoto.desk.gather.undo import ask_to_undo
from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.desk.people.staff import answer_as_proposed
from jibungoto.records.models import AnswerRow, IntakeRow, IntakeState
from jibungoto.records.touched import Touched
from jibungoto.work import loop
from jibungoto.work.loop import work_once
from tests.cli.conftest import small_export

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings


@pytest.fixture
def acting(transactional_db: None, settings: Settings, home: Path) -> Acting:
    settings.HOME = home
    return administrator(begin(Beginning("やまびこ", slug="yamabiko")))


def work_all() -> int:
    """Do all that waits; return how many things that were."""
    done = 0
    while work_once():
        done += 1
        assert done < 20
    return done


def state(intake: IntakeRow) -> str:
    intake.refresh_from_db()
    return intake.state


def test_an_intake_comes_in_and_is_answered(acting: Acting, tmp_path: Path) -> None:
    intake = queue.bring_in(acting, small_export(tmp_path / "a"))
    assert work_all() == 3  # the intake, the answers, and the names compared
    assert state(intake) == IntakeState.IN
    assert AnswerRow.objects.filter(is_complete=True).count() == 1
    assert work_all() == 0


def test_the_answers_are_made_again_after_the_staff_question(
    acting: Acting, tmp_path: Path
) -> None:
    queue.bring_in(acting, small_export(tmp_path / "a"))
    work_all()
    answer_as_proposed(acting)
    assert work_all() == 1
    stamps = AnswerRow.objects.order_by("pk").values_list("facts_stamp", flat=True)
    assert list(stamps) == sorted(set(stamps)) and len(stamps) == 2


def test_what_was_asked_to_be_taken_out_is_taken_out(acting: Acting, tmp_path: Path) -> None:
    first = queue.bring_in(acting, small_export(tmp_path / "a"))
    work_all()
    ask_to_undo(acting, first.number)
    assert work_all() >= 1
    assert state(first) == IntakeState.UNDONE
    assert not acting.community.people.exists()


def test_a_community_whose_answers_fail_stops_no_other(
    acting: Acting, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    queue.bring_in(acting, small_export(tmp_path / "a"))
    neighbour = administrator(begin(Beginning("となり", slug="next-door")))
    queue.bring_in(neighbour, small_export(tmp_path / "b"))
    for _ in range(2):
        assert work_once()
    for part in (tmp_path / "home").glob("communities/yamabiko/deliveries/**/*.parquet"):
        part.unlink()

    work_all()

    assert list(AnswerRow.objects.values_list("community__slug", flat=True)) == ["next-door"]
    assert "yamabiko could not be worked out" in caplog.text


def test_what_a_silent_worker_held_is_taken_up_again(acting: Acting, tmp_path: Path) -> None:
    intake = queue.bring_in(acting, small_export(tmp_path / "a"))
    assert claimed(intake) is not None
    assert not work_once()
    IntakeRow.objects.update(heartbeat_at=timezone.now() - timedelta(seconds=61))
    assert work_once()
    assert state(intake) == IntakeState.IN


def test_who_was_taken_for_dead_changes_nothing_any_more(acting: Acting, tmp_path: Path) -> None:
    late = claimed(queue.bring_in(acting, small_export(tmp_path / "a")))
    assert late is not None
    IntakeRow.objects.update(heartbeat_at=timezone.now() - timedelta(seconds=61))
    assert work_once()
    before = IntakeRow.objects.values().get()
    carry_out(late)
    assert IntakeRow.objects.values().get() == before
    assert acting.community.versions.count() == 1


def test_many_who_claim_at_once_get_each_intake_once(acting: Acting, tmp_path: Path) -> None:
    folder = small_export(tmp_path / "a")
    intakes = [queue.bring_in(acting, folder).pk for _ in range(6)]
    ready = threading.Barrier(4)
    got: list[int] = []

    def claim_all() -> None:
        ready.wait()
        while (claim := next_claim()) is not None:
            got.append(claim.intake.pk)
        connection.close()

    threads = [threading.Thread(target=claim_all) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == intakes


def test_a_bug_refuses_one_intake_with_a_mark_and_the_others_go_on(
    acting: Acting,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    poison = queue.bring_in(acting, small_export(tmp_path / "poison"))
    sound = queue.bring_in(acting, small_export(tmp_path / "sound"))
    through = carry_out

    def carry_out_or_fail(claim: Claim) -> IntakeRow:
        if claim.intake.pk == poison.pk:
            raise KeyError("nobody thought of this")
        return through(claim)

    monkeypatch.setattr(loop, "carry_out", carry_out_or_fail)
    work_all()
    assert (state(poison), state(sound)) == (IntakeState.REFUSED, IntakeState.IN)
    (line,) = [record for record in caplog.records if "failed" in record.message]
    mark = line.message.split(":")[0]
    assert mark in poison.problem_en and mark in poison.problem_ja
    assert poison.problem_en.startswith("poison: An unexpected error stopped it")


def test_progress_is_written_while_an_intake_is_read(acting: Acting, tmp_path: Path) -> None:
    claim = claimed(queue.bring_in(acting, small_export(tmp_path / "a")))
    assert claim is not None
    from jibungoto.engine.intake import Progress

    def seen() -> tuple[int, int, int]:
        return IntakeRow.objects.values_list("entries_done", "entries_total", "read").get()

    with claim:
        claim.progress(Progress(3, 9, 120))
        for _ in range(60):
            if seen() == (3, 9, 120):
                break
            threading.Event().wait(0.05)
    assert seen() == (3, 9, 120)


def test_a_database_in_other_hands_leaves_the_intake_for_later(
    acting: Acting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    intake = queue.bring_in(acting, small_export(tmp_path / "a"))
    busy = sqlite3.OperationalError("database is locked")
    busy.sqlite_errorname = "SQLITE_BUSY"

    def locked(_: Claim) -> IntakeRow:
        raise busy

    monkeypatch.setattr(loop, "carry_out", locked)
    with pytest.raises(sqlite3.OperationalError):
        work_once()
    assert state(intake) == IntakeState.READING


def test_what_somebody_commits_is_noticed_once(acting: Acting) -> None:
    with Touched() as touched:
        assert [touched.since_asked(), touched.since_asked()] == [True, False]
        acting.community.save()
        assert [touched.since_asked(), touched.since_asked()] == [True, False]


def test_an_idle_worker_looks_for_work_only_once_something_was_written(
    acting: Acting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[bool] = []
    stop = threading.Event()

    def looking() -> bool:
        looks.append(work_once())
        return looks[-1]

    monkeypatch.setattr(loop, "work_once", looking)
    monkeypatch.setattr(loop, "_PAUSE", 0.05)
    worker = threading.Thread(target=loop.work, args=(stop,))
    worker.start()
    try:
        time.sleep(1)
        assert 0 < len(looks) <= 4  # sweeping may write, and it looks twice in ten seconds anyway
        intake = queue.bring_in(acting, small_export(tmp_path / "a"))
        deadline = time.monotonic() + 60
        while state(intake) != IntakeState.IN and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        stop.set()
        worker.join(60)
    assert state(intake) == IntakeState.IN
