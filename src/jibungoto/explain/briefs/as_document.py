"""Turns a brief into the document every format is made from, from its frozen figures alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jibungoto.explain.briefs.advice import NO_VOICES, for_readers
from jibungoto.explain.briefs.audiences import AUDIENCES, called
from jibungoto.explain.briefs.brief import (
    PERIODS,
    SMALL_PRINT,
    Brief,
    BriefKind,
    Head,
    Part,
    Show,
    ShowKind,
)
from jibungoto.explain.briefs.checks import note_on
from jibungoto.explain.briefs.figures import Definition, Figure, shown_of
from jibungoto.explain.claims import Tone
from jibungoto.explain.document import (
    Backing,
    Cell,
    Chart,
    ChartKind,
    Document,
    Section,
    Series,
    Table,
)
from jibungoto.explain.printing import day, month
from jibungoto.explain.trends import NO_PAST, TOO_FEW_TOLD, TOO_NEAR, UNLIKE, Way
from jibungoto.ledger.words import Words
from jibungoto.understand.answers import STAGE_RULES, Stage
from jibungoto.understand.catalogue import Unit

MEASURE = Words("指標", "Measure")
VALUE = Words("値", "Value")
INTERVAL = Words("95%区間", "95% interval")
COUNT = Words("件数 / 対象", "Count / n")
WAY = Words("過去の自分たちとの比較", "Against own past")
LINE = Words("推移", "Trend")
STAGE = Words("段", "Stage")
NOW = Words("いま({day})", "Now ({day})")
THEN = Words("以前({day})", "Before ({day})")
DORMANT = Words("休眠", "Dormant")
SMALL_N = Words("少数", "small n")
OVER_TIME = Words("{name}の推移", "{name} over time")
FOR = Words("{name}へ: {question}({since}〜{until})", "For {name}: {question} ({since} to {until})")
CORRECTED = Words("{kind}(第{n}号の訂正)", "{kind} (correction of no. {n})")
ISSUED_SUM = Words(
    "発行された資料の SHA-256: {digest}(受け取った zip は jibungoto verify --sum で見比べられます)",
    "SHA-256 of the brief as it was issued: {digest} (jibungoto verify --sum compares a zip)",
)
NAMED_READER = Words("{name}({kind})", "{name} ({kind})")
NONE = Words("", "")
_PATTERNS = {Unit.FRACTION: "0%", Unit.INDEX: "0.00"}
_DECIMAL = frozenset({Unit.HOURS, Unit.VARIETY, Unit.PER_HUNDRED, Unit.DAYS})
STAGE_MEASURE = "stage_stock"


def document_of(brief: Brief) -> Document:
    """Return the brief as a document, its parts in their order."""
    laid = _Laid(brief)
    title = brief.kind.words
    if brief.corrects is not None:
        title = filled(CORRECTED, kind=title, n=Words(str(brief.corrects), str(brief.corrects)))
    audience = AUDIENCES[brief.audience]
    return Document(
        title=title,
        subtitle=filled(
            FOR,
            name=_reader(brief),
            question=audience.question,
            since=day(brief.since),
            until=day(brief.as_of),
        ),
        community=brief.community,
        as_of=brief.as_of,
        sections=tuple(laid.section(part) for part in brief.parts),
        backing=tuple(laid.backing()),
        is_one_sheet=brief.kind in (BriefKind.WEEKLY, BriefKind.MONTHLY),
    )


def _reader(brief: Brief) -> Words:
    """Return whom a brief is for: their name, where it turns to somebody, and their kind."""
    kind, name = AUDIENCES[brief.audience].addressed, called(brief.addressed_to)
    return kind if name is None else filled(NAMED_READER, name=name, kind=kind)


def filled(words: Words, **values: Words) -> Words:
    """Return words with their placeholders filled, each language with its own."""
    return Words(
        words.ja.format(**{name: value.ja for name, value in values.items()}),
        words.en.format(**{name: value.en for name, value in values.items()}),
    )


def with_sum(document: Document, digest: str) -> Document:
    """Return a document whose small print ends with the sum of what was issued."""
    if not digest:
        return document
    told = ISSUED_SUM.filled(digest=digest)
    notes = [one for one in document.sections if one.is_note]
    if not notes:
        return replace(document, notes=(*document.notes, told))
    last = replace(notes[-1], text=(*notes[-1].text, told))
    sections = tuple(last if one is notes[-1] else one for one in document.sections)
    return replace(document, sections=sections)


def _is_blank(part: Part) -> bool:
    """Say whether nobody's voice is told: a reader gets no box that is empty."""
    if part.head is not Head.VOICES or part.claims:
        return False
    return all(line in (NO_VOICES, for_readers(NO_VOICES)) for line in part.text)


class _Laid:
    """The parts of one brief as sections; figures are found by their ids."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.figures = {figure.key: figure for figure in brief.figures}
        self.definitions = {one.measure: one for one in brief.definitions}
        self.comparisons = {one.now: one for one in brief.comparisons}

    def section(self, part: Part) -> Section:
        """Return one part; notes on wording and caveats stand below its claims."""
        lines = [caveat for claim in part.claims for caveat in claim.caveats]
        notes = (note_on(claim, self.brief) for claim in part.claims)
        lines += [note for note in notes if note is not None]
        strips = [show for show in part.shows if show.kind is not ShowKind.COURSE]
        return Section(
            heading=part.head.words,
            claims=part.claims,
            text=(*dict.fromkeys(lines), *map(for_readers, part.text)),
            charts=(
                *(self.course(show) for show in part.shows if show.kind is ShowKind.COURSE),
                *_pictures(part.tables),
            ),
            tables=(*(self.table(show, part) for show in strips), *map(_plain, part.tables)),
            is_note=part.head in SMALL_PRINT,
            is_blank=_is_blank(part),
        )

    def table(self, show: Show, part: Part) -> Table:
        """Return a strip or the ladder as a table."""
        shown = [self.figures[key] for key in show.figures if key in self.figures]
        if show.kind is ShowKind.LADDER:
            return self.ladder(shown, part)
        heads = (MEASURE, VALUE, INTERVAL, COUNT, WAY, LINE)
        return Table(part.head.words, heads, tuple(self.row(one) for one in shown))

    def row(self, figure: Figure) -> tuple[Cell, ...]:
        """Return one figure; where there is no value, the reason reaches to the end."""
        definition = self.definitions.get(figure.measure)
        name = Cell(self.name(figure), hint=definition.definition if definition else None)
        shown = shown_of(figure)
        if shown.why is not None:
            return (name, Cell(shown.value), Cell(shown.why))
        return (
            name,
            Cell(
                shown.value,
                figure.value,
                _pattern(definition),
                small=SMALL_N if shown.is_small else None,
            ),
            Cell(shown.interval),
            Cell(shown.n),
            self.way(figure),
            Cell(NONE, chart=self.line(self.past(figure))),
        )

    def name(self, figure: Figure) -> Words:
        """Return what a figure is called, with the name of its part."""
        definition = self.definitions.get(figure.measure)
        if definition is None:
            return Words(figure.measure, figure.measure)
        part = definition.parts.get(figure.part)
        if part is None:
            return definition.name
        return filled(Words("{name}: {part}", "{name}: {part}"), name=definition.name, part=part)

    def way(self, figure: Figure) -> Cell:
        """Return the arrow in words, and the earlier value with its day; else why there is none."""
        comparison = self.comparisons.get(figure.key)
        before = self.figures.get(comparison.before) if comparison else None
        if comparison is None or before is None:
            return Cell(Way.UNKNOWN.words, small=self.why_not(figure))
        is_clear = comparison.way in (Way.UP, Way.DOWN)
        return Cell(
            comparison.way.words,
            tone=comparison.tone if is_clear else Tone.NEITHER,
            small=filled(
                Words("{value} ({day})", "{value} ({day})"),
                value=_briefly(shown_of(before).value),
                day=day(before.as_of),
            ),
        )

    def why_not(self, figure: Figure) -> Words:
        """Return why a figure is compared with nothing, as far as the brief's own figures tell."""
        if figure.withheld is not None:
            return TOO_FEW_TOLD
        past = [one for one in self.past(figure) if one.as_of < figure.as_of]
        known = [one for one in past if one.value is not None or one.withheld is not None]
        if not known:
            return NO_PAST
        definition = self.definitions.get(figure.measure)
        apart = max(definition.window if definition else 0, PERIODS[self.brief.kind])
        before = [one for one in known if (figure.as_of - one.as_of).days >= apart]
        if not before:
            return TOO_NEAR
        return TOO_FEW_TOLD if before[-1].withheld is not None else UNLIKE

    def past(self, figure: Figure) -> list[Figure]:
        """Return the figures of the same measure and part up to one, the oldest first."""
        alike = [
            one
            for one in self.brief.figures
            if (one.measure, one.part) == (figure.measure, figure.part)
            and one.as_of <= figure.as_of
        ]
        return sorted(alike, key=lambda one: one.as_of)

    def course(self, show: Show) -> Chart:
        """Return a picture of one measure over time."""
        return self.line([self.figures[key] for key in show.figures if key in self.figures])

    def line(self, shown: Sequence[Figure]) -> Chart:
        """Draw figures as a line; what is withheld or unknown leaves a gap."""
        name = self.name(shown[-1]) if shown else NONE
        definition = self.definitions.get(shown[-1].measure) if shown else None
        return Chart(
            title=name,
            says=filled(OVER_TIME, name=name),
            kind=ChartKind.LINE,
            labels=tuple(month(one.as_of) for one in shown),
            series=(
                Series(
                    name,
                    tuple(one.value for one in shown),
                    tuple(shown_of(one).value for one in shown),
                ),
            ),
            pattern=_pattern(definition),
        )

    def ladder(self, shown: Sequence[Figure], part: Part) -> Table:
        """Return the ladder, highest stage first, beside what it was and its dormant members."""
        days = sorted({one.as_of for one in shown})
        at = {(one.part, one.as_of): one for one in shown}
        longest = max((one.value or 0 for one in shown if "." not in one.part), default=0) or 1
        heads = [STAGE, filled(NOW, day=day(days[-1])), *([DORMANT])] if days else [STAGE]
        if len(days) > 1:
            heads.append(filled(THEN, day=day(days[0])))
        rows = []
        for stage in sorted(Stage, reverse=True):
            cells = [Cell(stage.words, hint=STAGE_RULES[stage])]
            now = at.get((f"S{stage}", days[-1])) if days else None
            share = now.value / longest if now is not None and now.value is not None else None
            wanted = [(f"S{stage}", days[-1]), (f"S{stage}.dormant", days[-1])] if days else []
            wanted += [(f"S{stage}", days[0])] if len(days) > 1 else []
            cells += [_counted(at.get(key)) for key in wanted]
            if len(days) > 1 and wanted[-1] not in at:
                cells[-1] = Cell(Way.UNKNOWN.words)
            if share is not None:
                cells[1] = Cell(cells[1].text, cells[1].number, "#,##0", share=share)
            rows.append(tuple(cells))
        return Table(part.head.words, tuple(heads), tuple(rows))

    def backing(self) -> list[Backing]:
        """Return definition, value, interval and n of every measure that claims quote."""
        quoted = dict.fromkeys(key for one in self.brief.claims() for key in one.figures)
        found = []
        for figure in (self.figures[key] for key in quoted if key in self.figures):
            definition = self.definitions.get(figure.measure)
            if definition is not None and figure.as_of == self.brief.as_of:
                shown = shown_of(figure)
                found.append(
                    Backing(
                        measure=figure.measure,
                        name=self.name(figure),
                        definition=definition.definition,
                        value=shown.value,
                        interval=shown.interval,
                        n=shown.n,
                    )
                )
        return found


def _briefly(value: Words) -> Words:
    """Return a value without the long unit that the value beside it bears already."""
    return Words(
        value.ja.removeprefix("参加100件あたり"), value.en.removesuffix(" per 100 attendances")
    )


def _pictures(tables: Sequence[Table]) -> Iterator[Chart]:
    """Yield the charts of several lines that cells hold: a cell has no room to draw them."""
    for table in tables:
        for row in table.rows:
            yield from (one.chart for one in row if one.chart and len(one.chart.series) > 1)


def _plain(table: Table) -> Table:
    """Return a table without the charts that stand beside it."""
    rows = tuple(
        tuple(
            replace(one, chart=None) if one.chart and len(one.chart.series) > 1 else one
            for one in row
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


def _counted(figure: Figure | None) -> Cell:
    if figure is None:
        return Cell(Words("-", "-"))
    return Cell(shown_of(figure).value, figure.value, "#,##0")


def _pattern(definition: Definition | None) -> str:
    if definition is None:
        return "#,##0"
    return _PATTERNS.get(definition.unit, "0.0" if definition.unit in _DECIMAL else "#,##0")
