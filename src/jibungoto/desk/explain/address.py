"""Where a brief may be sent: an e-mail address, or a web address outside of this network."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from jibungoto.desk.explain.webhook import is_inside
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import LANGUAGES, Words
from jibungoto.records.models import Channel

LONGEST_ADDRESS = 500
ATTACHABLE = (".pdf", ".pptx", ".xlsx")
"""Endings of the files that may go along with a mail."""
LONGEST_NAME = 200

NO_CHANNEL = Words("送り方が選ばれていません。", "No way of sending was chosen.")
CHOOSE = Words("メールかWebhookを選んでください。", "Choose mail or webhook.")
NO_MAIL = Words("「{said}」はメールアドレスではありません。", "“{said}” is no e-mail address.")
AS_MAIL = Words("name@example.com のように書いてください。", "Write it like name@example.com.")
NO_WEB = Words(
    "「{said}」はWebhookの宛先に使えません。", "“{said}” cannot be the address of a webhook."
)
AS_WEB = Words(
    "https:// で始まる外のアドレスを、ユーザー名なしで書いてください。",
    "Write an address of the public web that begins with https://, without a user name.",
)
NO_FILE = Words("Webhookにはファイルを添えられません。", "A webhook takes no file along.")
WITHOUT = Words(
    "ファイルを「なし」にするか、メールを選んでください。", "Choose no file, or send it by mail."
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is to get a brief, and how; ``stakeholder`` is their number where they are on the map.

    ``attached`` is the ending of the file that goes along with a mail, empty for none.
    """

    name: str
    channel: Channel
    address: str
    language: str
    stakeholder: int | None = None
    attached: str = ""


def recipient(
    name: str,
    channel: str,
    *,
    address: str,
    language: str,
    stakeholder: int | None = None,
    attached: str = "",
) -> Recipient:
    """Return somebody a brief can be sent to; InvalidChoice where it cannot."""
    if channel not in Channel.values:
        raise InvalidChoice(NO_CHANNEL, CHOOSE)
    told = address.strip()
    if channel == Channel.MAIL:
        _must_be_mail(told)
    else:
        _must_be_web(told)
        if attached:
            raise InvalidChoice(NO_FILE, WITHOUT)
    return Recipient(
        name=" ".join(name.split())[:LONGEST_NAME] or told[:LONGEST_NAME],
        channel=Channel(channel),
        address=told,
        language=language if language in LANGUAGES else LANGUAGES[0],
        stakeholder=stakeholder,
        attached=attached if attached in ATTACHABLE else "",
    )


def _must_be_mail(told: str) -> None:
    try:
        validate_email(told)
    except ValidationError as error:
        raise InvalidChoice(NO_MAIL.filled(said=told[:80]), AS_MAIL) from error


def _must_be_web(told: str) -> None:
    try:
        parts = urlsplit(told)
        is_fit = parts.scheme == "https" and bool(parts.hostname) and parts.port in (None, 443)
        is_fit = is_fit and not is_inside(parts.hostname or "")
    except ValueError:
        is_fit = False
    printable = told.isascii() and told.isprintable() and " " not in told
    if not (is_fit and printable and parts.username is None and len(told) <= LONGEST_ADDRESS):
        raise InvalidChoice(NO_WEB.filled(said=told[:80]), AS_WEB)
