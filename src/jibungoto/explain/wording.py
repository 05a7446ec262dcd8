"""What each grade may say: the words it must not use, how it is worded, one sentence a claim."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from jibungoto.explain.claims import Grade
from jibungoto.explain.plain import normal
from jibungoto.explain.wording_lists import FORBIDDEN, Forbidden
from jibungoto.ledger.words import Words


@dataclass(frozen=True, slots=True)
class Blocked:
    """One word of a text that its grade must not use, and from which grade on one may."""

    word: str
    language: str
    allowed_from: Grade
    why: Words


PATTERNS: dict[Grade, Words] = {
    Grade.E0: Words("「{what}」という声がありました。", "Members said: “{what}”."),
    Grade.E1: Words("{what}は{n}件です(前期{before}件)。", "{what}: {n}, after {before} before."),
    Grade.E2: Words(
        "{group}の人は{what}が高い傾向です(因果ではありません)。",
        "{group} is associated with higher {what}; this is no cause.",
    ),
    Grade.E3: Words(
        "条件をそろえた推定で、{what}は{n}です(95%区間{low}〜{high})。",
        "{what}: estimated at {n} (95% interval {low} to {high}).",
    ),
    Grade.E4: Words(
        "無作為に分けた比較で、{what}は{n}です(95%区間{low}〜{high})。",
        "In a randomised comparison {what} was {n} (95% interval {low} to {high}).",
    ),
}
"""How a sentence of each grade is worded, for whoever writes one."""

_ORDER = tuple(Grade)
_ENDS_JA = re.compile(r"[。！？!?]+")
_ABBREVIATIONS = re.compile(
    r"\b(?:No|vs|e\.g|i\.e|approx|Dr|Mr|Ms|Mrs|Inc|Co|Ltd|St|etc|cf)\.", re.IGNORECASE
)
_ENDS_EN = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s|$)")
_QUOTED = re.compile(r"「[^「」]*」|『[^『』]*』|“[^“”]*”|\([^()]*\)|（[^（）]*）")


def blocked_words(text: Words, grade: Grade) -> tuple[Blocked, ...]:
    """Return every word a text must not use at its grade, in either language, each once."""
    found: dict[tuple[str, str], Blocked] = {}
    for language, said in (("ja", text.ja), ("en", text.en)):
        plain = normal(said)
        for one in FORBIDDEN:
            if _ORDER.index(grade) >= _ORDER.index(one.allowed_from):
                continue
            for word in _found(plain, one):
                found.setdefault(
                    (language, word), Blocked(word, language, one.allowed_from, one.why)
                )
    return tuple(found.values())


def _found(plain: str, one: Forbidden) -> list[str]:
    joined = "".join(plain.split())
    words = [word for word in one.ja if word in joined]
    expression = _expression(one)
    if expression is not None:
        words += expression.findall(plain)
    for pattern in one.patterns:
        words += re.findall(pattern, joined)
    for phrase in one.phrases:
        words += re.findall(phrase, plain)
    return words


@cache
def _expression(one: Forbidden) -> re.Pattern[str] | None:
    if not one.en:
        return None
    parts = sorted((_part(word) for word in one.en), key=len, reverse=True)
    return re.compile(rf"(?<![a-z])(?:{'|'.join(parts)})(?![a-z])")


def _part(word: str) -> str:
    stem = r"\s+".join(re.escape(piece) for piece in word.rstrip("*").split())
    return f"{stem}[a-z]*" if word.endswith("*") else stem


def sentences_in(text: str, language: str) -> int:
    """Count the sentences of a text; what stands in quotes or brackets belongs to its sentence."""
    total = 0
    for line in text.splitlines():
        bare = line
        while (next_bare := _QUOTED.sub("Q", bare)) != bare:
            bare = next_bare
        if language == "ja":
            pieces = _ENDS_JA.split(bare)
        else:
            pieces = _ENDS_EN.split(_ABBREVIATIONS.sub("abbreviated", bare))
        total += sum(bool(piece.strip()) for piece in pieces)
    return total


def first_sentence(text: Words) -> tuple[Words, Words]:
    """Return the first sentence of a text and what follows it, in both languages."""
    ja = re.match(r"(?:[^。「」]|「[^」]*」)*。?", text.ja)
    en = re.match(r"(?s).*?[.!?](?=\s+[A-Z0-9“]|\s*$)", text.en)
    ends = (ja.end() if ja else len(text.ja), en.end() if en else len(text.en))
    return (
        Words(text.ja[: ends[0]].strip(), text.en[: ends[1]].strip()),
        Words(text.ja[ends[0] :].strip(), text.en[ends[1] :].strip()),
    )


def is_one_sentence(text: Words) -> bool:
    """Say whether a text is exactly one sentence in both languages: one claim, one grade."""
    return sentences_in(text.ja, "ja") == 1 and sentences_in(text.en, "en") == 1
