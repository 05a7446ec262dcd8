"""An issued brief that named somebody: its values stay and can be computed again, the name goes."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

from jibungoto.desk.acting import Acting
from jibungoto.desk.erasing.erase import erase, erased_since, look
from jibungoto.desk.explain.draft import draft
from jibungoto.desk.explain.edit import Edit, Edited, edit_claim, revision_of
from jibungoto.desk.explain.issue import issue, package
from jibungoto.desk.explain.listing import brief_of
from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.brief import BriefKind
from jibungoto.explain.briefs.consent import Answer, Consent
from jibungoto.explain.briefs.verify import verify
from jibungoto.explain.claims import Grade
from jibungoto.ledger.words import Words
from jibungoto.records.models import AuditRow, BriefRow
from tests.desk.erasing.test_erase import NAME, BringIn, brought, number_of

__all__ = ["brought"]


def issued_with_the_name(acting: Acting) -> BriefRow:
    row = draft(acting, BriefKind.WEEKLY, audience=AudienceKey.CEO)
    claim = next(iter(brief_of(row).claims())).key
    text = Words(f"{NAME} さんの声です。", f"So says {NAME}.")
    wish = Edit(row.number, claim, text, Grade.E1, seen=revision_of(row, claim))
    agreed = Consent("zelda quux", text, Answer.AGREED, told_to="her team", on=date(2026, 1, 5))
    assert isinstance(edit_claim(acting, replace(wish, consents=(agreed,))), Edited)
    return issue(acting, row.number)


def entries(raw: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(raw)) as held:
        return b"".join(held.read(name) for name in held.namelist())


def test_an_issued_brief_loses_the_name_and_keeps_its_values(
    acting: Acting, brought: Path, bring_in: BringIn
) -> None:
    row = issued_with_the_name(acting)
    assert row.issued_at is not None
    assert NAME.encode() in entries(package(acting, row.number))
    figures = brief_of(row).figures
    seen = look(acting, number_of(NAME))
    assert {one.spot.model for one in seen.mentions} == {"BriefRow"}
    assert erased_since(acting, row.issued_at) == 0
    erase(acting, number_of(NAME), said={one.ref: one.proposed for one in seen.mentions})
    now = BriefRow.objects.get(pk=row.pk)
    raw = package(acting, row.number)
    assert b"Zelda" not in entries(raw)
    assert "zelda" not in str(now.content).casefold()
    assert verify(raw).is_sound
    assert (brief_of(now).figures, verify(raw).digest) == (figures, now.digest)
    assert now.digest != row.digest
    (line,) = AuditRow.objects.filter(verb="freeze brief again")
    assert line.about == f"{row.number} {row.digest} -> {now.digest}"[:200]
    assert erased_since(acting, row.issued_at) == 1


def test_a_brief_that_does_not_name_them_stays_as_it_is(acting: Acting, brought: Path) -> None:
    row = issue(acting, draft(acting, BriefKind.WEEKLY, audience=AudienceKey.CEO).number)
    before = bytes(row.package or b""), row.digest
    erase(acting, number_of(NAME), said={})
    now = BriefRow.objects.get(pk=row.pk)
    assert (bytes(now.package or b""), now.digest) == before
