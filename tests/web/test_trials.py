"""Lots: drawn from a segment, listed for the team, counted once the days are over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.trials import count_trial, draw_lots, listed, trial, trial_claims
from jibungoto.desk.people.segments import save
from jibungoto.desk.understand.today import newest_answer
from jibungoto.explain.claims import Grade
from jibungoto.explain.studies import trial as rule
from jibungoto.explain.studies.trial import Outcome, Question, Side
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.records.models import PersonRow, TrialRow
from jibungoto.understand.segments import Segment
from tests.web.plan_writing import get, texts

DRAWS = "/yamabiko/evidence/draws/"


@pytest.fixture
def pool(acting: Acting, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a segment of everybody; so few people are enough for a draw here."""
    monkeypatch.setattr(rule, "FEWEST", 4)
    return save(acting, "All", rule=Segment(kind="all")).key


def question(pool: str, **more: object) -> Question:
    told = {"objective": "Do they come?", "deed": "An invitation", "days": 7}
    told |= {"outcome": Outcome.SPOKE, "pool": pool, "pool_name": ""} | more
    return Question(**told)  # type: ignore[arg-type]


def drawn_back(acting: Acting, pool: str, days: int) -> TrialRow:
    """Draw, and let it have been so many days ago: the days asked for are over."""
    row = draw_lots(acting, question(pool))
    TrialRow.objects.filter(pk=row.pk).update(day=row.day - timedelta(days=days))
    row.refresh_from_db()
    return row


def test_without_a_segment_the_page_says_what_to_make(manager: Client) -> None:
    assert "Lots are drawn from a segment, and there is none yet." in texts(get(manager, DRAWS))


def test_a_draw_is_kept_as_a_whole_and_shown(manager: Client, acting: Acting, pool: str) -> None:
    sent = {"objective": "Do they come?", "deed": "An invitation", "pool": pool}
    sent |= {"outcome": "spoke", "days": "7"}
    page = texts(manager.post(DRAWS, sent, follow=True).content.decode())
    assert "Drawn. Question, seed and sides stay as they are now." in page
    kept = trial(acting, 1)
    answer = newest_answer(acting)
    assert answer is not None
    assert (kept.row.day, kept.first) == (answer.as_of, answer.as_of + timedelta(days=1))
    assert str(kept.draw.seed) in page and kept.row.digest in page
    sides = [one.side for one in kept.draw.people]
    assert abs(sides.count(Side.TREATED) - sides.count(Side.HELD)) <= 1
    assert trial_claims(acting) == []


@pytest.mark.parametrize(("field", "value"), [("days", "3"), ("days", "x"), ("deed", "")])
def test_what_cannot_be_asked_keeps_what_was_typed(
    manager: Client, pool: str, field: str, value: str
) -> None:
    sent = {"objective": "Do they come?", "deed": "An invitation", "pool": pool}
    sent |= {"outcome": "days", "days": "30"} | {field: value}
    page = manager.post(DRAWS, sent).content.decode()
    assert "does not fit this question." in texts(page)
    assert 'value="Do they come?"' in page and not TrialRow.objects.exists()


def test_whoever_is_drawn_is_not_drawn_into_another(acting: Acting, pool: str) -> None:
    draw_lots(acting, question(pool))
    with pytest.raises(InvalidChoice) as told:
        draw_lots(acting, question(pool))
    assert told.value.what.en == "There are only 0 people to draw from."


def test_it_is_counted_once_and_not_before_its_days_are_over(acting: Acting, pool: str) -> None:
    row = draw_lots(acting, question(pool))
    with pytest.raises(InvalidChoice):
        count_trial(acting, row.number)
    TrialRow.objects.filter(pk=row.pk).update(day=row.day - timedelta(days=7))
    counted = count_trial(acting, row.number).counted
    assert counted is not None and set(counted.values()) <= {0.0, 1.0}
    assert 1.0 in counted.values()
    with pytest.raises(InvalidChoice):
        count_trial(acting, row.number)


def test_few_people_are_e2_and_say_which_check_failed(
    manager: Client, acting: Acting, pool: str
) -> None:
    row = drawn_back(acting, pool, 30)
    count_trial(acting, row.number)
    kept = trial(acting, row.number)
    assert kept.trial.grade in (Grade.E2, None)
    assert "size" in [one.key for one in kept.trial.checks if not one.passed]
    page = texts(get(manager, f"{DRAWS}{row.number}/"))
    assert "30 of each are needed" in page and "does not hold" in page


def test_somebody_who_asked_not_to_be_counted_is_lost_and_not_nought(
    acting: Acting, pool: str
) -> None:
    row = drawn_back(acting, pool, 30)
    gone = trial(acting, row.number).draw.people[0].person
    PersonRow.objects.filter(community=acting.community, number=gone).update(
        opted_out_at=row.drawn_at
    )
    counted = count_trial(acting, row.number).counted
    assert counted is not None and str(gone) not in counted
    assert trial(acting, row.number).trial.lost == 1


def test_the_list_names_people_for_the_team_alone(
    manager: Client, acting: Acting, pool: str
) -> None:
    draw_lots(acting, question(pool))
    file = b"".join(manager.get(f"{DRAWS}1/list/?as=csv").streaming_content)  # type: ignore[attr-defined]
    names = [one.name for one in listed(acting, 1)]
    assert all(names) and names[0] in file.decode("utf-8-sig")
    outside = Acting(acting.community, "judge", acting.user_id)  # type: ignore[arg-type]
    assert {one.name for one in listed(outside, 1)} == {""}


def test_a_draw_given_up_stays_on_the_list(manager: Client, acting: Acting, pool: str) -> None:
    draw_lots(acting, question(pool))
    manager.post(f"{DRAWS}1/", {"step": "give_up"})
    assert "given up" in texts(get(manager, DRAWS))
    assert draw_lots(acting, question(pool)).number == 2


def test_a_number_nobody_drew_is_not_there(manager: Client, acting: Acting) -> None:
    assert manager.get(f"{DRAWS}9/").status_code == 404
    with pytest.raises(UnknownName):
        trial(acting, 9)
