"""The demo community: every kind of brief comes out as it stands, and every page opens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_django.fixtures import Settings

from jibungoto.demo.community import write_everything
from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.draft import draft, keep_draft
from jibungoto.desk.explain.facts import report_facts
from jibungoto.desk.explain.issue import issue, package
from jibungoto.desk.explain.listing import brief_of
from jibungoto.desk.people.staff import answer_as_proposed
from jibungoto.desk.understand.refresh import refresh
from jibungoto.desk.understand.today import newest_answer
from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.brief import Brief, BriefKind
from jibungoto.explain.briefs.figures import definition_of
from jibungoto.explain.briefs.freeze import canonical
from jibungoto.explain.briefs.package import opened
from jibungoto.explain.briefs.verify import Line, Outcome, verify
from jibungoto.explain.drafting.figures import all_figures
from jibungoto.explain.names_said import names_in
from jibungoto.records.models import HandleRow, PersonRow
from jibungoto.understand.catalogue import CATALOGUE
from jibungoto.web.navigation import ROOMS
from pages import visited

if TYPE_CHECKING:
    from tests.desk.conftest import BringIn


def test_every_kind_is_issued_and_holds_nobody_and_every_page_opens(
    acting: Acting, bring_in: BringIn, tmp_path: Path, settings: Settings
) -> None:
    for file in write_everything(tmp_path / "exports", last_day=date(2026, 10, 31)):
        bring_in(file)
    answer_as_proposed(acting)
    refresh(acting.community)
    people = set(PersonRow.objects.values_list("name", flat=True))
    actors = set(HandleRow.objects.values_list("actor", flat=True))
    for kind in BriefKind:
        row = issue(acting, draft(acting, kind, audience=AudienceKey.SUPPORT).number)
        raw = package(acting, row.number)
        verdict = verify(raw)
        assert (verdict.is_sound, verdict.digest) == (True, row.digest)
        assert [one.figure for one in verdict.lines if one.outcome is Outcome.DIFFERS] == []
        kept = opened(raw).frozen
        assert kept.brief == brief_of(row)
        text = canonical(kept).decode()
        assert names_in(text, people) == ()
        assert [actor for actor in actors if actor in text] == []
    assert kept.brief.kind is BriefKind.YEARLY
    every_value_is_issued_and_computed_again(acting, kept.brief)
    settings.ALLOWED_HOSTS = ["*"]
    opens, _then = visited(acting.community, requests=0)
    assert {room.view for room in ROOMS} <= set(opens.pages)
    assert len(opens.pages) > 30


def every_value_is_issued_and_computed_again(acting: Acting, brief: Brief) -> None:
    """Issue a brief with each value there is of each measure, at every month end."""
    answer = newest_answer(acting)
    assert answer is not None
    figures = tuple(all_figures(report_facts(acting, answer)).values())
    told = {one.measure for one in figures}
    defined = tuple(definition_of(one) for one in CATALOGUE if one.key in told)
    whole = replace(brief, parts=(), comparisons=(), figures=figures, definitions=defined)
    row = issue(acting, keep_draft(acting, whole).number)
    lines = verify(package(acting, row.number)).lines
    assert len(lines) == len(figures)
    computed = {one.figure.partition("@")[0].partition(".")[0] for one in lines if is_equal(one)}
    assert {"active", "bridge_rate", "caf50", "ttfr", "show", "heat"} <= computed


def is_equal(line: Line) -> bool:
    return line.outcome is Outcome.EQUAL
