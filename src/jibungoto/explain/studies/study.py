"""A study: the estimate, its interval, the checks, and the grade they leave it (domain.md 8.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from jibungoto.explain.claims import Grade
from jibungoto.explain.studies import checks as check
from jibungoto.explain.studies.accounts import Laid
from jibungoto.explain.studies.changes import change, placebo, rise_before, trend
from jibungoto.explain.studies.checks import Check
from jibungoto.explain.studies.come_back import come_back, with_return
from jibungoto.explain.studies.contrasts import cohort_contrast, set_contrast
from jibungoto.explain.studies.intervals import Estimate, estimate
from jibungoto.explain.studies.lacks import lacks_of, left_out_of
from jibungoto.explain.studies.matching import Likeness, Matched, likeness, match
from jibungoto.explain.studies.panel import NEVER, Cut, Rows, rows_of
from jibungoto.explain.studies.registration import Edit, Method, Registration
from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    from jibungoto.explain.studies.panel import Floats


@dataclass(frozen=True, slots=True)
class Asked:
    """A registered question with its history; ``is_first`` where it came before the outcome."""

    registration: Registration
    is_first: bool = True
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Study:
    """What a study says; without ``estimate`` it says only what it lacks.

    ``naive`` is the plain gap between members and others after joining, ``everybody`` the change
    against every control; ``possible`` may only be a return to the mean, and the interval of
    ``estimate`` holds with and without it. ``joined`` are those it rests on, ``all_joined`` all
    accounts that joined.
    """

    asked: Asked
    lacks: tuple[Words, ...]
    left_out: tuple[Words, ...]
    joined: int = 0
    controls: int = 0
    estimate: Estimate | None = None
    naive: Estimate | None = None
    everybody: Estimate | None = None
    possible: float = 0.0
    likeness: tuple[Likeness, ...] = ()
    segments: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    grade: Grade | None = None
    cautions: tuple[Words, ...] = ()
    all_joined: int = 0

    @property
    def reasons(self) -> tuple[Words, ...]:
        """Return what lowered the grade."""
        return tuple(one.says for one in self.checks if not one.passed)


def studied(laid: Laid, asked: Asked) -> Study:
    """Answer a registered question from the panel of its outcome."""
    told = asked.registration
    rows, cut = rows_of(laid.panel, pre=told.pre, post=told.post)
    lacks = lacks_of(laid, cut, told=told)
    left_out = left_out_of(laid, cut)
    if not len(rows):
        return Study(asked, lacks, left_out)
    is_matched = told.method is Method.MATCHED
    matched = match(rows, ratio=told.ratio) if is_matched else None
    if matched is not None and len(matched.treated) < 2:
        return Study(asked, (*lacks, _NO_PAIRS), left_out)
    return _answered(rows, asked, matched=matched, around=(lacks, left_out, laid, cut))


TAILS, FEWEST_FOR_TAILS = 3.0, 8
"""From this excess kurtosis on, and this many accounts, changes are said to be skewed (D)."""
HEAVY_TAILS = Words(
    "桁違いに大きく動いたアカウントがあります。作ったデータで確かめたところ、このような偏りがあると、"
    "95%区間に真の値が入るのは100回のうち94回ほどです。区間の端は、少し広めに読んでください。",
    "A few accounts changed by far more than the others. On made-up data with such a skew, "
    "intervals of 95% hold the truth in some 94 of 100 runs. Read their ends a little wider.",
)
_NO_PAIRS = Words(
    "よく似た比較先が見つかりませんでした。期間を延ばすか、参加していないアカウントの成果も取り込んでください。",
    "No control is like those who joined. Widen the window, or bring in the outcome of more "
    "accounts that have not joined.",
)
_Around = tuple[tuple[Words, ...], tuple[Words, ...], Laid, Cut]


def _answered(rows: Rows, asked: Asked, *, matched: Matched | None, around: _Around) -> Study:
    lacks, left_out, laid, cut = around
    found = between(rows, change(rows), matched=matched)
    possible = 0.0
    if matched is not None:
        left_out = (*left_out, *_unmatched(rows, matched))
        possible = come_back(rows)
        found = with_return(found, possible)
    alike = likeness(rows, matched)
    joined, controls = sides(rows, matched)
    held = tuple(_checks(rows, asked, matched=matched))
    return Study(
        asked,
        lacks,
        left_out,
        joined=joined,
        controls=controls,
        estimate=found,
        naive=between(rows, rows.values[:, rows.pre :].mean(axis=1)),
        everybody=between(rows, change(rows)),
        possible=possible,
        likeness=tuple(alike),
        segments=laid.segments,
        checks=held,
        grade=grade_of(found, held),
        cautions=(HEAVY_TAILS,) if has_heavy_tails(rows) else (),
        all_joined=int((laid.panel.joined != NEVER).sum()),
    )


def has_heavy_tails(rows: Rows) -> bool:
    """Say whether a few changes are so far out that intervals hold the truth less often.

    Measured by the excess kurtosis of the changes within each side, 0 for a normal distribution.
    """
    from scipy.stats import kurtosis

    amounts = change(rows)
    for side in (rows.is_treated, ~rows.is_treated):
        here = amounts[side]
        if len(here) >= FEWEST_FOR_TAILS and np.ptp(here) > 0 and kurtosis(here) > TAILS:
            return True
    return False


def between(rows: Rows, amounts: Floats, *, matched: Matched | None = None) -> Estimate:
    """Return the difference in one amount: of matched sets, or of cohorts and all controls."""
    if matched is None:
        return estimate(cohort_contrast(rows, amounts))
    return estimate(set_contrast(rows, amounts, matched=matched))


def sides(rows: Rows, matched: Matched | None) -> tuple[int, int]:
    """Return how many accounts joined and how many controls are compared."""
    if matched is not None:
        return len(np.unique(matched.treated)), len(np.unique(rows.account[matched.control]))
    treated = rows.is_treated
    return int(treated.sum()), len(np.unique(rows.account[~treated]))


def _checks(rows: Rows, asked: Asked, *, matched: Matched | None) -> list[Check]:
    unit = asked.registration.unit
    held = [check.size(*sides(rows, matched))]
    if matched is not None:
        held.append(check.balance(likeness(rows, matched)))
    return [
        *held,
        check.trends(between(rows, trend(rows), matched=matched), unit),
        check.placebo(between(rows, placebo(rows), matched=matched), unit),
        check.rose_before(between(rows, rise_before(rows), matched=matched), unit),
        check.written_first(is_first=asked.is_first, edits=list(asked.edits)),
    ]


def grade_of(found: Estimate, held: Sequence[Check]) -> Grade | None:
    """Return E3 where every check holds, else E2; None where chance cannot be told at all."""
    if found.interval is None:
        return None
    return Grade.E3 if all(one.passed for one in held) else Grade.E2


def _unmatched(rows: Rows, matched: Matched) -> tuple[Words, ...]:
    alone = int(rows.is_treated.sum()) - len(np.unique(matched.treated))
    says = Words(
        "参加したアカウントのうち{n}社は、似た比較先がなく、推定に入っていません。",
        "Accounts that joined and have no control like them, left out of the estimate: {n}.",
    )
    return (says.filled(n=alone),) if alone else ()
