"""Carries what a person sent: one address at a time, tried again where that may help, sent once.

A sending is taken before it is tried, so that two workers send it once. From the moment its content
is handed over it may have arrived: where the end of that try is not known, a mail is not sent again
by itself, for its reader would get it twice; a webhook is, for its id tells the receiver.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from jibungoto.desk.acting import Acting, administrator, note
from jibungoto.desk.explain.arrival import NotArrived
from jibungoto.desk.explain.delivered import note_delivery
from jibungoto.desk.explain.link import kept_link
from jibungoto.desk.explain.listing import document
from jibungoto.desk.explain.mailing import mail
from jibungoto.desk.explain.send import letter_to
from jibungoto.desk.explain.webhook import PUBLIC, Message, Network, post, secret_of
from jibungoto.explain.briefs.letter import Letter
from jibungoto.explain.formats.endings import FORMATS
from jibungoto.ledger.problems import Problem
from jibungoto.ledger.words import Words
from jibungoto.records.models import BriefLinkRow, Channel, SendingRow

SILENT_AFTER = timedelta(minutes=2)
"""A try that lasts longer than this has lost its worker."""
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
"""How long to wait after each try; after one more try a person has to look."""
MAY_HAVE_ARRIVED = Words(
    "送信の途中で止まったため、届いたかどうか分かりません。相手に確かめてから、もう一度送ってください。",
    "It stopped while it was being handed over and may have arrived. Ask the reader before you "
    "send it once more.",
)
GIVEN_UP = Words(
    "{why}{n}回試しました。直してから、もう一度送ってください。",
    "{why} It was tried {n} times. Mend that, then send it once more.",
)


@dataclass(frozen=True, slots=True)
class Load:
    """What goes to one address: the letter, the link in it, and a file if one was asked for."""

    told: Letter
    link: str
    file: tuple[str, bytes, str] | None = None


def carry_next(network: Network = PUBLIC) -> bool:
    """Try the sending that has waited longest, in any community; say whether there was one."""
    _settle_the_unsure()
    now = timezone.now()
    due = SendingRow.objects.filter(_free(), sent_at=None, approved_at__isnull=False)
    due = due.filter(Q(next_at=None) | Q(next_at__lte=now)).exclude(brief__state="draft")
    found = due.select_related("brief__community").order_by("next_at", "approved_at", "pk").first()
    if found is None:
        return False
    mine = SendingRow.objects.filter(_free(), pk=found.pk, sent_at=None, tries=found.tries)
    if mine.update(taken_at=now, tries=found.tries + 1, handed_at=None):
        found.tries += 1
        _ended(found, _tried(found, network))
    return True


def _free() -> Q:
    return Q(taken_at=None) | Q(taken_at__lt=timezone.now() - SILENT_AFTER)


def _settle_the_unsure() -> None:
    """Leave to a person whose worker died while handing a mail over, or died at every try."""
    silent = SendingRow.objects.filter(
        sent_at=None, approved_at__isnull=False, taken_at__lt=timezone.now() - SILENT_AFTER
    )
    is_lost = Q(channel=Channel.MAIL, handed_at__isnull=False) | Q(tries__gt=len(WAITS))
    if silent.filter(is_lost).exists():
        said = MAY_HAVE_ARRIVED
        silent.filter(is_lost).update(
            approved_at=None, taken_at=None, problem_ja=said.ja, problem_en=said.en
        )


def _tried(sending: SendingRow, network: Network) -> NotArrived | None:
    acting = _sender(sending)
    token = _token(sending)
    link = kept_link(acting, sending.brief, token=token, label=sending.name)
    SendingRow.objects.filter(pk=sending.pk).update(link=link)
    try:
        load = _load(sending, sending.read_at.replace("{token}", token))
    except Problem as problem:  # the file could not be made: nothing goes without it
        return NotArrived(problem.what, may_pass=False)

    def handing() -> None:
        SendingRow.objects.filter(pk=sending.pk).update(handed_at=timezone.now())

    if sending.channel == Channel.MAIL:
        return mail(_message(sending, load), on_handing=handing)
    secret = secret_of(acting.community.key)
    message = _hook(sending, load)
    return post(sending.address, message, secret=secret, network=network, on_handing=handing)


def _sender(sending: SendingRow) -> Acting:
    """Return as whom it is sent: whoever said so."""
    return replace(administrator(sending.brief.community), user_id=sending.approved_by)


def _token(sending: SendingRow) -> str:
    """Return the token of the link: the same at every try of one approval, known to nobody else."""
    said = f"link {sending.pk} {sending.approved_at:%Y%m%d%H%M%S%f}"
    made = hmac.digest(sending.brief.community.key.encode(), said.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def _load(sending: SendingRow, link: str) -> Load:
    told = letter_to(sending.brief, language=sending.language, link=link)
    form = FORMATS.get(sending.attached)
    if form is None:
        return Load(told, link)
    row = sending.brief
    name = f"{row.community.slug}-{row.kind}-{row.as_of}{form.ending}"
    content = form.write(document(row), sending.language)
    return Load(told, link, (name, content, form.media_type.partition(";")[0]))


def _message(sending: SendingRow, load: Load) -> EmailMessage:
    """Return the mail; its id is the same at every try, so that readers can tell."""
    brief = sending.brief
    mark = hashlib.sha256(_token(sending).encode()).hexdigest()[:24]
    key = f"<brief-{brief.number}-{sending.pk}-{mark}@{brief.community.slug}.jibungoto>"
    message = EmailMessage(
        load.told.subject, load.told.body, to=[sending.address], headers={"Message-ID": key}
    )
    if load.file is not None:
        message.attach(*load.file)
    return message


def _hook(sending: SendingRow, load: Load) -> Message:
    content: dict[str, object] = {
        "type": "brief.issued",
        "timestamp": (sending.approved_at or timezone.now()).isoformat(),
        "text": load.told.body,
        "data": {
            "community": sending.brief.community.name,
            "title": load.told.subject,
            "as_of": sending.brief.as_of.isoformat(),
            "language": sending.language,
            "link": load.link,
        },
    }
    mark = hashlib.sha256(_token(sending).encode()).hexdigest()[:16]
    seconds = int(timezone.now().timestamp())
    return Message(f"brief_{sending.brief_id}_{sending.pk}_{mark}", seconds, content)


def _ended(sending: SendingRow, failed: NotArrived | None) -> None:
    """Write down how a try ended."""
    kept = SendingRow.objects.filter(pk=sending.pk)
    if failed is None:
        acting = _sender(sending)
        with transaction.atomic():
            kept.update(sent_at=timezone.now(), problem_ja="", problem_en="")
            note(acting, "send_brief", about=f"{sending.brief.number} {sending.channel}")
            if sending.stakeholder is not None:
                note_delivery(acting, sending.brief, stakeholder=sending.stakeholder)
        return
    is_lost = failed.is_unsure and sending.channel == Channel.MAIL
    may_pass = failed.may_pass and sending.tries <= len(WAITS) and not is_lost
    why = _why(sending, failed, is_over=failed.may_pass and not may_pass, is_lost=is_lost)
    said = {"problem_ja": why.ja[:500], "problem_en": why.en[:500], "taken_at": None}
    if may_pass:
        next_at = timezone.now() + WAITS[sending.tries - 1]
        kept.update(next_at=next_at, **said)
        if failed.is_of_server:
            _hold_the_others(sending, next_at)
        return
    kept.update(approved_at=None, **said)
    BriefLinkRow.objects.filter(sendings=sending.pk, sendings__handed_at=None).delete()


def _why(sending: SendingRow, failed: NotArrived, *, is_over: bool, is_lost: bool) -> Words:
    if is_lost:
        return MAY_HAVE_ARRIVED
    if not is_over:
        return failed.why
    return Words(
        GIVEN_UP.ja.format(why=failed.why.ja, n=sending.tries),
        GIVEN_UP.en.format(why=failed.why.en, n=sending.tries),
    )


def _hold_the_others(sending: SendingRow, until: object) -> None:
    """Let other mails wait as well where the server is the reason: they would fail alike."""
    others = SendingRow.objects.filter(_free(), channel=Channel.MAIL, sent_at=None)
    others.exclude(pk=sending.pk).exclude(approved_at=None).update(next_at=until)
