"""Briefs of the demo community: every kind is issued and comes out as it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jibungoto.demo.community import write_everything
from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.draft import draft
from jibungoto.desk.explain.issue import issue, package
from jibungoto.desk.explain.listing import brief_of
from jibungoto.desk.people.staff import answer_as_proposed
from jibungoto.desk.understand.refresh import refresh
from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.brief import BriefKind
from jibungoto.explain.briefs.freeze import canonical
from jibungoto.explain.briefs.package import opened
from jibungoto.explain.briefs.verify import Outcome, verify
from jibungoto.explain.wording import names_in
from jibungoto.records.models import HandleRow, PersonRow

if TYPE_CHECKING:
    from tests.desk.conftest import BringIn


def test_every_kind_is_issued_and_holds_nobody(
    acting: Acting, bring_in: BringIn, tmp_path: Path
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
