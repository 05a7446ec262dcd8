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


class Aspect(StrEnum):
    """What of a figure stands at a place of a sentence."""

    SAID = "said"
    VALUE = "value"
    DAY = "day"
    NAME = "name"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Fill:
    """What stands at one place of a sentence: words as told, or something of a figure."""

    place: str
    told: Words | None = None
    figure: str = ""
    aspect: Aspect | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """How a sentence was drafted, so that it can be written again: its wording, what fills it."""

    wording: Words
    fills: tuple[Fill, ...] = ()


class EvidenceKind(StrEnum):
    """What a grade above counts and trends may rest on."""

    STUDY = "study"
    TRIAL = "trial"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The study, trial or money model behind a sentence; its grade follows from this alone.

    ``said`` is the estimate as it is printed, ``numbers`` the whole sentence that was drafted
    from it, ``passed`` how its checks came out, and ``rests_on`` the grade of what a money model
    takes its amounts from.
    """

    kind: EvidenceKind
    said: Words
    numbers: Words
    low: float | None = None
    high: float | None = None
    passed: tuple[bool, ...] = ()
    rests_on: Grade = Grade.E1

    @property
    def grade(self) -> Grade:
        """The grade it allows: without an interval chance is not known (domain.md 8.1, 8.2)."""
        if self.kind is EvidenceKind.MODEL:
            return self.rests_on
        if self.low is None or self.high is None:
            return Grade.E1
        best = Grade.E4 if self.kind is EvidenceKind.TRIAL else Grade.E3
        return best if self.passed and all(self.passed) else Grade.E2


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence with one grade; ``measures`` are the keys of the values it quotes.

    ``key`` names it within its brief, ``figures`` are the ids of the frozen values it quotes, and
    ``rows`` the measures (``measure`` or ``measure.part``) whose rows stand behind it. ``override``
    is a person's note on why a word above its grade may stand; it is printed with the claim.
    ``drafted`` is how it was written before anybody edited it, ``evidence`` the study behind it.
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
    drafted: Drafted | None = None
    evidence: Evidence | None = None


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


def drafted_from(wording: Words, values: Mapping[str, Words] = NO_VALUES) -> Drafted:
    """Return how a sentence is drafted from a wording and what fills its places."""
    return Drafted(wording, tuple(Fill(place, told) for place, told in values.items()))
