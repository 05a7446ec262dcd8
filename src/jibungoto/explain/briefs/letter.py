"""What goes along with a brief: a short letter whose every sentence has its grade."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jibungoto.explain.claims import Claim
from jibungoto.explain.document import Document
from jibungoto.explain.formats.cleaning import clean
from jibungoto.explain.printing import day
from jibungoto.explain.wordings import is_ask
from jibungoto.ledger.words import Words

MOST_LINES = 5
SUBJECT = Words(
    "{community}: {title}({since}〜{until})", "{community}: {title}, {since} to {until}"
)
READ = Words("全文はこちらで読めます(期限 {until})", "Read it whole (until {until})")
SUM = Words(
    "この資料のファイル(brief.json)の SHA-256 は次の値です。受け取った zip は "
    "jibungoto verify --sum で見比べられます。\n{digest}",
    "SHA-256 of this brief as it was issued (brief.json); jibungoto verify --sum compares a zip "
    "with it.\n{digest}",
)
GRADES = Words(
    "文末のE0〜E4は根拠の段階です。E0は声、E1は件数と推移、E2は比較、E3は条件をそろえた推定、E4は無作為の比較を表します。",
    "E0 to E4 say how strong the evidence is: a voice, a count or trend, a comparison, a matched "
    "estimate, a randomised comparison.",
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in one language; its subject is one line."""

    subject: str
    body: str


def letter_of(document: Document, *, since: date, language: str, link: str, until: str) -> Letter:
    """Return the letter of a brief: its first sentences, and where the whole can be read.

    ``since`` is the first day it is of, ``until`` the last on which its link opens.
    """
    lines = [_line(one, language) for one in _first(document.claims())]
    body = [
        document.subtitle.said_in(language),
        "",
        *lines,
        "",
        f"{READ.filled(until=until).said_in(language)}",
        link,
        "",
        GRADES.said_in(language),
    ]
    subject = SUBJECT.said_in(language).format(
        community=document.community,
        title=document.title.said_in(language),
        since=day(since).said_in(language),
        until=day(document.as_of).said_in(language),
    )
    return Letter(" ".join(clean(subject).split()), "\n".join(map(clean, body)))


def with_sum(letter: Letter, digest: str, *, language: str) -> Letter:
    """Return a letter that ends with the sum of what was issued, so that a file can be compared."""
    return Letter(letter.subject, f"{letter.body}\n\n{SUM.filled(digest=digest).said_in(language)}")


def _first(claims: Iterable[Claim]) -> list[Claim]:
    return list(claims)[:MOST_LINES]


def _line(claim: Claim, language: str) -> str:
    said = f"- {' '.join(claim.text.said_in(language).split())}"
    return said if is_ask(claim) else f"{said} [{claim.grade.value}]"
