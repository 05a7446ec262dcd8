"""Who is to get a brief: what is to go waits to be seen, and is carried when a person says so."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.days import local_day_of
from jibungoto.desk.explain.address import Recipient
from jibungoto.desk.explain.addressed import must_be_for
from jibungoto.desk.explain.link import DAYS
from jibungoto.desk.explain.listing import brief_numbered, brief_of, document, issued_numbered
from jibungoto.explain.briefs.letter import Letter, letter_of, with_sum
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words, day_words
from jibungoto.records.models import BriefRow, SendingRow

_PLACEHOLDER = "https://…"

MOST = 50
TOO_MANY = Words("1つの資料の宛先は50件までです。", "A brief goes to 50 addresses at most.")
FEWER = Words("宛先を減らしてください。", "Take some of them out.")


def sendings(acting: Acting, number: int) -> list[SendingRow]:
    """Return who is to get a brief and who got it, in the order in which they were added."""
    kept = SendingRow.objects.filter(brief=brief_numbered(acting, number))
    return list(kept.select_related("link").order_by("pk"))


def address_to(acting: Acting, number: int, *, whom: Recipient) -> SendingRow:
    """Put somebody on the list of a brief, drafted or issued; the same address stays once."""
    must_write(acting)
    row = brief_numbered(acting, number)
    must_be_for(acting, brief_of(row), stakeholder=whom.stakeholder)
    with transaction.atomic():
        if SendingRow.objects.filter(brief=row).count() >= MOST:
            raise InvalidChoice(TOO_MANY, FEWER)
        sending = addressed(acting, row, whom=whom)
        note(acting, "address_brief", about=f"{row.number} {whom.channel}")
    return sending


def addressed(acting: Acting, row: BriefRow, *, whom: Recipient) -> SendingRow:
    """Put somebody on the list of a brief, inside the caller's transaction."""
    must_write(acting)
    sending, _ = SendingRow.objects.get_or_create(
        brief=row,
        channel=whom.channel,
        address=whom.address,
        defaults={
            "name": whom.name,
            "language": whom.language,
            "stakeholder": whom.stakeholder,
            "attached": whom.attached,
        },
    )
    return sending


def take_off(acting: Acting, sending: int) -> None:
    """Take somebody off the list; what was sent or is on its way stays."""
    must_write(acting)
    with transaction.atomic():
        gone, _ = SendingRow.objects.filter(
            pk=sending, brief__community=acting.community, sent_at=None, approved_at=None
        ).delete()
        if not gone:
            raise UnknownName(
                Words("その宛先は一覧にありません。", "This address is not on the list."),
                Words("一覧を開き直してください。", "Open the list again."),
            )
        note(acting, "take_off_brief", about=str(sending))


def letter(acting: Acting, number: int, *, language: str) -> Letter:
    """Return the letter that goes along with a brief, as it will read."""
    return letter_to(brief_numbered(acting, number), language=language, link=_PLACEHOLDER)


def letter_to(row: BriefRow, *, language: str, link: str) -> Letter:
    """Return the letter of a brief, with a link in it that opens as long as links made now do."""
    until = timezone.now() + timedelta(days=DAYS)
    letter = letter_of(
        document(row),
        since=brief_of(row).since,
        language=language,
        link=link,
        until=day_words(local_day_of(row.community, until)).said_in(language),
    )
    return with_sum(letter, row.digest, language=language) if row.digest else letter


def send(acting: Acting, number: int, *, read_at: str) -> int:
    """Let an issued brief go to everybody who waits for it; return how many that are.

    The worker carries it, and tries again where that may help. ``read_at`` is the address of the
    reading page, with ``{token}`` where the token goes. Pressed twice, it goes once.
    """
    must_write(acting)
    row = issued_numbered(acting, number)
    with transaction.atomic():
        waiting = SendingRow.objects.filter(brief=row, sent_at=None, approved_at=None)
        count = waiting.update(
            approved_at=timezone.now(),
            approved_by=acting.user_id,
            read_at=read_at[:500],
            tries=0,
            next_at=None,
            taken_at=None,
            handed_at=None,
            problem_ja="",
            problem_en="",
        )
        if count:
            note(acting, "let_brief_go", about=f"{row.number} {count}")
    return count


def call_off(acting: Acting, number: int) -> int:
    """Stop what is on its way and was not handed over yet; return how many wait again."""
    must_write(acting)
    row = brief_numbered(acting, number)
    with transaction.atomic():
        going = SendingRow.objects.filter(brief=row, sent_at=None, handed_at=None)
        count = going.exclude(approved_at=None).update(approved_at=None)
        if count:
            note(acting, "call_off_brief", about=f"{row.number} {count}")
    return count
