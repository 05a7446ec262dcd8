"""What is handed to stakeholders, as one value that every format is made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jibungoto.explain.claims import Claim, Tone
from jibungoto.ledger.words import Words


class ChartKind(StrEnum):
    """How a chart draws its series."""

    LINE = "line"
    BARS = "bars"
    STACKED = "stacked"


@dataclass(frozen=True, slots=True)
class Series:
    """One line or set of bars; None where there is no value, which is drawn as a gap.

    ``shown`` says each value as it is printed, where a pattern cannot: hidden, too few, unknown.
    """

    name: Words
    values: tuple[float | None, ...]
    shown: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture that stays data: every format draws it with its own means.

    ``says`` is the sentence the picture shows, and its alternative text. ``labels`` name the
    places along the axis, one for each value; ``pattern`` is how a value is shown.
    """

    title: Words
    says: Words
    kind: ChartKind
    labels: tuple[Words, ...]
    series: tuple[Series, ...]
    pattern: str = "General"

    @property
    def is_empty(self) -> bool:
        """True if there is nothing to draw."""
        return all(value is None for each in self.series for value in each.values)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its text, and its number where a spreadsheet should reckon with it.

    ``number`` is unrounded, rates as fractions; ``pattern`` is how a spreadsheet shows it.
    ``of_figure`` is the id of the frozen figure whose ``of_aspect`` (value or interval) it prints.
    ``small`` stands below the text in small print, ``hint`` explains it. ``share`` (0 to 1) is
    drawn as a length, ``chart`` as a small line; slides and sheets show the chart on its own.
    """

    text: Words
    number: float | None = None
    pattern: str = "General"
    tone: Tone = Tone.NEITHER
    small: Words | None = None
    hint: Words | None = None
    share: float | None = None
    chart: Chart | None = None
    of_figure: str = ""
    of_aspect: str = "value"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the first cell of each row names it.

    The last cell of a row with fewer cells than there are columns reaches to the end. ``says``
    is the sentence the table shows, which slides take for a title.
    """

    title: Words
    columns: tuple[Words, ...]
    rows: tuple[tuple[Cell, ...], ...]
    says: Words | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with what stands below it, in the order claims, text, charts, tables.

    ``is_beside_next`` puts it beside the section after it where there is room; ``is_note``
    moves it, in small print, to the notes at the end. One that ``is_blank`` is written by nobody
    yet: it is not shown.
    """

    heading: Words
    claims: tuple[Claim, ...] = ()
    text: tuple[Words, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    is_beside_next: bool = False
    is_note: bool = False
    is_blank: bool = False

    def drawn(self) -> Iterator[Chart]:
        """Return the small charts inside of its tables, row by row."""
        for table in self.tables:
            for row in table.rows:
                yield from (cell.chart for cell in row if cell.chart is not None)


@dataclass(frozen=True, slots=True)
class Backing:
    """What stands behind the value of a measure that claims quote: definition, n, interval."""

    measure: str
    name: Words
    definition: Words
    value: Words
    interval: Words
    n: Words


@dataclass(frozen=True, slots=True)
class Document:
    """A brief, a plan or a paper in both languages; ``as_of`` is the last local day covered.

    ``subtitle`` says for whom and for which days; ``notes`` stand at the end in small print.
    ``backing`` is what slides tell the speaker about each measure; ``is_one_sheet`` prints
    everything densely on one page where it fits. ``annex`` is what did not fit there.
    """

    title: Words
    subtitle: Words
    community: str
    as_of: date
    sections: tuple[Section, ...]
    notes: tuple[Words, ...] = ()
    backing: tuple[Backing, ...] = ()
    is_one_sheet: bool = False
    annex: tuple[Section, ...] = ()

    def claims(self) -> Iterator[Claim]:
        """Return every claim in the order of the page."""
        for section in self.sections:
            yield from section.claims

    def body(self) -> tuple[Section, ...]:
        """Return the sections above the notes that hold something."""
        return tuple(each for each in self.sections if not (each.is_note or each.is_blank))

    def small_print(self) -> tuple[Section, ...]:
        """Return the sections of the notes."""
        return tuple(each for each in self.sections if each.is_note)
