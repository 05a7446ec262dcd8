"""The series a How is held as: chosen in the editor, kept when gone, and told with its alert."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from jibungoto.desk.acting import Acting
from jibungoto.desk.understand.scopes import drop_scope, save_scope
from jibungoto.records.models import InitiativeRow, IntakeRow
from jibungoto.understand.scope_kind import ScopeKind
from tests.web.plan_writing import H0, PLANS, begun, get, held, texts, write

HOW = {
    f"{H0}.title": "Live nights",
    f"{H0}.victories": ["victory-1"],
    f"{H0}.serves": ["what-1"],
    f"{H0}.owner": "Mio",
}


@pytest.fixture
def nights(acting: Acting) -> list[str]:
    """Return the keys of three events of the last weeks, told by the community's own source."""
    source = IntakeRow.objects.filter(community=acting.community).values_list("source", flat=True)
    now = timezone.now()
    IntakeRow.objects.update(covered_until=now.date())
    for number in (1, 2, 3):
        InitiativeRow.objects.create(
            community=acting.community,
            source=source[0],
            key=f"night:{number}",
            kind="event",
            name=f"Night #{number}",
            starts_at=now - timedelta(days=number),
            tag="none",
        )
    return [f"night:{number}" for number in (1, 2, 3)]


def how_page(manager: Client, draft: str, series: list[str]) -> str:
    """Write a whole plan with one How that is held as some series."""
    write(manager, draft)
    write(manager, draft, step="add:how")
    return write(manager, draft, {**HOW, f"{H0}.series": series})


def test_series_and_single_events_are_offered_and_kept(
    manager: Client, acting: Acting, nights: list[str]
) -> None:
    save_scope(acting, ScopeKind.SERIES, name="Live", parts=nights[:2])
    page = how_page(manager, begun(manager), ["live", nights[2]])
    assert held(acting).how[0].series == ("live", nights[2])
    assert "Live (2)" in texts(page) and "Night #3 · " in texts(page)
    assert "Night #1" not in texts(page)
    assert "Every event of it then counts as held for this objective." in texts(page)
    read = texts(get(manager, f"{PLANS}starts/"))
    assert "Held as" in read and "Live, Night #3" in read


def test_a_series_that_is_gone_stays_chosen_until_somebody_chooses_another(
    manager: Client, acting: Acting, nights: list[str]
) -> None:
    save_scope(acting, ScopeKind.SERIES, name="Live", parts=nights)
    draft = begun(manager)
    how_page(manager, draft, ["live"])
    drop_scope(acting, ScopeKind.SERIES, key="live")
    page = get(manager, draft)
    assert f'name="{H0}.series" value="live" checked' in page
    assert "There is no series “live”; choose another." in texts(page)
    write(manager, draft, {**HOW, f"{H0}.series": [""]})
    assert held(acting).how[0].series == ()


def test_runs_that_serve_nothing_are_told_on_the_team_page_until_a_plan_names_them(
    manager: Client, acting: Acting, nights: list[str]
) -> None:
    team = texts(get(manager, "/yamabiko/team/"))
    assert "3 programme runs in 90 days serve no objective." in team
    how_page(manager, begun(manager), nights)
    done = manager.post(f"{PLANS}starts/decide/", {"step": "force", "version": "1"}, follow=True)
    assert "The plan is in force." in done.content.decode(), texts(done.content.decode())
    team = texts(get(manager, "/yamabiko/team/"))
    assert "Runs without an objective in the last 90 days: 0." in team


def test_without_events_the_team_page_says_why_it_cannot_be_told(manager: Client) -> None:
    assert "No source tells of events yet" in texts(get(manager, "/yamabiko/team/"))
