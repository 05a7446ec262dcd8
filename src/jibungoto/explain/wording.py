"""What each grade may say: the words it must not use, how it is worded, one sentence a claim."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from jibungoto.explain.claims import CAUSAL_EN, CAUSAL_JA, Grade
from jibungoto.ledger.words import Words


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Words that say more than a grade knows; ``allowed_from`` is the first grade that may.

    ``en`` are words or phrases found whole, a trailing ``*`` stands for any ending; ``ja`` are
    found anywhere. ``patterns`` are found in either language, spaces left out; ``phrases`` with
    their spaces.
    """

    why: Words
    allowed_from: Grade
    ja: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blocked:
    """One word of a text that its grade must not use, and from which grade on one may."""

    word: str
    language: str
    allowed_from: Grade
    why: Words


_NUMBERED = (
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty "
    "seventy eighty ninety dozen* hundred* thousand* million* half percent most majority"
)
_KANJI_NUMBER = r"[一二三四五六七八九十百千万]+(?:人|名|件|割|倍|回|社|%)"
_MADE_JA = (
    *("増やし", "増やす", "増やせ", "減らし", "減らす", "減らせ", "伸ばし", "伸ばす", "伸ばせ"),
    *("向上させ", "増加させ", "減少させ", "改善させ", "生み出", "もたらし", "もたらす"),
    *("貢献し", "貢献す", "貢献でき", "成果を生", "成果を出"),
)
"""Stems of verbs by which somebody makes a number change; 増える and 上がる do not say who did."""
_MADE_EN = (
    *("contribute", "contributes", "contributed", "contribution to", "contributions to"),
    *("contributing to", "attribute", "attributes", "attributed", "attributable", "attribution"),
    *("generate", "generates", "generated", "generating", "reduce", "reduces", "reduced"),
    *("reducing", "raise", "raises", "raised", "raising", "produce", "produces", "produced"),
    *("producing", "resulting in", "brought about"),
)
_MADE_PHRASES = (
    r"\bma(?:kes?|de|king)\b[^.]{1,60}?\b(?:grow|rise|fall|drop|climb|(?:in|de)crease|go up|"
    r"go down)\b",
    r"\b(?:increas|decreas|improv|enhanc)(?:ed|es|ing)\s+(?!(?:from|to|by|in|on|at|since|between|"
    r"with|within|and|or|but|over|under|for|after|before|during|until|than|while|when|as|again|"
    r"compared|more|less|most|only|a little|a lot|[a-z]+ly)\b)[a-z]+",
)
"""Numbers that increased may be told; to have increased something says who did it."""
FORBIDDEN: tuple[Forbidden, ...] = (
    Forbidden(
        Words("声や事例から数は言えません。", "A voice or an anecdote knows no numbers."),
        Grade.E1,
        ja=("割合", "大半", "ほとんど", "過半数", "全員", "半数"),
        en=tuple(_NUMBERED.split()),
        patterns=(r"[0-9]+", _KANJI_NUMBER),
    ),
    Forbidden(
        Words(
            "集団を比べた結果でなければ、関連は言えません。",
            "Only a comparison of groups can speak of an association.",
        ),
        Grade.E2,
        ja=("相関", "関連がある", "関連が見られ", "連動して"),
        en=("associated with", "association with", "correlat*", "linked to"),
    ),
    Forbidden(
        Words(
            "件数・推移や集団の比較から、理由は言えません。",
            "Counts, trends and comparisons of groups do not say why.",
        ),
        Grade.E3,
        ja=(*CAUSAL_JA, "に因り", "に因って", "引き起こ", "につなが", "ゆえに"),
        en=(*CAUSAL_EN, "therefore", "leads to", "results in", "on account of"),
    ),
    Forbidden(
        Words(
            "条件をそろえた推定より前に、成果の大きさは言えません。",
            "How much something achieved needs at least a matched estimate.",
        ),
        Grade.E3,
        ja=("貢献した額", "寄与額", "寄与し", "押し上げ", *_MADE_JA),
        en=(
            *("lift*", "uplift*", "drive", "boost*", "impact*", "effective*", "incremental*"),
            *_MADE_EN,
        ),
        patterns=(r"高め(?:た|まし|ます|る|て|、|られ)",),
        phrases=_MADE_PHRASES,
    ),
    Forbidden(
        Words("条件をそろえた推定ではありません。", "It is no matched estimate."),
        Grade.E3,
        ja=("推定", "条件をそろえ"),
        en=("estimate", "estimated", "estimates", "matched", "difference in differences"),
    ),
    Forbidden(
        Words("無作為に分けた比較ではありません。", "It is no randomised comparison."),
        Grade.E4,
        ja=("無作為", "ランダム化"),
        en=("randomi*", "randomly assigned", "hold-out", "natural experiment"),
    ),
    Forbidden(
        Words("この根拠で、言い切ることはできません。", "The evidence is no ground for certainty."),
        Grade.E4,
        ja=("必ず", "確実に", "間違いなく", "絶対", "証明", "明らかに", "断言"),
        en=(
            *("certain", "certainly", "definite*", "undoubted*", "without doubt", "prove*"),
            *("proof", "guarantee*", "clearly", "obvious*", "always"),
        ),
    ),
)
"""Domain.md 8.1 as lists: below ``allowed_from`` a word needs a note of the person who writes."""

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
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATES = re.compile(
    r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日"
    r"|\d{4}-\d{2}-\d{2}|\d{4}/\d{1,2}/\d{1,2}"
    rf"|\d{{1,2}} {_MONTH}(?: \d{{4}})?|{_MONTH} \d{{1,2}}(?:, \d{{4}})?|{_MONTH} \d{{4}}"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*%?")


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


def normal(text: str) -> str:
    """Return a text as words are looked for: one width, one case, nothing invisible."""
    composed = unicodedata.normalize("NFKC", text)
    seen = (each for each in composed if unicodedata.category(each) not in ("Cf", "Mn"))
    return unicodedata.normalize("NFKC", "".join(seen)).casefold()


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


def typed_numbers(text: str, told: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers of a text that are in none of the printed values, nor in a date.

    Numbers in kanji count as much, where they stand before what is counted.
    """
    known = {number for each in told for number in _numbers(normal(each))}
    plain = _DATES.sub(" ", normal(text))
    return tuple(n for n in dict.fromkeys(_numbers(plain)) if n not in known)


def _numbers(plain: str) -> list[str]:
    return [*_NUMBER.findall(plain), *re.findall(_KANJI_NUMBER, "".join(plain.split()))]


def names_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of a list that a text mentions; names of one letter cannot be told."""
    plain = normal(text)
    found = []
    for name in names:
        looked_for = normal(name).strip()
        if len(looked_for) < 2 or looked_for not in plain:
            continue
        if looked_for.isascii() and not _stands_alone(looked_for, plain):
            continue
        found.append(name)
    return tuple(dict.fromkeys(found))


def _stands_alone(name: str, plain: str) -> bool:
    return re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", plain) is not None
