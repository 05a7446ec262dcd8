"""The rows of a LINE talk as its phone apps write them: headers, days, messages, what happened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from jibungoto.gather.moments import moment_of
from jibungoto.gather.text import normalised
from jibungoto.ledger.words import Words

_LONGEST_BODY = 2_000
_LONGEST_DAY = 40
_DIGIT = re.compile(r"\d{4}")
_UTC = ZoneInfo("UTC")
_HEADER = re.compile(r"\ufeff?\[LINE\]\s*(?P<title>.+?)\s*")
_WITH = re.compile(r"(?P<name>.+)との(?:トーク|トーク履歴)|Chat history with (?P<en>.+)")
_IN = re.compile(r"(?P<name>.+?)の(?:トーク|トーク履歴)|Chat history in (?P<en>.+)", re.IGNORECASE)
_SAVED = re.compile(r"(?:保存日時|Saved on)\s*:\s*(?P<at>.+)", re.IGNORECASE)
_ROW = re.compile(
    r"(?P<half>午前|午後|am|pm)?\s?(?P<hour>\d{1,2}):(?P<minute>\d{2})\s?(?P<after>am|pm)?\t(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SPACED = re.compile(r"(?:午前|午後)?\d{1,2}:\d{2} \S")
_YEAR_FIRST = re.compile(r"(?P<day>\d{4}[./]\d{1,2}[./]\d{1,2})\s*(?:\(\w+\)|\w+|\w+ ?day)?")
_MONTH_FIRST = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+(?P<day>\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE
)

NOT_DATED = Words("日付の行より前にある記録です。", "It stands before the first line with a date.")
BAD_TIME = Words("時刻が正しくありません。", "Its time is none.")
BAD_DAY = Words("日付が正しくありません。", "Its date is none.")
NO_ROW = Words("LINE の記録の形ではありません。", "It does not have the shape of a LINE record.")
SPACED = Words(
    "パソコン版の書き出しは、名前と本文の境目が分からないため読み取れません。"
    "スマートフォンのアプリから書き出してください。",
    "In an export of the desktop app a name cannot be told from the text. Export it from the "
    "app on a phone.",
)


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands above a talk: its name, and whether it may be one of two people."""

    name: str
    may_be_direct: bool
    saved: str


@dataclass(slots=True)
class Spoken:
    """A row at a minute: by whom, or nobody where LINE itself speaks, and what it says."""

    number: int
    minute: int
    name: str
    lines: list[str]

    @property
    def body(self) -> str:
        """What it says, without the marks that hold several lines together."""
        body = "\n".join(self.lines).strip()
        is_held = len(self.lines) > 1 and body[:1] == body[-1:] == '"'
        return body[1:-1] if is_held else body


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that is none, with the reason."""

    number: int
    reason: Words


def opening_of(lines: Sequence[str]) -> Opening | None:
    """Return what the first lines say, or None where this is no LINE talk."""
    saved = ""
    for line in lines[:6]:
        found = _SAVED.fullmatch(normalised(line).strip())
        saved = found["at"] if found else saved
    first = next((line for line in lines[:3] if line.strip("\ufeff \r\n")), "")
    header = _HEADER.fullmatch(first.rstrip("\r\n"))
    if header is None:
        return None
    title = header["title"]
    direct = _WITH.fullmatch(title)
    found = direct or _IN.fullmatch(title)
    name = (found["name"] or found["en"]) if found else title
    # A title in another form may be anybody's.
    return Opening(name.strip(' "“”'), direct is not None or found is None, saved)


def rows_of(lines: Sequence[str], zone: ZoneInfo) -> Iterator[Spoken | Broken]:
    """Yield the rows of a talk; lines that begin none belong to the row before them."""
    day: date | None = None
    held: Spoken | Broken | None = None
    at = _first_line(lines)
    while at < len(lines):
        number, line = at + 1, lines[at]
        at += 1
        written = _written_day(line)
        found = _ROW.fullmatch(line) if written is None else None
        if found is None and written is None and _belongs(line, held):
            continue
        if held is not None:
            yield held
            held = None
        if found is not None:
            held = _row(found, day, zone=zone, number=number)
            at = _with_quoted(held, lines, at=at)
        elif written is not None:
            day = _date_of(written)
            held = Broken(number, BAD_DAY) if day is None else None
        elif line.strip():
            held = Broken(number, SPACED if _SPACED.match(line) else NO_ROW)
    if held is not None:
        yield held


def _belongs(line: str, held: Spoken | Broken | None) -> bool:
    """Say whether a line goes on where the row before it stopped, and add it there."""
    if isinstance(held, Spoken):
        held.lines.append(line)
        return True
    return held is not None and _SPACED.match(line) is None


def _first_line(lines: Sequence[str]) -> int:
    """Return where the talk begins, below its title and the time it was saved."""
    at = 0
    while at < min(len(lines), 6):
        line = lines[at].strip("\ufeff ")
        if line and _HEADER.fullmatch(line) is None and _SAVED.fullmatch(normalised(line)) is None:
            break
        at += 1
    return at


def _written_day(line: str) -> str | None:
    if not line[:3].strip() or len(line) > _LONGEST_DAY or not _DIGIT.search(line):
        return None
    written = normalised(line).strip()
    found = _YEAR_FIRST.fullmatch(written) or _MONTH_FIRST.fullmatch(written)
    return found["day"] if found else None


def _date_of(written: str) -> date | None:
    moment = moment_of(written, _UTC, is_month_first=True)
    return datetime.fromtimestamp(moment.seconds, _UTC).date() if moment is not None else None


def _row(found: re.Match[str], day: date | None, *, zone: ZoneInfo, number: int) -> Spoken | Broken:
    if day is None:
        return Broken(number, NOT_DATED)
    half, hour = (found["half"] or found["after"] or "").lower(), int(found["hour"])
    if half:
        hour = hour % 12 + (12 if half in {"pm", "午後"} else 0)
    try:
        local = datetime(day.year, day.month, day.day, hour, int(found["minute"]), tzinfo=zone)
    except ValueError:
        return Broken(number, BAD_TIME)
    name, tab, body = found["rest"].partition("\t")
    if not tab:
        name, body = "", name
    return Spoken(number, int(local.timestamp()), name.strip(), [body])


def _with_quoted(row: Spoken | Broken, lines: Sequence[str], *, at: int) -> int:
    """Take a body in quotation marks whole, also where its lines look like rows; say where it ends.

    A body that begins with a quotation mark of its own closes nowhere, and is left as it is.
    """
    if not isinstance(row, Spoken) or row.lines[0].count('"') % 2 == 0 or row.lines[0][0] != '"':
        return at
    marks, is_across = row.lines[0].count('"'), False
    for further in range(at, min(len(lines), at + _LONGEST_BODY)):
        line = lines[further]
        marks += line.count('"')
        is_row = _begins_row(line)
        is_across = is_across or is_row
        is_end = further + 1 == len(lines) or _begins_row(lines[further + 1])
        if line.endswith('"') and is_end and not is_row and (marks % 2 == 0 or not is_across):
            row.lines += lines[at : further + 1]
            return further + 1
    return at


def _begins_row(line: str) -> bool:
    return not line or _ROW.fullmatch(line) is not None or _written_day(line) is not None
