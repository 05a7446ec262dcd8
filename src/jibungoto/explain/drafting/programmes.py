"""What members started and what each programme brought, by way of taking part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jibungoto.explain.briefs.advice import NO_SERIES, NO_STARTED
from jibungoto.explain.briefs.as_document import filled
from jibungoto.explain.briefs.brief import Head, Part
from jibungoto.explain.briefs.figures import figure_of
from jibungoto.explain.document import Cell, Table
from jibungoto.explain.drafting import long_parts as long
from jibungoto.explain.drafting.facts import ProgrammeFacts, StartedFacts
from jibungoto.explain.drafting.parts import Material
from jibungoto.explain.printing import DASH, day, printed
from jibungoto.ledger.finding import Finding
from jibungoto.ledger.words import Words
from jibungoto.understand.catalogue import measure_of

LISTED_AT_MOST = 12
PROGRAMMES_AT_MOST = 6
STARTED = Words("メンバーが始めたこと(直近84日)", "What members started in the last 84 days")
WHAT = Words("始めたこと", "What")
KIND = Words("種類", "Kind")
SINCE = Words("始めた日", "Since")
MORE = Words("ほかに{n}件あります。", "{n} more are not listed.")
MEASURE = Words("指標", "Measure")
TOGETHER = Words("全体", "All")
VENUE = Words("会場", "Venue")
ONLINE = Words("オンライン", "Online")
WHY = Words("分からない理由", "Why it cannot be told")
NAMED = Words("{name}(これまでに{n}回)", "{name} ({n} events so far)")
BY_MODE = ("", "venue", "online")


def starts(material: Material) -> Part:
    """Return the measures of starts, and the list of what members started in the quarter."""
    part = long.measures_part(material, Head.STARTS, keys=long.STARTS)
    told = material.facts.started
    if not told:
        return replace(part, text=(*part.text, NO_STARTED))
    shown = list(told)[:LISTED_AT_MOST]
    rows = tuple(map(_started_row, shown))
    left = len(told) - len(shown)
    text = (*part.text, MORE.filled(n=left)) if left else part.text
    return replace(part, text=text, tables=(Table(STARTED, (WHAT, KIND, SINCE), rows),))


def _started_row(one: StartedFacts) -> tuple[Cell, ...]:
    return (Cell(Words(one.name, one.name)), Cell(one.kind), Cell(day(one.day)))


def programmes(material: Material) -> Part:
    """Return the results of all events, then those of each series, by way of taking part."""
    part = long.measures_part(material, Head.PROGRAMMES, keys=long.PROGRAMMES)
    told = material.facts.programmes
    if not told:
        return replace(part, text=(*part.text, NO_SERIES))
    return replace(part, tables=tuple(_programme(one) for one in told[:PROGRAMMES_AT_MOST]))


def _programme(one: ProgrammeFacts) -> Table:
    name = filled(NAMED, name=Words(one.name, one.name), n=Words(str(one.held), str(one.held)))
    rows = []
    for key in (*long.PROGRAMMES, "outputs"):
        found = [each for each in one.findings if each.measure == key]
        measure = measure_of(key)
        if measure is not None and found:
            rows.append((Cell(measure.name), *_by_mode(found)))
    return Table(name, (MEASURE, TOGETHER, VENUE, ONLINE, WHY), tuple(rows))


def _by_mode(found: Iterable[Finding]) -> tuple[Cell, ...]:
    """Return the whole and its ways; where one way is of very few people, none is shown apart."""
    told = {one.part: one for one in found}
    parts = [told[part] for part in long.ALL_MODES if part in told]
    is_hidden = any(figure_of(one).withheld is not None for one in parts)
    shown = {part: printed(told.get(part)) for part in BY_MODE}
    cells = [Cell(shown[""].value)]
    for part in BY_MODE[1:]:
        is_told = part in told and not is_hidden and shown[part].why is None
        cells.append(Cell(shown[part].value if is_told else DASH))
    return (*cells, Cell(shown[""].why or DASH))
