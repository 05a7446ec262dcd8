"""An issued brief, and who signs the certificates of the receivers on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import trustme

if TYPE_CHECKING:
    from jibungoto.desk.acting import Acting
    from jibungoto.records.models import BriefRow

READ_AT = "https://community.example/read/{token}/"


@pytest.fixture
def issued(acting: Acting) -> BriefRow:
    """Return a brief of one sentence, issued."""
    from jibungoto.explain.briefs.audiences import AudienceKey
    from jibungoto.explain.briefs.brief import Brief, BriefKind, Head, Part
    from jibungoto.explain.briefs.freeze import brief_content
    from jibungoto.explain.claims import Claim, Grade
    from jibungoto.ledger.words import Words
    from jibungoto.records.models import BriefRow, BriefState

    claim = Claim(Words("人が来ました。", "People came."), Grade.E1, key="came", is_edited=True)
    brief = Brief(
        kind=BriefKind.WEEKLY,
        audience=AudienceKey.CFO,
        community=acting.community.name,
        since=date(2026, 11, 15),
        as_of=date(2026, 11, 21),
        parts=(Part(Head.SUMMARY, claims=(claim,)),),
    )
    return BriefRow.objects.create(
        community=acting.community,
        number=1,
        kind=brief.kind,
        audience=brief.audience,
        as_of=brief.as_of,
        state=BriefState.ISSUED,
        content=brief_content(brief),
    )


@dataclass(frozen=True, slots=True)
class Authority:
    """Who signed the receivers' certificates, as a file that clients can be told to trust."""

    ca: trustme.CA = field(default_factory=trustme.CA)

    def written(self, folder: Path) -> str:
        """Write its certificate into a folder and return where."""
        place = folder / "ca.pem"
        self.ca.cert_pem.write_to_path(str(place))
        return str(place)


@pytest.fixture(scope="session")
def authority() -> Iterator[Authority]:
    """Return one authority for all tests."""
    yield Authority()
