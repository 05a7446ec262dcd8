"""What has to hold before an estimate may be called one; what fails lowers its grade."""

from __future__ import annotations

from dataclasses import dataclass

from jibungoto.explain.studies.intervals import Estimate
from jibungoto.explain.studies.matching import Likeness
from jibungoto.explain.studies.printing import between, gap
from jibungoto.explain.studies.registration import Edit, Unit, late
from jibungoto.ledger.words import Words

LIKE_ENOUGH = 0.1
"""Standardised differences below this count as balanced (domain.md 8.2)."""
ENOUGH = 30
"""Accounts there must be on each side."""


@dataclass(frozen=True, slots=True)
class Check:
    """One condition: its name, whether it holds, and what was found."""

    key: str
    name: Words
    passed: bool
    says: Words


def size(joined: int, controls: int) -> Check:
    """Check that there are 30 accounts on each side."""
    says = Words(
        "比べられたアカウントは、参加した側が{joined}社、比較する側が{controls}社です(30社ずつ必要)。",
        "Compared: {joined} accounts that joined, {controls} controls (30 of each are needed).",
    )
    return Check(
        "size",
        Words("数が足りる", "Enough accounts"),
        joined >= ENOUGH and controls >= ENOUGH,
        says.filled(joined=joined, controls=controls),
    )


def balance(found: list[Likeness]) -> Check:
    """Check that matched sides differ by less than a tenth of a standard deviation in anything."""
    worst = max((abs(one.after) for one in found), default=0.0)
    says = Words(
        "組にした後の最も大きな違いは、標準偏差の{worst}倍です(0.1未満が必要)。",
        "After matching, the largest difference is {worst} standard deviations (below 0.1 needed).",
    )
    return Check(
        "balance",
        Words("参加前の姿が似ている", "Alike before joining"),
        worst < LIKE_ENOUGH,
        says.filled(worst=f"{worst:.2f}" if worst < 100 else "∞"),
    )


def trends(found: Estimate, unit: Unit) -> Check:
    """Check that both sides moved alike before joining."""
    says = Words(
        "参加前の1期あたりの動きの差は{gap}(95%区間{spread})です。区間に0が入ることが必要です。",
        "Before joining, the sides drifted apart by {gap} a period (95% interval {spread}); "
        "the interval must contain 0.",
    )
    name = Words("参加前の動きが平行", "Parallel before joining")
    return _contains_zero("trends", name, says=says, found=found, unit=unit)


def placebo(found: Estimate, unit: Unit) -> Check:
    """Check that nothing shows at a date two periods before joining."""
    says = Words(
        "何も起きていない2期前の日付で同じ計算をすると{gap}(95%区間{spread})です。"
        "区間に0が入ることが必要です。",
        "The same sum at a date two periods earlier, when nothing had happened: {gap} "
        "(95% interval {spread}); the interval must contain 0.",
    )
    name = Words("仮の日付では差が出ない", "Nothing at a placebo date")
    return _contains_zero("placebo", name, says=says, found=found, unit=unit)


def rose_before(found: Estimate, unit: Unit) -> Check:
    """Check for reverse causality: whether the outcome had risen before joining."""
    says = Words(
        "参加の直前に、参加した側の成果は他より{gap}動いていました(95%区間{spread})。"
        "区間に0が入らないなら、成果が先に動いてから参加したことになります。",
        "Just before joining, the outcome of those who joined had moved by {gap} against the "
        "others (95% interval {spread}). Without 0 in the interval, it moved first and joining "
        "came after.",
    )
    name = Words("成果が先に動いていない", "The outcome did not move first")
    return _contains_zero("before", name, says=says, found=found, unit=unit)


def written_first(*, is_first: bool, edits: list[Edit]) -> Check:
    """Check that the question was kept before the outcome came in, and was left as it was."""
    changed = late(edits)
    name = Words("問いを先に登録した", "The question came first")
    if not is_first:
        says = Words(
            "成果のデータが入った後に、この問いが登録されました。",
            "This question was registered after the outcome had come in.",
        )
        return Check("first", name, False, says)
    if changed:
        says = Words(
            "成果のデータが入った後に、問いが{n}か所変えられました。",
            "Changed after the outcome had come in: {n} fields of the question.",
        )
        return Check("first", name, False, says.filled(n=len(changed)))
    says = Words(
        "成果のデータが入る前に登録され、その後変わっていません。",
        "Registered before the outcome came in, and not changed since.",
    )
    return Check("first", name, True, says)


def _contains_zero(key: str, name: Words, *, says: Words, found: Estimate, unit: Unit) -> Check:
    passed = found.contains_zero or (found.interval is None and found.value == 0)
    told = _filled(says, gap=gap(found.value, unit), spread=between(found.interval, unit))
    return Check(key, name, passed, told)


def _filled(words: Words, **values: Words) -> Words:
    return Words(
        ja=words.ja.format(**{name: one.ja for name, one in values.items()}),
        en=words.en.format(**{name: one.en for name, one in values.items()}),
    )
