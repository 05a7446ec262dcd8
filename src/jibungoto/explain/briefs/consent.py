"""Who agreed to be named in a brief: asked of each text, told to whom, and on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jibungoto.explain.plain import normal
from jibungoto.explain.printing import day
from jibungoto.ledger.names import folded
from jibungoto.ledger.words import Words


class Answer(StrEnum):
    """What was answered about a name that was found in a text."""

    AGREED = "agreed"
    NOT_THEM = "not_them"


@dataclass(frozen=True, slots=True)
class Consent:
    """One name and one text: its bearer agreed to be named in it, or it does not speak of them.

    ``name`` is as it stands in the text; ``told_to`` is who they said it to, ``on`` the day,
    ``by`` who wrote it down. Another text asks anew.
    """

    name: str
    text: Words
    answer: Answer
    told_to: str = ""
    on: date | None = None
    by: str = ""


def standing(consents: tuple[Consent, ...]) -> tuple[Consent, ...]:
    """Return the answers whose text still has the name: of who was erased none is kept."""
    return tuple(
        one for one in consents if _bare(one.name) in _bare(f"{one.text.ja} {one.text.en}")
    )


def _bare(text: str) -> str:
    return "".join(folded(normal(text)).split())


AGREED = Words(
    "「{name}」: この文に名前が載ることに、本人が同意しています({told}さんが{on}に確認)。",
    "“{name}”: its bearer agreed to be named in this text (told to {told} on {on}).",
)
NOT_THEM = Words(
    "「{name}」は、メンバーのことではありません({by}さんが確認)。",
    "“{name}” is no member (confirmed by {by}).",
)


def printed_consent(consent: Consent) -> Words:
    """Return the line of a consent for our own copy."""
    if consent.answer is Answer.NOT_THEM:
        return NOT_THEM.filled(name=consent.name, by=consent.by or "-")
    on = day(consent.on) if consent.on is not None else Words("-", "-")
    told = consent.told_to or "-"
    return Words(
        AGREED.ja.format(name=consent.name, told=told, on=on.ja),
        AGREED.en.format(name=consent.name, told=told, on=on.en),
    )
