"""A measure as pages write it: its lines as they are printed, and one row among all measures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from jibungoto.desk.understand.measures import Measured
from jibungoto.ledger.finding import Finding
from jibungoto.understand.catalogue import CATALOGUE, Measure
from jibungoto.web.language import page_language
from jibungoto.web.measure_pictures import history_picture, small_picture
from jibungoto.web.printing import OnPage, part_name, printed

BY_KEY = {measure.key: measure for measure in CATALOGUE}
DORMANT = ".dormant"
PAIR = ">"
Told = tuple[tuple[Finding, ...], tuple[tuple[str, tuple[Finding, ...]], ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a measure on one day, as it is printed; ``dormant`` ones stand beside it."""

    name: str
    part: str
    printed: OnPage
    dormant: OnPage | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One measure with the whole, its further lines, and its history."""

    measure: Measure
    whole: Line | None
    lines: tuple[Line, ...]
    picture: SafeString | None
    has_dormant: bool = False
    has_spread: bool = False


@dataclass(frozen=True, slots=True)
class Where:
    """Where a row stands: the community, the segment it is of, and the language.

    ``told`` are reasons the page says once for all, so that no row says them again.
    """

    slug: str
    of: str
    told: frozenset[str]
    language: str


def parts_of(one: Measured) -> list[str]:
    """Return the lines of a measure in the catalogue's order, then those the sources add."""
    known = ["", *one.measure.parts]
    return [part for part in known if part in one.now] + sorted(set(one.now) - set(known))


def main_parts(one: Measured) -> list[str]:
    """Return the lines that get a row of their own.

    Dormant ones stand beside the others, and pairs of places in the table of journeys.
    """
    return [part for part in parts_of(one) if not part.endswith(DORMANT) and PAIR not in part]


def has_dormant(one: Measured) -> bool:
    """Say whether some lines have dormant ones beside them."""
    return any(part.endswith(DORMANT) for part in one.now)


def line_of(one: Measured, part: str, *, held: dict[str, Finding]) -> Line | None:
    """Print one line of what is ``held`` of one day; None where it is not held."""
    finding, dormant = held.get(part), held.get(f"{part}{DORMANT}")
    if finding is None:
        return None
    return Line(
        name=part_name(one.measure, part),
        part=part,
        printed=printed(one.measure, finding),
        dormant=printed(one.measure, dormant) if dormant else None,
    )


def card_of(one: Measured) -> Card:
    """Print a measure with every line and its large picture."""
    lines = _lines(one)
    return Card(
        measure=one.measure,
        whole=next((line for line in lines if not line.part), None),
        lines=tuple(line for line in lines if line.part),
        picture=history_picture(one),
        has_dormant=has_dormant(one),
        has_spread=any(line.printed.spread for line in lines),
    )


def row_of(one: Measured, slug: str, *, of: str, told: frozenset[str]) -> SafeString:
    """Return the row of a measure among all; the same findings are written and drawn once."""
    held = (tuple(one.now.values()), tuple(one.history.items()))
    where = Where(slug, of, told, page_language())
    return _written(one.measure.key, one.as_of, held=held, where=where)


@lru_cache(maxsize=500)  # some hundred small pictures are most of what the page of all costs
def _written(key: str, as_of: date, *, held: Told, where: Where) -> SafeString:
    now, history = held
    one = Measured(BY_KEY[key], as_of, {found.part: found for found in now}, dict(history))
    lines = _lines(one)
    whole = next((line for line in lines if not line.part), None)
    alike = len({line.printed.caution for line in lines}) == 1
    context = {
        "measure": one.measure,
        "whole": whole,
        "lines": lines if whole is None else [],
        "certainty": lines[0].printed if whole is None and alike else None,
        "has_dormant": whole is None and has_dormant(one),
        "picture": small_picture(one),
        "tells_why": whole is not None and whole.printed.reason not in where.told,
        "community": {"slug": where.slug},
        "of_segment": where.of,
        "LANGUAGE_CODE": where.language,
    }
    return render_to_string("parts/measure_row.html", context)


def _lines(one: Measured) -> list[Line]:
    told = (line_of(one, part, held=one.now) for part in main_parts(one))
    return [line for line in told if line is not None]
