"""Sends issued briefs: what is to go waits to be seen, and goes when a person says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException
from zoneinfo import ZoneInfo

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.explain.address import Recipient
from jibungoto.desk.explain.delivered import note_delivery
from jibungoto.desk.explain.link import DAYS, make_link
from jibungoto.desk.explain.listing import brief_numbered, document
from jibungoto.desk.explain.webhook import Message, post, secret_of
from jibungoto.explain.briefs.letter import Letter, letter_of
from jibungoto.ledger.problems import InvalidChoice, Problem, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import BriefRow, BriefState, Channel, SendingRow

_TAKEN_FOR = timedelta(minutes=2)
_PLACEHOLDER = "https://…"

NOT_ISSUED = Words(
    "まだ発行していない資料は送れません。", "A brief that is not issued is not sent."
)
ISSUE_FIRST = Words("先に発行してください。", "Issue it first.")
MOST = 50
TOO_MANY = Words("1つの資料の宛先は50件までです。", "A brief goes to 50 addresses at most.")
FEWER = Words("宛先を減らしてください。", "Take some of them out.")
NO_MAIL_SENT = Words("メールを送れませんでした({why})。", "The mail could not be sent ({why}).")
ASK = Words("メールサーバーの設定を確かめてください。", "Check the settings of the mail server.")


@dataclass(frozen=True, slots=True)
class Sent:
    """How many were sent just now, and how many could not be."""

    sent: int
    failed: int


def sendings(acting: Acting, number: int) -> list[SendingRow]:
    """Return who is to get a brief and who got it, in the order in which they were added."""
    kept = SendingRow.objects.filter(brief=brief_numbered(acting, number))
    return list(kept.select_related("link").order_by("pk"))


def address_to(acting: Acting, number: int, *, whom: Recipient) -> SendingRow:
    """Put somebody on the list of a brief, drafted or issued; the same address stays once."""
    must_write(acting)
    row = brief_numbered(acting, number)
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
        },
    )
    return sending


def take_off(acting: Acting, sending: int) -> None:
    """Take somebody off the list; what was sent stays."""
    must_write(acting)
    with transaction.atomic():
        gone, _ = SendingRow.objects.filter(
            pk=sending, brief__community=acting.community, sent_at=None
        ).delete()
        if not gone:
            raise UnknownName(
                Words("その宛先は一覧にありません。", "This address is not on the list."),
                Words("一覧を開きなおしてください。", "Open the list again."),
            )
        note(acting, "take_off_brief", about=str(sending))


def letter(acting: Acting, number: int, *, language: str) -> Letter:
    """Return the letter that goes along with a brief, as it will read."""
    row = brief_numbered(acting, number)
    until = _local_day(acting, days=DAYS)
    return letter_of(document(row), language=language, link=_PLACEHOLDER, until=until)


def send(acting: Acting, number: int, *, read_at: str) -> Sent:
    """Send an issued brief to everybody who waits for it.

    ``read_at`` is the address of the reading page, with ``{token}`` where the token goes. Each is
    taken before it is sent, so that two people pressing at once send it once; what fails says why
    and waits for the next try.
    """
    must_write(acting)
    row = brief_numbered(acting, number)
    if row.state == BriefState.DRAFT:
        raise InvalidChoice(NOT_ISSUED, ISSUE_FIRST)
    done = {True: 0, False: 0}
    for sending in SendingRow.objects.filter(brief=row, sent_at=None).order_by("pk"):
        if _taken(sending):
            done[_tried(acting, sending, read_at=read_at)] += 1
    return Sent(done[True], done[False])


def _taken(sending: SendingRow) -> bool:
    """Take one for this try, unless somebody else is just sending it."""
    free = Q(taken_at=None) | Q(taken_at__lt=timezone.now() - _TAKEN_FOR)
    waiting = SendingRow.objects.filter(free, pk=sending.pk, sent_at=None)
    return bool(waiting.update(taken_at=timezone.now()))


def _tried(acting: Acting, sending: SendingRow, *, read_at: str) -> bool:
    row = brief_numbered(acting, sending.brief.number)
    made = make_link(acting, row.number, label=sending.name)
    kept = SendingRow.objects.filter(pk=sending.pk)
    told = letter_of(
        document(row),
        language=sending.language,
        link=read_at.replace("{token}", made.token),
        until=_local_day(acting, days=DAYS),
    )
    try:
        _deliver(acting, sending, told=told, link=read_at.replace("{token}", made.token))
    except Problem as problem:
        made.row.delete()
        said = problem.what
        kept.update(taken_at=None, problem_ja=said.ja[:500], problem_en=said.en[:500])
        return False
    with transaction.atomic():
        kept.update(sent_at=timezone.now(), link=made.row, problem_ja="", problem_en="")
        note(acting, "send_brief", about=f"{row.number} {sending.channel}")
    if sending.stakeholder is not None:
        note_delivery(acting, row, stakeholder=sending.stakeholder)
    return True


def _deliver(acting: Acting, sending: SendingRow, *, told: Letter, link: str) -> None:
    if sending.channel == Channel.MAIL:
        _mail(sending, told)
        return
    content: dict[str, object] = {
        "type": "brief.issued",
        "timestamp": timezone.now().isoformat(),
        "text": told.body,
        "data": {
            "community": acting.community.name,
            "title": told.subject,
            "as_of": sending.brief.as_of.isoformat(),
            "language": sending.language,
            "link": link,
        },
    }
    seconds = int(timezone.now().timestamp())
    message = Message(f"brief_{sending.brief_id}_{sending.pk}", seconds, content)
    post(sending.address, message, secret=secret_of(acting.community.key))


def _mail(sending: SendingRow, told: Letter) -> None:
    try:
        EmailMessage(told.subject, told.body, to=[sending.address]).send()
    except (OSError, SMTPException) as error:
        raise InvalidChoice(NO_MAIL_SENT.filled(why=type(error).__name__), ASK) from error


def _local_day(acting: Acting, *, days: int) -> str:
    when = timezone.now() + timedelta(days=days)
    return when.astimezone(ZoneInfo(acting.community.zone)).date().isoformat()
