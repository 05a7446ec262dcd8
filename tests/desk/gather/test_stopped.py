"""An intake whose process was killed is settled after a minute; nothing else is touched."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.carry_out import carry_out
from jibungoto.desk.gather.claim import claimed, next_claim
from jibungoto.desk.gather.queue import bring_in as ask
from jibungoto.desk.gather.stopped import settle_stopped
from jibungoto.desk.house.examine import examine
from jibungoto.records.models import IntakeRow, IntakeState
from tests.desk.making import official
from tests.gather.slack_made import AN, said

LONG_AGO = timedelta(minutes=2)


@pytest.fixture
def killed(acting: Acting, tmp_path: Path) -> IntakeRow:
    """Return an intake whose process gave its last sign of life two minutes ago."""
    intake = ask(acting, official(tmp_path / "a", [said(AN, 60)]))
    claimed(intake)
    IntakeRow.objects.update(heartbeat_at=timezone.now() - LONG_AGO)
    return IntakeRow.objects.get()


def test_what_a_command_read_when_it_was_killed_is_refused_with_the_next_step(
    acting: Acting, killed: IntakeRow
) -> None:
    assert (settle_stopped(acting), settle_stopped(acting)) == (1, 0)
    killed.refresh_from_db()
    assert killed.state == IntakeState.REFUSED and killed.ended_at is not None
    assert killed.problem_en == (
        "a: It was stopped before its end. Bring it in again. Nothing is half in."
    )
    assert killed.problem_ja.endswith(
        "もう一度取り込んでください。途中までの内容は残っていません。"
    )


def test_an_upload_waits_for_the_next_worker(acting: Acting, killed: IntakeRow) -> None:
    IntakeRow.objects.update(is_upload=True)
    assert settle_stopped(acting) == 1
    killed.refresh_from_db()
    assert killed.state == IntakeState.WAITING
    claim = next_claim()
    assert claim is not None and carry_out(claim).state == IntakeState.IN


def test_one_that_still_gives_signs_of_life_goes_on(acting: Acting, killed: IntakeRow) -> None:
    IntakeRow.objects.update(heartbeat_at=timezone.now())
    assert settle_stopped(acting) == 0
    assert IntakeRow.objects.get().state == IntakeState.READING


def test_the_next_try_brings_it_in(acting: Acting, killed: IntakeRow) -> None:
    settle_stopped(acting)
    claim = claimed(ask(acting, Path(killed.path)))
    assert claim is not None and carry_out(claim).state == IntakeState.IN


def test_the_doctor_settles_it_and_says_so(acting: Acting, killed: IntakeRow) -> None:
    told = [one.remark.en for one in examine(acting.community)]
    assert "1 settled; nothing is half in. See jibungoto intakes." in told
    assert "There are none." in [one.remark.en for one in examine(acting.community)]
