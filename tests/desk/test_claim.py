"""Claiming an intake: one process at a time, and never one that has ended."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.claim import claimed, next_claim
from jibungoto.desk.gather.queue import bring_in as ask
from jibungoto.desk.house.give_up import give_up, unexpected
from jibungoto.records.models import IntakeRow, IntakeState
from tests.desk.making import official
from tests.gather.slack_made import AN, said

LONG_AGO = timedelta(minutes=5)


@pytest.fixture
def intake(acting: Acting, tmp_path: Path) -> IntakeRow:
    """Return an intake that waits."""
    return ask(acting, official(tmp_path / "a", [said(AN, 60)]))


def test_what_waits_is_claimed_once(intake: IntakeRow) -> None:
    assert claimed(intake) is not None
    assert claimed(intake) is None and next_claim() is None


def test_two_who_saw_it_waiting_do_not_both_get_it(intake: IntakeRow) -> None:
    seen_by_another = IntakeRow.objects.get()
    assert claimed(intake) is not None
    assert claimed(seen_by_another) is None


def test_a_silent_process_loses_it_to_one_other(intake: IntakeRow) -> None:
    claimed(intake)
    IntakeRow.objects.update(heartbeat_at=timezone.now() - LONG_AGO)
    first, second = IntakeRow.objects.get(), IntakeRow.objects.get()
    assert claimed(first) is not None
    assert claimed(second) is None


@pytest.mark.parametrize("state", [IntakeState.IN, IntakeState.REFUSED, IntakeState.UNDONE])
def test_what_has_ended_is_not_offered_again(intake: IntakeRow, state: IntakeState) -> None:
    IntakeRow.objects.update(state=state, heartbeat_at=timezone.now() - LONG_AGO)
    assert next_claim() is None


def test_what_is_in_cannot_be_claimed_again_however_old_its_last_sign_of_life(
    intake: IntakeRow,
) -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    IntakeRow.objects.update(state=IntakeState.IN, heartbeat_at=long_ago)
    intake.refresh_from_db()
    assert claimed(intake) is None


def test_giving_up_refuses_with_the_reason_in_both_languages(intake: IntakeRow) -> None:
    claim = claimed(intake)
    assert claim is not None
    assert give_up(claim, unexpected("3fa9", place="a.zip"))
    intake.refresh_from_db()
    assert intake.state == IntakeState.REFUSED
    assert "3fa9" in intake.problem_en and "3fa9" in intake.problem_ja


def test_giving_up_changes_nothing_that_is_in_or_in_other_hands(intake: IntakeRow) -> None:
    claim = claimed(intake)
    assert claim is not None
    IntakeRow.objects.update(taken_by="another")
    assert not give_up(claim, unexpected("3fa9", place=""))
    IntakeRow.objects.update(taken_by=claim.token, state=IntakeState.IN)
    assert not give_up(claim, unexpected("3fa9", place=""))
    assert IntakeRow.objects.get().state == IntakeState.IN
