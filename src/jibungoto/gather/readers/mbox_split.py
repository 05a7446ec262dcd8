"""Where one mail ends and the next begins in an mbox, also where nobody escaped "From "."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO

_LONGEST_LINE = 1 << 16
_MOST_KEPT = 1 << 20
_BEGINS = re.compile(
    rb"From .*?\S\s+(?P<date>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .*\d:\d{2}.*\d)\s*"
)
_DATELESS = re.compile(rb"From (?:\S*@\S*|-|MAILER-DAEMON|nobody)?\s*")
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:|>From ")


@dataclass(slots=True)
class Mail:
    """One mail as it stands in the file: the line it begins in, its date there, its bytes.

    Of a mail with large attachments only the first mebibyte is kept.
    """

    number: int
    date: str = ""
    content: bytearray = field(default_factory=bytearray)


def begins_mbox(head: bytes) -> bool:
    """Say whether a file begins as an mbox does: with a "From " line and a header below it."""
    lines = head.lstrip(b"\r\n\xef\xbb\xbf").split(b"\n")[:3]
    if len(lines) < 2:
        return False
    first = lines[0].rstrip(b"\r")
    is_begun = _BEGINS.fullmatch(first) or _DATELESS.fullmatch(first)
    return is_begun is not None and _is_header(lines[1])


def mails_in(stream: BinaryIO) -> Iterator[Mail]:
    """Yield mail after mail.

    A line in a body that begins with "From " begins no mail unless a blank line stands above it,
    a date at its end, and a header below it. Only where the file's first line has no date may
    others be without.
    """
    mail: Mail | None = None
    begun: re.Match[bytes] | None = None
    was_blank = True
    form, lines = _form_of(stream)
    for number, line in enumerate(lines, 1):
        if begun is not None and _is_header(line):
            if mail is not None:
                yield mail
            mail = Mail(number - 1, _date_in(begun))
        elif begun is not None and mail is not None:
            _keep(mail, begun[0] + b"\n")
        begun = None
        if was_blank and line.startswith(b"From "):
            begun = form.fullmatch(line.strip(b"\r\n"))
        if begun is None and mail is not None:
            _keep(mail, line)
        was_blank = not line.strip()
    if mail is not None:
        yield mail


def _form_of(stream: BinaryIO) -> tuple[re.Pattern[bytes], Iterator[bytes]]:
    """Return the form of this file's "From " lines, as its first shows it, and all of its lines."""
    lines = _lines(stream)
    first = next(lines, b"").removeprefix(b"\xef\xbb\xbf")
    form = _DATELESS if _DATELESS.fullmatch(first.strip(b"\r\n")) else _BEGINS
    return form, chain([first], lines)


def _date_in(begun: re.Match[bytes]) -> str:
    found = begun.groupdict().get("date") or b""
    return found.decode("ascii", "replace")


def _keep(mail: Mail, line: bytes) -> None:
    if len(mail.content) < _MOST_KEPT:
        mail.content += line


def _is_header(line: bytes) -> bool:
    return _HEADER.match(line) is not None


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    while line := stream.readline(_LONGEST_LINE):
        yield line
