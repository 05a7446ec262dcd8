"""A randomised comparison: who is drawn, what comes of it, and what lowers its grade (8.1, E4)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from jibungoto.explain.claims import Grade
from jibungoto.explain.studies.checks import Check
from jibungoto.explain.studies.intervals import SEED, Estimate
from jibungoto.ledger.finding import Interval
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.understand.intervals import newcombe

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FEWEST, MOST_DAYS, LEAST_DAYS = 20, 365, 7
"""People a draw needs at all, and for how many days an outcome may be counted."""
ENOUGH = 30
"""People there must be on each side for the grade (as for E3)."""
UNLIKE = 0.25
"""Standardised difference before the draw from which both sides no longer count as alike (D)."""
MOST_LOST, MOST_APART = 0.2, 0.1
"""Share whose outcome is unknown, over all and between the sides, up to which it holds (D)."""
RESAMPLES = 4_999
LONGEST = 200


class Outcome(StrEnum):
    """What is counted of each person in the days after the draw."""

    SPOKE = "spoke"
    CAME = "came"
    CONTRIBUTED = "contributed"
    STARTED = "started"
    DAYS = "days"

    @property
    def words(self) -> Words:
        """What it is called."""
        return OUTCOMES[self]

    @property
    def is_share(self) -> bool:
        """Say whether each person has it or not, so that shares are compared."""
        return self is not Outcome.DAYS


OUTCOMES: dict[Outcome, Words] = {
    Outcome.SPOKE: Words("発言した人の割合", "share who spoke"),
    Outcome.CAME: Words("イベントに参加した人の割合", "share who came to an event"),
    Outcome.CONTRIBUTED: Words("貢献した人の割合", "share who contributed"),
    Outcome.STARTED: Words("何かを始めた人の割合", "share who started something"),
    Outcome.DAYS: Words("活動した日数の平均", "mean number of days active"),
}


class Side(StrEnum):
    """Who gets it, and who is held out."""

    TREATED = "treated"
    HELD = "held"

    @property
    def words(self) -> Words:
        """What the side is called."""
        return SIDES[self]


SIDES = {
    Side.TREATED: Words("働きかける側", "gets it"),
    Side.HELD: Words("働きかけない側", "held out"),
}


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked, written down before anybody is drawn.

    ``pool`` is the key of a segment, ``deed`` what one side gets and the other does not.
    """

    objective: str
    deed: str
    pool: str
    pool_name: str
    outcome: Outcome
    days: int


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """One person of a draw: their number, what they did before, and on which side they are."""

    person: int
    before: float
    side: Side


class Draw(msgspec.Struct, frozen=True, kw_only=True):
    """A whole draw: the seed from which it follows, and everybody in it, by number."""

    seed: int
    people: tuple[Drawn, ...]


def asked(question: Question) -> Question:
    """Return the question if it can be asked; raises InvalidChoice with the next step."""
    for name, text in ((_OBJECTIVE, question.objective), (_DEED, question.deed)):
        if not 1 <= len(text.strip()) <= LONGEST:
            raise InvalidChoice(_unfit(name), _WRITE.filled(most=LONGEST))
    if not LEAST_DAYS <= question.days <= MOST_DAYS:
        raise InvalidChoice(_unfit(_DAYS), _AMONG.filled(low=LEAST_DAYS, high=MOST_DAYS))
    return question


def _unfit(name: Words) -> Words:
    return Words(_UNFIT.ja.format(name=name.ja), _UNFIT.en.format(name=name.en))


_OBJECTIVE, _DEED = (
    Words("知りたいこと", "What you want to know"),
    Words("すること", "What is done"),
)
_DAYS = Words("数える日数", "The days counted")
_UNFIT = Words("「{name}」が問いに合いません。", "“{name}” does not fit this question.")
_WRITE = Words("{most}文字までで書いてください。", "Write something, up to {most} characters.")
_AMONG = Words("{low}から{high}までの数を入れてください。", "Enter a number from {low} to {high}.")
_TOO_FEW = Words("くじを引ける人が{n}人しかいません。", "There are only {n} people to draw from.")
_WIDER = Words(
    "{least}人以上が当てはまるセグメントを選んでください。根拠の段階E4には、1つの側に{enough}人が必要です。",
    "Choose a segment of {least} people or more. Grade E4 needs {enough} on each side.",
)


def drawn(before: Mapping[int, float], *, seed: int) -> Draw:
    """Draw lots: half of those who had acted before and half of the others get it.

    Each person's lot is a hash of the seed and their number, so that anybody can draw again.
    """
    if len(before) < FEWEST:
        raise InvalidChoice(
            _TOO_FEW.filled(n=len(before)), _WIDER.filled(least=FEWEST, enough=ENOUGH)
        )
    sides: dict[int, Side] = {}
    for has_acted in (True, False):
        lots = sorted(
            (person for person, amount in before.items() if (amount > 0) is has_acted),
            key=lambda person: _lot(seed, person),
        )
        odd = len(sides) % 2  # who is left over in one half makes up for the other
        for place, person in enumerate(lots):
            sides[person] = Side.TREATED if (place + odd) % 2 == 0 else Side.HELD
    return Draw(
        seed=seed,
        people=tuple(
            Drawn(person=person, before=before[person], side=sides[person])
            for person in sorted(before)
        ),
    )


def _lot(seed: int, person: int) -> str:
    return hashlib.sha256(f"{seed}:{person}".encode()).hexdigest()


def digest_of(question: Question, draw: Draw) -> str:
    """Return the SHA-256 of what was asked and drawn, in the one way in which it is written."""
    return hashlib.sha256(msgspec.json.encode([question, draw], order="sorted")).hexdigest()


def is_as_drawn(question: Question, draw: Draw, *, digest: str) -> bool:
    """Say whether question and sides are those of the day of the draw, and follow from the seed."""
    before = {one.person: one.before for one in draw.people}
    return digest_of(question, draw) == digest and drawn(before, seed=draw.seed) == draw


@dataclass(frozen=True, slots=True)
class Trial:
    """What a randomised comparison says; without ``estimate`` its days are not over.

    ``treated`` and ``held`` count the people whose outcome is known; ``chance`` is how often
    drawing again would give a difference as large (the permutation test).
    """

    question: Question
    treated: int
    held: int
    lost: int
    estimate: Estimate | None = None
    means: tuple[float, float] = (0.0, 0.0)
    chance: float | None = None
    checks: tuple[Check, ...] = ()
    grade: Grade | None = None


def answered(
    question: Question, draw: Draw, *, digest: str, outcomes: Mapping[int, float] | None
) -> Trial:
    """Answer a question by the sides people were drawn for, whatever became of it (8.1).

    ``outcomes`` are None before the days are over; who is missing from them is lost.
    """
    sides = {side: [one for one in draw.people if one.side is side] for side in Side}
    sizes = {side: len(people) for side, people in sides.items()}
    if outcomes is None:
        return Trial(question, sizes[Side.TREATED], sizes[Side.HELD], 0)
    told = {
        side: [outcomes[one.person] for one in people if one.person in outcomes]
        for side, people in sides.items()
    }
    first, other = told[Side.TREATED], told[Side.HELD]
    found = _difference(first, other, is_share=question.outcome.is_share)
    chance = _chance(first, other) if found is not None else None
    checks = (
        _size(len(first), len(other)),
        _unchanged(is_as_drawn(question, draw, digest=digest)),
        _balance(sides),
        _attrition(sizes, told),
        *(_permuted(found, chance) if found is not None else ()),
    )
    grade = None
    if found is not None and found.interval is not None:
        grade = Grade.E4 if all(one.passed for one in checks) else Grade.E2
    return Trial(
        question,
        len(first),
        len(other),
        sum(sizes.values()) - len(first) - len(other),
        found,
        (_mean(first), _mean(other)),
        chance,
        checks,
        grade,
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _difference(
    first: Sequence[float], other: Sequence[float], *, is_share: bool
) -> Estimate | None:
    """Return the difference in means: of shares with Newcombe's interval, else with Welch's."""
    if len(first) < 2 or len(other) < 2:
        return None
    gap = _mean(first) - _mean(other)
    if is_share:
        around = newcombe((round(sum(first)), len(first)), (round(sum(other)), len(other)))
        return Estimate(gap, (around.high - around.low) / 3.92, around)
    from scipy.stats import ttest_ind

    if len({*first}) == 1 and len({*other}) == 1:
        return Estimate(gap, 0.0, None)
    found = ttest_ind(first, other, equal_var=False)
    spread = found.confidence_interval(0.95)
    around = Interval(float(spread.low), float(spread.high))
    return Estimate(gap, (around.high - around.low) / 3.92, around)


def _chance(first: Sequence[float], other: Sequence[float]) -> float:
    """Return the two-sided p of a permutation test of the difference in means."""
    import numpy as np
    from scipy.stats import permutation_test

    def gap(one: Floats, two: Floats, *, axis: int = -1) -> Floats:
        answer: Floats = one.mean(axis=axis) - two.mean(axis=axis)
        return answer

    found = permutation_test(
        (np.array(first, dtype=float), np.array(other, dtype=float)),
        gap,
        vectorized=True,
        n_resamples=RESAMPLES,
        random_state=np.random.default_rng(SEED),
    )
    return float(found.pvalue)


def _size(first: int, other: int) -> Check:
    says = Words(
        "結果が分かる人は{first}人と{other}人です(30人ずつ必要)。",
        "People with an outcome: {first} and {other} (30 of each are needed).",
    )
    name = Words("数が足りる", "Enough people")
    passed = first >= ENOUGH and other >= ENOUGH
    return Check("size", name, passed, says.filled(first=first, other=other))


def _unchanged(is_same: bool) -> Check:
    says = (
        Words(
            "問いと振り分けは、くじを引いた日のままです。",
            "Question and sides are those of the day of the draw.",
        )
        if is_same
        else Words(
            "問いか振り分けが、くじを引いた日のものと違います。",
            "The question or the sides are not those of the day of the draw.",
        )
    )
    return Check("unchanged", Words("振り分けが元のまま", "Drawn, and left so"), is_same, says)


def _balance(sides: Mapping[Side, Sequence[Drawn]]) -> Check:
    """Check that both sides did alike before: less than a quarter of a standard deviation apart."""
    import numpy as np

    first, other = ([one.before for one in sides[side]] for side in Side)
    spread = float(np.sqrt((np.var(first, ddof=1) + np.var(other, ddof=1)) / 2))
    apart = abs(_mean(first) - _mean(other)) / spread if spread > 0 else 0.0
    says = Words(
        "くじの前の活動日数の違いは、標準偏差の{apart}倍です(0.25未満が必要)。",
        "Days active before the draw differ by {apart} standard deviations (below 0.25 needed).",
    )
    name = Words("くじの前の姿が似ている", "Alike before the draw")
    return Check("balance", name, apart < UNLIKE, says.filled(apart=f"{apart:.2f}"))


def _attrition(sizes: Mapping[Side, int], told: Mapping[Side, Sequence[float]]) -> Check:
    """Check that few outcomes are lost, and about as many on either side."""
    lost = {side: 1 - len(told[side]) / sizes[side] for side in Side}
    everybody = sum(sizes.values())
    overall = 1 - sum(map(len, told.values())) / everybody
    apart = abs(lost[Side.TREATED] - lost[Side.HELD])
    says = Words(
        "結果が分からない人は全体の{overall}%で、両側の差は{apart}ポイントです(20%以下、10ポイント以下が必要)。",
        "Outcomes lost: {overall}% over all, {apart} points apart between the sides (at most 20% "
        "and 10 points).",
    )
    shown = says.filled(overall=f"{overall * 100:.0f}", apart=f"{apart * 100:.0f}")
    passed = overall <= MOST_LOST and apart <= MOST_APART
    return Check("attrition", Words("抜けた人が少ない", "Few are lost"), passed, shown)


def _permuted(found: Estimate, chance: float | None) -> tuple[Check, ...]:
    """Check that drawing again says the same as the interval: both find something, or neither."""
    if chance is None:
        return ()
    says = Words(
        "くじを引き直した並べ替え検定では p = {p} です。区間の結論と同じであることが必要です。",
        "Drawing again (permutation test) gives p = {p}; it must say the same as the interval.",
    )
    name = Words("並べ替えても同じ", "Same when drawn again")
    passed = (chance < 0.05) is found.excludes_zero
    return (Check("permutation", name, passed, says.filled(p=f"{chance:.3f}")),)
