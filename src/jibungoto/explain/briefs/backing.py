"""What stands behind a sentence a person wrote: its own figures, its own numbers, its grade."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jibungoto.explain.briefs.brief import Brief, Head
from jibungoto.explain.briefs.figures import Figure, shown_of
from jibungoto.explain.briefs.quoting import prints, quotes
from jibungoto.explain.briefs.rewriting import Known, rewritten
from jibungoto.explain.claims import Aspect, Claim, Evidence, Grade
from jibungoto.explain.numbers_said import numbers_in, typed_numbers
from jibungoto.explain.plain import normal
from jibungoto.explain.wordings import ASK
from jibungoto.ledger.words import Words
from jibungoto.understand.measure import Unit

WISHES = frozenset({Head.ASK, Head.NEXT, Head.DECISION})
"""What is asked for is no finding: its numbers are the writer's, with a note."""
_ORDER = tuple(Grade)
_LEVEL = "95%"


def tied(claim: Claim, brief: Brief) -> Claim:
    """Return a claim tied to the figures and to the evidence that its words speak of."""
    figures = tuple(
        key for one in brief.figures if _speaks_of(claim, one, brief=brief) for key in (one.key,)
    )
    held = dict.fromkeys((*(key for key in claim.figures if key in figures), *figures))
    return replace(claim, figures=tuple(held), evidence=_evidence(claim, brief))


def _speaks_of(claim: Claim, figure: Figure, *, brief: Brief) -> bool:
    """Say whether a text prints a figure and names it, or was tied to it before."""
    shown = shown_of(figure)
    if shown.why is not None:
        return figure.key in claim.figures
    if not quotes(claim.text, figure):
        return False
    if figure.key in claim.figures:
        return True
    if prints(claim.text, shown.said) and len(numbers_in(shown.said.en)) > 1:
        return True
    name = Known.of(brief).words(figure.key, Aspect.NAME)
    return name is not None and _names(claim.text, name)


def _names(text: Words, name: Words) -> bool:
    return normal(name.ja) in normal(text.ja) and normal(name.en) in normal(text.en)


def _evidence(claim: Claim, brief: Brief) -> Evidence | None:
    """Return the evidence whose estimate a text prints in both languages."""
    own = (claim.evidence,) if claim.evidence is not None else ()
    others = (one.evidence for one in brief.claims() if one.evidence is not None)
    return next((one for one in (*own, *others) if prints(claim.text, one.said)), None)


def best_grade(claim: Claim, brief: Brief) -> Grade:
    """Return the highest grade a sentence may have by what it is tied to (domain.md 8.1)."""
    if claim.evidence is not None and prints(claim.text, claim.evidence.said):
        return claim.evidence.grade
    figures = [brief.figure(key) for key in claim.figures]
    has_interval = any(one is not None and one.low is not None for one in figures)
    return Grade.E2 if has_interval else Grade.E1


def is_above(claim: Claim, best: Grade) -> bool:
    """Say whether a claim's grade is higher than one."""
    return _ORDER.index(claim.grade) > _ORDER.index(best)


def foreign_numbers(claim: Claim, brief: Brief) -> tuple[str, ...]:
    """Return the numbers of an edited sentence that none of its own figures has."""
    if claim.grade is Grade.E0 or not claim.is_edited:
        return ()
    own = list(_own_numbers(claim, brief))
    found = (typed_numbers(text, own) for text in (claim.text.ja, claim.text.en))
    return tuple(dict.fromkeys(number for each in found for number in each))


def is_wish(claim: Claim) -> bool:
    """Say whether a claim asks for something."""
    if claim.drafted is not None and claim.drafted.wording == ASK:
        return True
    return claim.key.rpartition("-")[0] in WISHES


def _own_numbers(claim: Claim, brief: Brief) -> Iterator[str]:
    """Yield every text whose numbers a sentence may use."""
    known = Known.of(brief)
    for key in claim.figures:
        figure = brief.figure(key)
        if figure is not None:
            yield from _of_figure(figure, brief, known=known)
    if claim.drafted is not None:
        drafted = rewritten(claim.drafted, known)
        if drafted is not None:
            yield from (drafted.ja, drafted.en)
    if claim.evidence is not None:
        yield from (claim.evidence.numbers.ja, claim.evidence.numbers.en, _LEVEL)
    for caveat in claim.caveats:
        yield from (caveat.ja, caveat.en)


def _of_figure(figure: Figure, brief: Brief, *, known: Known) -> Iterator[str]:
    """Yield value, n, ends and inputs of a figure, its name and window, and its change."""
    shown = shown_of(figure)
    for words in (shown.value, shown.said, shown.interval, shown.n):
        yield from (words.ja, words.en)
    for aspect in (Aspect.NAMED, Aspect.NAME):
        name = known.words(figure.key, aspect)
        if name is not None:
            yield from (name.ja, name.en)
    definition = known.definitions.get(figure.measure)
    if definition is not None:
        yield str(definition.window)
        part = definition.parts.get(figure.part)
        yield from (part.ja, part.en) if part is not None else ()
    if figure.low is not None:
        yield _LEVEL
    inputs = figure.inputs
    counted = (inputs.count, inputs.numerator, inputs.denominator)
    yield from (f"{one:.0f}" for one in counted if one is not None)
    yield from _change(figure, brief)


def _change(figure: Figure, brief: Brief) -> Iterator[str]:
    """Yield by how much a figure changed, as one would say it."""
    for one in brief.comparisons:
        before = brief.figure(one.before) if one.now == figure.key else None
        if before is None or before.value is None or figure.value is None:
            continue
        gap = abs(figure.value - before.value)
        definition = next(
            (each for each in brief.definitions if each.measure == figure.measure), None
        )
        if definition is not None and definition.unit is Unit.FRACTION:
            yield from (f"{100 * gap:.0f}", f"{100 * gap:.1f}")
        else:
            yield from (f"{gap:.0f}", f"{gap:.1f}")
        shown = shown_of(before)
        yield from (shown.said.en, shown.value.en)
