"""What one mail says: who wrote it, when, in answer to what, and its own words."""

from __future__ import annotations

import email
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import Header, decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from jibungoto.gather.people.roll import clean, email_in
from jibungoto.gather.readers.mbox_split import Mail
from jibungoto.gather.text import digest63

_EARLIEST, _LATEST = 315_532_800, 4_102_444_800
_ID = re.compile(r"<([^<>\s]+)>")
_ANGLED = re.compile(r"(?P<name>.*?)<\s*(?P<address>[^<>]+?)\s*>.*", re.DOTALL)
_ROUND = re.compile(
    r"(?P<address>[^()\s]+(?:\s+(?:at|@)\s+[^()\s]+)?)\s*\((?P<name>.*)\)", re.DOTALL
)
_HIDDEN_AT = re.compile(r"\s+(?:at|\[at\]|\(at\)|_at_)\s+", re.IGNORECASE)
_VIA = re.compile(r"(?P<name>.+?)\s+(?:via|経由)\s+.+", re.IGNORECASE)
_ANSWER = re.compile(
    r"\s*(?:\[[^\]]*\]\s*)*(?:re|aw|sv|返信|回复)(?:\[\d+\]|\^\d+)?\s*[::\uff1a]", re.I
)
_TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_QUOTED = re.compile(r"^[ \t]*[>|].*(?:\n|\Z)", re.MULTILINE)
_ENCODINGS = ("utf-8", "iso2022_jp_ext", "euc_jp", "cp932")
_ALSO = {"iso-2022-jp": "iso2022_jp_ext", "shift_jis": "cp932", "x-sjis": "cp932"}
_ALSO |= {"euc-jp": "euc_jp", "iso-2022-jp-1": "iso2022_jp_ext", "cp50220": "iso2022_jp_ext"}
_LISTS = ("list-id", "x-mailing-list", "list-post", "x-beenthere", "x-ml-name", "mailing-list")
_MAILBOXES = ("x-gmail-labels", "x-gm-thrid", "x-mozilla-status", "x-mozilla-keys", "x-evolution")
_MOST_REFERENCES = 200
Headers = Mapping[str, str]
_BLANK = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a mail's headers say; ids are digests, since a Message-ID may hold an address.

    ``parents`` begin with the direct one and end with the oldest.
    """

    mark: int
    parents: tuple[int, ...]
    is_answer: bool
    name: str
    address: str | None
    list_name: str
    is_private: bool
    is_automatic: bool
    written_at: int | None
    is_dated: bool


def parsed(mail: Mail) -> Message | None:
    """Return a mail in its parts, or None where there is nothing of a mail in it."""
    try:
        found = email.message_from_bytes(bytes(mail.content))
    except (ValueError, LookupError, RecursionError, AssertionError, TypeError):
        return None
    return found if found.keys() else None


def headers_of(mail: Mail) -> Message | None:
    """Return a mail's headers alone."""
    end = _BLANK.search(mail.content)
    whole = mail.content[: end.start()] if end is not None else mail.content
    return parsed(Mail(mail.number, mail.date, whole))


def envelope_of(message: Message, mail: Mail, *, zone: ZoneInfo) -> Envelope:
    """Return what the headers say."""
    headers = _headers(message)
    own = _ids(headers.get("message-id", ""))
    name, address = _author(headers)
    dated = _dated(headers.get("date", ""), zone)
    fallback = dated or _dated(headers.get("received", "").rpartition(";")[2], zone)
    is_listed = any(name in headers for name in _LISTS)
    return Envelope(
        mark=own[0] if own else _mark_without_id(headers),
        parents=_parents(headers, set(own)),
        is_answer=_ANSWER.match(_readable(headers.get("subject", ""))) is not None,
        name=name,
        address=address,
        list_name=_list_of(headers) if is_listed else "",
        # In somebody's own mailbox, what no list sent is theirs alone.
        is_private=not is_listed and any(name in headers for name in _MAILBOXES),
        is_automatic=_is_automatic(headers),
        written_at=fallback or _dated(mail.date, zone),
        is_dated=dated is not None,
    )


def own_words(message: Message) -> str:
    """Return what the author wrote: no quotation, no signature, no attachment."""
    text = next(_texts(message, "text/plain"), None)
    if text is None:
        written = next(_texts(message, "text/html"), "")
        text = html.unescape(_TAG.sub(" ", written))
    text = _SIGNATURE.split(text, maxsplit=1)[0]
    return _QUOTED.sub("", text).strip()


def _piece(part: str | bytes, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    if charset is None:  # What stood between encoded words, as Python hands it back.
        return part.decode("raw-unicode-escape", "replace")
    return _decoded(part, charset)


def _texts(message: Message, kind: str) -> Iterator[str]:
    for part in message.walk():
        if part.is_multipart() or part.get_content_type() != kind:
            continue
        if part.get_content_disposition() == "attachment":
            continue
        try:
            content = part.get_payload(decode=True)
            charset = part.get_content_charset("") or ""
        except (ValueError, LookupError, AssertionError, TypeError, AttributeError):
            continue
        if isinstance(content, bytes):
            yield _decoded(content, charset)


def _decoded(content: bytes, charset: str) -> str:
    """Return a text by its stated encoding if that fits, else by the first that does."""
    stated = _ALSO.get(charset.lower().strip("\"' "), charset)
    usual = [] if stated.lower() in {"", "us-ascii", "unknown-8bit"} else [stated]
    if b"\x1b$" in content or b"\x1b(" in content:
        usual.append("iso2022_jp_ext")
    for encoding in (*usual, *_ENCODINGS):
        try:
            return content.decode(encoding)
        except (UnicodeError, LookupError, ValueError):
            continue
    return content.decode("utf-8", "replace")


def _headers(message: Message) -> dict[str, str]:
    """Return the first header of each name as it stands; bytes beyond ASCII as surrogates."""
    found: dict[str, str] = {}
    for name, value in message.items():
        found.setdefault(name.lower(), _raw(value))
    return found


def _raw(value: object) -> str:
    """Return a header on one line; Python wraps those with foreign bytes in a class of its own."""
    if not isinstance(value, str):
        parts = decode_header(value) if isinstance(value, Header) else []
        value = "".join(
            part if isinstance(part, str) else part.decode("ascii", "surrogateescape")
            for part, _ in parts
        )
    return " ".join(value.split())


def _readable(raw: str) -> str:
    """Return a header decoded, however it was written."""
    if raw.isascii() and "=?" not in raw and "\x1b" not in raw:
        return raw
    written = _decoded(raw.encode("utf-8", "surrogateescape"), "")
    if "=?" not in written:
        return written
    try:
        return "".join(_piece(part, charset) for part, charset in decode_header(written))
    except (ValueError, LookupError, HeaderParseError):
        return written


def _ids(written: str) -> list[int]:
    found = _ID.findall(written)[-_MOST_REFERENCES:]
    return [digest63(one.encode("utf-8", "replace")) for one in found]


def _parents(headers: Headers, own: set[int]) -> tuple[int, ...]:
    """Return the direct parent first: In-Reply-To, then References from the last to the first."""
    direct = _ids(headers.get("in-reply-to", ""))[:1]
    told = [*direct, *reversed(_ids(headers.get("references", "")))]
    return tuple(one for one in dict.fromkeys(told) if one not in own)


def _mark_without_id(headers: Headers) -> int:
    """Return what names a mail that has no id: its own date, author and subject."""
    told = "\0".join(headers.get(name, "") for name in ("date", "from", "subject"))
    return digest63(f"no id\0{told}".encode("utf-8", "replace"))


def _author(headers: Headers) -> tuple[str, str | None]:
    """Return name and address; a list that writes in somebody's place keeps them elsewhere."""
    name, address = _mailbox(_readable(headers.get("from", "")))
    via = _VIA.fullmatch(name)
    if via is None:
        return name, address
    for told in ("x-original-from", "reply-to"):
        other, own = _mailbox(_readable(headers.get(told, "")))
        if own is not None and own not in {address, _list_address(headers)}:
            return other or clean(via["name"]), own
    return clean(via["name"].strip("'\"")), None


def _mailbox(written: str) -> tuple[str, str | None]:
    found = _ANGLED.fullmatch(written) or _ROUND.fullmatch(written.strip())
    name = clean(found["name"]).strip("\"' ") if found else ""
    address = found["address"] if found else written
    return name, email_in(_HIDDEN_AT.sub("@", address.strip()).strip("\"'"))


def _list_address(headers: Headers) -> str | None:
    found = re.search(r"mailto:([^>?\s]+)", headers.get("list-post", ""))
    return email_in(found[1]) if found else None


def _list_of(headers: Headers) -> str:
    """Return the name by which a mail says which list it went to, or nothing."""
    for name in _LISTS:
        written = _readable(headers.get(name, ""))
        found = re.search(r"<(?:mailto:)?([^<>\s]+)>", written)
        told = found[1] if found else written.partition(";")[0]
        if told.strip():
            return clean(told).lower().replace("@", ".").split(" ")[-1]
    return ""


def _is_automatic(headers: Headers) -> bool:
    submitted = headers.get("auto-submitted", "").lower()
    return submitted not in {"", "no"} or "x-failed-recipients" in headers


def _dated(written: str, zone: ZoneInfo) -> int | None:
    """Return a date in UTC seconds, or None where it is none or lies before e-mail."""
    try:
        found = parsedate_to_datetime(_raw_date(written))
        at = int((found if found.tzinfo else found.replace(tzinfo=zone)).timestamp())
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return at if _EARLIEST <= at < _LATEST else None


def _raw_date(written: str) -> str:
    """Return a date without the Japanese name of its zone or day that some programs add."""
    return re.sub(r"[^\x00-\x7f]+|\([^)]*\)?", " ", written).strip()
