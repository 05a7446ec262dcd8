"""Claims, their grades, and the words each grade allows (domain.md 8.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words


class Grade(StrEnum):
    """How strong the evidence behind a sentence is; printed beside it."""

    E0 = "E0"
    E1 = "E1"
    E2 = "E2"
    E3 = "E3"
    E4 = "E4"

    @property
    def words(self) -> Words:
        """What the grade stands for."""
        return GRADE_WORDS[self]


GRADE_WORDS: dict[Grade, Words] = {
    Grade.E0: Words("声・事例", "a voice, an anecdote"),
    Grade.E1: Words("件数・推移", "a count or a trend"),
    Grade.E2: Words("集団どうしの比較", "a comparison of groups"),
    Grade.E3: Words("条件をそろえた推定", "a matched estimate"),
    Grade.E4: Words("無作為に分けた比較", "a randomised comparison"),
}

CAUSAL_JA = (
    "によって",
    "により",
    "おかげ",
    "効果",
    "貢献額",
    "原因",
    "要因",
    "影響",
    "の結果として",
    "をもたらし",
)
CAUSAL_EN = (
    "because",
    "due to",
    "thanks to",
    "owing to",
    "as a result",
    "resulted in",
    "led to",
    "caused",
    "causes",
    "drove",
    "drives",
    "driven",
    "lift",
    "impact",
    "effect",
    "effects",
    "effective",
)
"""Words that say why something happened; a count or a trend cannot know."""

_CAUSAL = re.compile("|".join(CAUSAL_JA) + r"|\b(?:" + "|".join(CAUSAL_EN) + r")\b", re.IGNORECASE)
_UP_TO_TRENDS = (Grade.E0, Grade.E1)
NO_VALUES: Mapping[str, Words] = {}


def causal_words_in(text: str) -> list[str]:
    """Return the words of a text that a count or a trend must not use, as they stand there."""
    return _CAUSAL.findall(text)


class Tone(StrEnum):
    """Whether a change is for the better, for the worse, or neither."""

    BETTER = "better"
    WORSE = "worse"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence with one grade; ``measures`` are the keys of the values it quotes.

    ``key`` names it within its brief, ``figures`` are the ids of the frozen values it quotes, and
    ``rows`` the measures (``measure`` or ``measure.part``) whose rows stand behind it. ``override``
    is a person's note on why a word above its grade may stand; it is printed with the claim.
    """

    text: Words
    grade: Grade
    measures: tuple[str, ...] = ()
    tone: Tone = Tone.NEITHER
    key: str = ""
    figures: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    caveats: tuple[Words, ...] = ()
    override: str = ""
    is_edited: bool = False


def claim(
    wording: Words,
    values: Mapping[str, Words] = NO_VALUES,
    *,
    grade: Grade = Grade.E1,
    measures: tuple[str, ...] = (),
    tone: Tone = Tone.NEITHER,
) -> Claim:
    """Make a claim, its ``{placeholders}`` filled with each language's own words.

    InvalidChoice if the wording says more than its grade knows; names and numbers that are
    filled in are not wording.
    """
    if grade in _UP_TO_TRENDS:
        found = causal_words_in(wording.ja) + causal_words_in(wording.en)
        if found:
            raise InvalidChoice(
                Words(
                    "根拠の段階{grade}では使えない言葉があります: {found}",
                    "Grade {grade} does not allow these words: {found}",
                ).filled(grade=grade.value, found=", ".join(found)),
                Words("件数と推移だけで書いてください。", "Say the count and its change, no more."),
            )
    text = Words(
        ja=wording.ja.format(**{name: value.ja for name, value in values.items()}),
        en=wording.en.format(**{name: value.en for name, value in values.items()}),
    )
    return Claim(text=text, grade=grade, measures=measures, tone=tone)
