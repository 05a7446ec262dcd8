"""Whom on the stakeholder map a brief turns to by name, and who else may get that brief."""

from __future__ import annotations

from collections.abc import Iterator

from jibungoto.desk.acting import Acting
from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.brief import Brief
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import StakeholderRow

NOBODY = Words(
    "この種類の読み手として、その人は地図にいません。",
    "Nobody of this kind of reader has that place on the map.",
)
SEE_MAP = Words("ステークホルダーの地図を確かめてください。", "See the map of stakeholders.")
FOR_ANOTHER = Words(
    "この資料は{name}さんに宛てて書かれているため、ほかの人には送れません。",
    "This brief is addressed to {name}, so it goes to nobody else.",
)
DRAFT_OWN = Words(
    "その人に宛てた資料か、名前のない資料を作ってください。",
    "Draft one for them, or one that names nobody.",
)


def addressees(acting: Acting) -> Iterator[tuple[AudienceKey, int, str]]:
    """Yield who on the map may be addressed: kind of reader, number and name."""
    rows = StakeholderRow.objects.filter(community=acting.community).order_by("-influence", "pk")
    kinds = {one.value for one in AudienceKey}
    for row in rows:
        if row.kind in kinds:
            yield AudienceKey(row.kind), row.pk, row.name


def addressee(acting: Acting, number: int, *, audience: AudienceKey) -> str:
    """Return the name of somebody on the map who is of a kind; raises ``UnknownName``."""
    for kind, each, name in addressees(acting):
        if (kind, each) == (audience, number):
            return name
    raise UnknownName(NOBODY, SEE_MAP)


def must_be_for(acting: Acting, brief: Brief, *, stakeholder: int | None) -> None:
    """Raise InvalidChoice where a brief that names one stakeholder would go to another."""
    if not brief.addressed_to or stakeholder is None:
        return
    names = {number: name for _, number, name in addressees(acting)}
    if names.get(stakeholder) != brief.addressed_to:
        raise InvalidChoice(FOR_ANOTHER.filled(name=brief.addressed_to), DRAFT_OWN)
