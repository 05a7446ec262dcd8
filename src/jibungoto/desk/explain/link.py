"""Links that open one issued brief without an account: they expire, and views are counted."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.explain.delivered import note_opened
from jibungoto.desk.explain.listing import brief_numbered, issued_numbered
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import BriefLinkRow, BriefRow, BriefState

DAYS = 30
MOST_DAYS = 366
_TOKEN_BYTES = 32
_LONGEST_TOKEN = 100

BAD_DAYS = Words("有効期間は1日から366日です。", "A link lasts from 1 to 366 days.")
CHOOSE_DAYS = Words("日数を選び直してください。", "Choose other days.")
CLOSED = Words(
    "この資料は開けません。リンクが正しくないか、期限が切れたか、取り消されています。"
    "送った人に、新しいリンクを頼んでください。",
    "This brief cannot be opened: the link is wrong, has expired, or was taken back. Ask whoever "
    "sent it for a new one.",
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link just made; its token is shown once and kept nowhere."""

    token: str
    row: BriefLinkRow


@dataclass(frozen=True, slots=True)
class Opened:
    """The brief a link leads to; ``corrected_by`` is the newer one that corrects it, if any."""

    brief: BriefRow
    link: BriefLinkRow
    corrected_by: int | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """The link leads nowhere, and why, as far as a stranger may know."""

    why: Words


def make_link(acting: Acting, number: int, *, label: str = "", days: int = DAYS) -> Link:
    """Make a link that opens one issued brief for some days; ``label`` says whom it is for."""
    must_write(acting)
    row = issued_numbered(acting, number)
    if not 1 <= days <= MOST_DAYS:
        raise InvalidChoice(BAD_DAYS, CHOOSE_DAYS)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    return Link(token, kept_link(acting, row, token=token, label=label, days=days))


def kept_link(
    acting: Acting, row: BriefRow, *, token: str, label: str = "", days: int = DAYS
) -> BriefLinkRow:
    """Keep a link that a token opens; the same token again is the same link."""
    must_write(acting)
    with transaction.atomic():
        link, is_new = BriefLinkRow.objects.get_or_create(
            token_hash=_hash(token),
            defaults={
                "brief": row,
                "label": " ".join(label.split())[:200],
                "expires_at": timezone.now() + timedelta(days=days),
            },
        )
        if is_new:
            note(acting, "make_brief_link", about=f"{row.number} {link.pk}")
    return link


def links(acting: Acting, number: int) -> list[BriefLinkRow]:
    """Return the links of a brief, the newest first."""
    return list(brief_numbered(acting, number).links.order_by("-pk"))


def revoke_link(acting: Acting, link: int) -> None:
    """Take a link back at once; taking it back again changes nothing."""
    must_write(acting)
    kept = BriefLinkRow.objects.filter(pk=link, brief__community=acting.community)
    with transaction.atomic():
        if not kept.exists():
            raise UnknownName(
                Words("そのリンクはありません。", "There is no such link."),
                Words("資料のリンクの一覧を見てください。", "See the links of the brief."),
            )
        if kept.filter(revoked_at=None).update(revoked_at=timezone.now()):
            note(acting, "revoke_brief_link", about=str(link))


def open_link(token: str) -> Opened | Closed:
    """Return the brief a link opens, and count the view.

    A guess learns nothing: a link that never was, one that has expired and one taken back get the
    same answer after the same work, and the brief itself is looked up for an open link alone.
    """
    now = timezone.now()
    found = BriefLinkRow.objects.filter(token_hash=_hash(token[:_LONGEST_TOKEN]))
    known = found.values_list("expires_at", "revoked_at").first()
    is_open = known is not None and known[1] is None and known[0] > now
    if not is_open:
        return Closed(CLOSED)
    link = found.select_related("brief__community").defer("brief__package").get()
    found.update(opened=F("opened") + 1, last_opened_at=now)
    note_opened(link)
    newer = link.brief.corrections.filter(state__in=(BriefState.ISSUED, BriefState.CORRECTED))
    return Opened(link.brief, link, newer.values_list("number", flat=True).first())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
