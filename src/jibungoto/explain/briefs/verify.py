"""Computes every figure of an issued brief again from what its package holds, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from jibungoto.explain.briefs.again import Again, again, alike, definition_in, replaced
from jibungoto.explain.briefs.brief import Brief
from jibungoto.explain.briefs.figures import Comparison, Figure, finding_of, shown_of
from jibungoto.explain.briefs.freeze import FIRST_FORMAT, JUDGED_SINCE, Frozen
from jibungoto.explain.briefs.package import Opened, opened
from jibungoto.explain.briefs.proving import (
    OLD_FORMATS,
    Proof,
    hides,
    not_recomputed,
    written_by_hand,
    wrong_cells,
    wrong_sentences,
)
from jibungoto.explain.briefs.rewriting import Known
from jibungoto.explain.briefs.standing_again import Judged, judged_lines, wrong_conditions
from jibungoto.explain.claims import Tone
from jibungoto.explain.printing import DASH
from jibungoto.explain.trends import compared, heads
from jibungoto.ledger.words import Words
from jibungoto.understand.catalogue import measure_of


class Outcome(StrEnum):
    """What came of computing one figure again."""

    EQUAL = "equal"
    DIFFERS = "differs"
    WITHHELD = "withheld"
    NO_VALUE = "no_value"

    @property
    def words(self) -> Words:
        """The outcome in words."""
        return OUTCOMES[self]


OUTCOMES: dict[Outcome, Words] = {
    Outcome.EQUAL: Words("一致", "equal"),
    Outcome.DIFFERS: Words("不一致", "NOT equal"),
    Outcome.WITHHELD: Words("非公開(少数)", "withheld (few people)"),
    Outcome.NO_VALUE: Words("値なし", "no value"),
}
WENT_OTHERWISE = Words(
    "「{figure}」の動きが、計算した向きと違います。",
    "The way “{figure}” went is not the one computed.",
)
SUM_DIFFERS = Words(
    "brief.json が SHA-256 の値と一致しません。書き換えられています。",
    "brief.json does not match its SHA-256: it was changed.",
)
NOT_AS_TOLD = Words(
    "発行した人が示した値({told})と、このファイルの値({digest})が違います。発行されたものではありません。",
    "The sum its issuer shows ({told}) is not the one of this file ({digest}): it is not what was "
    "issued.",
)
NOT_CANONICAL = Words(
    "brief.json が発行時の書き方ではありません。書き換えられています。",
    "brief.json is not written as it was issued: it was changed.",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: how it is printed in the brief, how it comes out now, and whether that agrees."""

    figure: str
    name: Words
    day: date
    said: Words
    now: Words
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every figure of a package, what else is wrong, and the sum of its JSON.

    ``not_recomputed`` names what the package holds no inputs of, ``by_hand`` the sentences that
    a person wrote: neither is wrong, and neither is computed. ``judged`` are the victory
    conditions, judged again.
    """

    community: str
    as_of: date
    lines: tuple[Line, ...]
    remarks: tuple[Words, ...]
    digest: str
    not_recomputed: tuple[Words, ...] = ()
    by_hand: tuple[Words, ...] = ()
    made_by: str = ""
    judged: tuple[Judged, ...] = ()

    @property
    def is_sound(self) -> bool:
        """True if every figure came out as it stands and nothing else is wrong."""
        figures = all(one.outcome is not Outcome.DIFFERS for one in self.lines)
        return (
            figures and not self.remarks and all(one.is_equal is not False for one in self.judged)
        )


def verify(raw: bytes, *, told: str = "") -> Verdict:
    """Compute every figure of a package again; ``told`` is the sum its issuer shows, if known.

    Problems of the file itself are raised: ``DamagedExport``, ``EncryptedExport``,
    ``UnsafeExport`` or ``NotAnExport``.
    """
    package = opened(raw)
    kept = package.frozen
    brief = kept.brief
    now = {one.key: again(one, kept) for one in brief.figures}
    lines = tuple(_line(one, now[one.key], brief=brief) for one in brief.figures)
    wrong = frozenset(one.figure for one in lines if one.outcome is Outcome.DIFFERS)
    proof = Proof(
        brief,
        Known.of(brief),
        wrong,
        is_drafted=kept.format > FIRST_FORMAT,
        is_judged=kept.format >= JUDGED_SINCE,
    )
    words = OLD_FORMATS.get(kept.format)
    old = () if words is None else (words.filled(format=kept.format, product=kept.product),)
    return Verdict(
        community=brief.community,
        as_of=brief.as_of,
        lines=lines,
        remarks=(
            *_of_file(package, told),
            *_of_comparisons(proof),
            *dict.fromkeys(wrong_sentences(proof)),
            *wrong_cells(proof),
            *(wrong_conditions(brief) if proof.is_judged else ()),
        ),
        digest=package.digest,
        not_recomputed=(*old, *not_recomputed(brief)),
        by_hand=written_by_hand(brief),
        made_by=kept.product,
        judged=judged_lines(brief),
    )


def uncomputed(kept: Frozen) -> tuple[Words, ...]:
    """Return the names of figures that have a value and that nobody could compute again."""
    found = [
        _name(one, kept.brief)
        for one in kept.brief.figures
        if one.value is not None and one.withheld is None and again(one, kept) is None
    ]
    return tuple(dict.fromkeys(found))


def with_own_intervals(kept: Frozen) -> Frozen:
    """Return what is about to be issued with intervals as they are computed today.

    Answers kept by an older version of the product may hold them to another last digit.
    """
    figures = []
    for figure in kept.brief.figures:
        now = again(figure, kept) if figure.inputs.sample else None
        if now is not None and alike(figure.value, now.value) and figure.n == now.n:
            figures.append(replaced(figure, now))
        else:
            figures.append(figure)
    return replace(kept, brief=replace(kept.brief, figures=tuple(figures)))


def _of_file(package: Opened, told: str) -> Iterator[Words]:
    if not package.is_sum_right:
        yield SUM_DIFFERS
    if told and "".join(told.split()).casefold() != package.digest:
        yield NOT_AS_TOLD.filled(told=told.strip(), digest=package.digest)
    if not package.is_canonical:
        yield NOT_CANONICAL


def _line(figure: Figure, now: Again | None, *, brief: Brief) -> Line:
    outcome = _outcome(figure, now)
    said, printed = shown_of(figure).said, DASH
    if outcome in (Outcome.EQUAL, Outcome.DIFFERS) and now is not None:
        printed = shown_of(replaced(figure, now)).said
    if outcome is Outcome.DIFFERS:
        said, printed = _exact(said, figure), _exact(printed, replaced(figure, now), is_now=now)
    return Line(
        figure=figure.key,
        name=_name(figure, brief),
        day=figure.as_of,
        said=said,
        now=printed,
        outcome=outcome,
    )


def _exact(said: Words, figure: Figure, *, is_now: Again | None = None) -> Words:
    """Return how a figure is printed, with the very numbers behind it."""
    if figure.value is None or said == DASH:
        return said
    ends = "" if figure.low is None else f" [{figure.low!r}, {figure.high!r}]"
    n = is_now.n if is_now is not None else figure.n
    exact = f"{figure.value!r}{ends}" + (f", n = {n}" if n is not None else "")
    return Words(f"{said.ja} = {exact}", f"{said.en} = {exact}")


def _outcome(figure: Figure, now: Again | None) -> Outcome:
    if figure.withheld is not None:
        is_hidden = figure.value is None and hides(figure.withheld)
        return Outcome.WITHHELD if is_hidden else Outcome.DIFFERS
    if figure.value is None:
        return Outcome.NO_VALUE if figure.low is None and figure.n is None else Outcome.DIFFERS
    if now is None or not alike(figure.value, now.value):
        return Outcome.DIFFERS
    low = now.interval.low if now.interval else None
    high = now.interval.high if now.interval else None
    is_same = alike(figure.low, low) and alike(figure.high, high)
    is_same = is_same and (figure.n is None or figure.n == now.n)
    return Outcome.EQUAL if is_same else Outcome.DIFFERS


def _name(figure: Figure, brief: Brief) -> Words:
    definition = definition_in(brief, figure.measure)
    return definition.name if definition is not None else Words(figure.measure, figure.measure)


def _of_comparisons(proof: Proof) -> Iterator[Words]:
    """Yield what is said to have gone another way than its values do."""
    for one in proof.brief.comparisons:
        if not {one.now, one.before} & proof.wrong and not _went_so(one, proof):
            yield WENT_OTHERWISE.filled(figure=one.now)


def _went_so(one: Comparison, proof: Proof) -> bool:
    figures = proof.known.figures
    now, before = figures.get(one.now), figures.get(one.before)
    if now is None or before is None:
        return False
    definition = definition_in(proof.brief, now.measure)
    if now.withheld is not None or before.withheld is not None or definition is None:
        return definition is not None
    way, _ = compared(finding_of(now), finding_of(before), kind=definition.interval)
    return way is one.way and one.tone is _tone(now, before)


def _tone(now: Figure, before: Figure) -> Tone:
    measure = measure_of(now.measure)
    if measure is None or now.value is None or before.value is None:
        return Tone.NEITHER
    return heads(measure, now.value - before.value)
