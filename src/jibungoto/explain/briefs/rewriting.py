"""Writes drafted sentences again from their wording and the figures of the brief."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from jibungoto.explain.briefs.brief import Brief, Head
from jibungoto.explain.briefs.figures import Definition, Figure, finding_of, shown_of
from jibungoto.explain.claims import Aspect, Claim, Drafted, Fill, Grade
from jibungoto.explain.numbers_said import numbers_in
from jibungoto.explain.printing import day
from jibungoto.explain.trends import compared
from jibungoto.explain.wordings import HIGHEST, LOWEST, WAYS, WORDINGS
from jibungoto.ledger.words import Words

_ONE_FIGURE = (Aspect.SAID, Aspect.VALUE, Aspect.DAY, Aspect.NAMED, Aspect.NAME)


def with_bound_sentences(brief: Brief) -> Brief:
    """Return a brief whose drafted sentences take from figures whatever figures can fill in."""
    known = Known.of(brief)
    parts = tuple(
        replace(part, claims=tuple(bound(one, known) for one in part.claims))
        for part in brief.parts
    )
    return replace(brief, parts=parts)


@dataclass(frozen=True, slots=True)
class Known:
    """The figures and definitions sentences are written from."""

    figures: Mapping[str, Figure]
    definitions: Mapping[str, Definition]

    @staticmethod
    def of(brief: Brief) -> Known:
        """Return those of a brief."""
        return Known(
            {one.key: one for one in brief.figures},
            {one.measure: one for one in brief.definitions},
        )

    def words(self, key: str, aspect: Aspect) -> Words | None:
        """Return how something of a figure is written, None if it is not here."""
        figure = self.figures.get(key)
        definition = self.definitions.get(figure.measure) if figure is not None else None
        if figure is None or definition is None:
            return None
        if aspect is Aspect.DAY:
            return day(figure.as_of)
        if aspect is Aspect.NAME:
            return definition.name
        if aspect is Aspect.NAMED:
            return named(definition)
        shown = shown_of(figure)
        return shown.said if aspect is Aspect.SAID else shown.value


def named(definition: Definition) -> Words:
    """Return a measure's name with the days it looks back on, as sentences have it."""
    if not definition.window:
        return definition.name
    name, days = definition.name, definition.window
    return Words(f"{name.ja}(直近{days}日)", f"{name.en} (last {days} days)")


def bound(claim: Claim, known: Known) -> Claim:
    """Return a claim whose drafted words point at its figures wherever they say the same."""
    if claim.drafted is None or claim.is_edited:
        return claim
    fills = tuple(_bound(one, claim, known=known) for one in claim.drafted.fills)
    return replace(claim, drafted=Drafted(claim.drafted.wording, fills))


def _bound(fill: Fill, claim: Claim, *, known: Known) -> Fill:
    """Return a fill as something of a figure: of the earlier one where it is called so."""
    order = reversed(claim.figures) if fill.place in ("before", "day") else claim.figures
    for key in order:
        for aspect in _ONE_FIGURE:
            if fill.told is not None and known.words(key, aspect) == fill.told:
                return Fill(fill.place, figure=key, aspect=aspect)
    return fill


def rewritten(drafted: Drafted, known: Known) -> Words | None:
    """Return a drafted sentence as its figures have it now; None where one is not here."""
    values: dict[str, Words] = {}
    for fill in drafted.fills:
        said = known.words(fill.figure, fill.aspect) if fill.aspect is not None else fill.told
        if said is None:
            return None
        values[fill.place] = said
    try:
        return Words(
            drafted.wording.ja.format(**{place: one.ja for place, one in values.items()}),
            drafted.wording.en.format(**{place: one.en for place, one in values.items()}),
        )
    except (KeyError, IndexError, ValueError, AttributeError):
        return None


def is_as_drafted(claim: Claim, known: Known) -> bool:
    """Say whether a drafted sentence is one this product writes, and says what its figures say."""
    drafted = claim.drafted
    if drafted is None or drafted.wording not in WORDINGS:
        return False
    return rewritten(drafted, known) == claim.text and _goes_so(claim, known)


def _goes_so(claim: Claim, known: Known) -> bool:
    """Say whether the values of a sentence went the way its wording says."""
    wording = claim.drafted.wording if claim.drafted is not None else claim.text
    told = [known.figures[key] for key in claim.figures if key in known.figures]
    if wording in (HIGHEST, LOWEST):
        return _is_outside(told[0], known, is_above=wording == HIGHEST) if told else False
    ways = WAYS.get(wording)
    if ways is None:
        return True
    if len(told) < 2 or told[0].measure not in known.definitions:
        return False
    if told[0].withheld is not None or told[1].withheld is not None:
        return True
    kind = known.definitions[told[0].measure].interval
    return compared(finding_of(told[0]), finding_of(told[1]), kind=kind)[0] in ways


def _is_outside(now: Figure, known: Known, *, is_above: bool) -> bool:
    """Say whether no earlier value that is here lies beyond one."""
    past = [
        one.value
        for one in known.figures.values()
        if (one.measure, one.part) == (now.measure, now.part) and one.as_of < now.as_of
        if one.value is not None
    ]
    if now.value is None:
        return now.withheld is not None
    return all(one < now.value if is_above else one > now.value for one in past)


GIVEN_BY_HEAD: dict[Head, Grade] = {Head.VOICES: Grade.E0, Head.RISKS: Grade.E1}
"""The grade of sentences that come from elsewhere as they are: voices, and what rules say."""


def grade_of(claim: Claim, head: Head) -> Grade:
    """Return the grade a sentence of a draft has by what it rests on."""
    if claim.evidence is not None:
        return claim.evidence.grade
    if claim.drafted is None and head in GIVEN_BY_HEAD:
        return GIVEN_BY_HEAD[head]
    return Grade.E1


def taken_as_told(claim: Claim) -> Iterator[Words]:
    """Yield what numbers a drafted sentence has that no figure of the brief gives."""
    for fill in claim.drafted.fills if claim.drafted is not None else ():
        if fill.told is not None and (numbers_in(fill.told.ja) or numbers_in(fill.told.en)):
            yield fill.told
