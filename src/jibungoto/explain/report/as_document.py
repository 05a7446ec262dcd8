"""Turns the report into the document every format is made from."""

from __future__ import annotations

from datetime import timedelta

from jibungoto.explain.document import Cell, Chart, ChartKind, Document, Section, Series, Table
from jibungoto.explain.printing import day, month, printed
from jibungoto.explain.report.backing import backing
from jibungoto.explain.report.health import HealthRow
from jibungoto.explain.report.report import Report
from jibungoto.explain.report.stages import LadderLine
from jibungoto.explain.trends import Trend, Way
from jibungoto.ledger.finding import Finding
from jibungoto.ledger.words import Words
from jibungoto.understand.catalogue import Measure, Unit

KIND = Words("コミュニティ報告", "Community report")
BOTTOM_LINE = Words("結論", "Bottom line")
CHANGES = Words("起きた変化", "What changed")
DECISIONS = Words("お願い・決めること", "What needs a decision")
HEALTH = Words("健全性", "Health")
HEALTH_SAYS = Words(
    "いまの数値と、過去の自分たちとの比較です。",
    "Where the numbers stand now, and against the community's own past.",
)
LADDER = Words("自分ゴト化の段", "Ownership ladder")
LADDER_CAPTION = Words(
    "{day}時点のメンバー数。休眠中の人は分けて数えています。",
    "Members on {day}; dormant ones are counted apart.",
)
MEASURE = Words("指標", "Measure")
VALUE = Words("値", "Value")
INTERVAL = Words("95%区間", "95% interval")
COUNT = Words("件数 / 対象", "Count / n")
WAY = Words("過去の自分たちとの比較", "Against own past")
LINE = Words("推移", "Trend")
STAGE = Words("段", "Stage")
ACTIVE = Words("活動中", "Active")
DORMANT = Words("休眠", "Dormant")
BEFORE = Words("28日前", "28 days before")
SHARE = Words("活動中の多さ", "Active, drawn")
SMALL_N = Words("少数", "small n")
OVER_TIME = Words("{name}の推移", "{name} over time")
NONE = Words("", "")


def document_of_report(report: Report) -> Document:
    """Return the report as a document, in the order of domain.md 14.1."""
    sections = [Section(BOTTOM_LINE, claims=report.bottom_line)]
    if report.changes:
        sections.append(Section(CHANGES, claims=report.changes, is_beside_next=True))
    sections.append(Section(DECISIONS, claims=report.decisions))
    if report.health:
        sections.append(Section(HEALTH, tables=(_health(report.health),)))
    if report.ladder:
        caption = _filled(LADDER_CAPTION, day=day(report.as_of))
        sections.append(Section(LADDER, tables=(_ladder(caption, report.ladder),)))
    sections += [Section(note.head, text=note.lines, is_note=True) for note in report.notes]
    return Document(
        title=KIND,
        subtitle=NONE,
        community=report.community,
        as_of=report.as_of,
        sections=tuple(sections),
        backing=tuple(
            backing(row.measure, shown=row.shown, finding=row.trend.now) for row in report.health
        ),
        is_one_sheet=True,
    )


def _filled(words: Words, **values: Words) -> Words:
    return Words(
        words.ja.format(**{name: value.ja for name, value in values.items()}),
        words.en.format(**{name: value.en for name, value in values.items()}),
    )


def _health(rows: tuple[HealthRow, ...]) -> Table:
    heads = (MEASURE, VALUE, INTERVAL, COUNT, WAY, LINE)
    return Table(HEALTH, heads, tuple(_health_row(row) for row in rows), says=HEALTH_SAYS)


def _health_row(row: HealthRow) -> tuple[Cell, ...]:
    """Return one measure; where there is no value, the reason reaches to the end."""
    name = Cell(row.measure.name, hint=row.measure.definition)
    shown = row.shown
    if shown.why is not None:
        return (name, Cell(shown.value), Cell(shown.why))
    small = SMALL_N if shown.is_small else None
    drawn = Cell(NONE, chart=_line(row))
    return (
        name,
        Cell(shown.value, _number(row), pattern_of(row.measure), small=small),
        Cell(shown.interval),
        Cell(shown.n),
        _way(row.trend),
        drawn,
    )


def _number(row: HealthRow) -> float | None:
    """Return the unrounded value where it may be shown as a number."""
    return row.points[-1].height if row.points else None


def pattern_of(measure: Measure) -> str:
    """Return how a spreadsheet shows a value of a measure."""
    if measure.unit is Unit.FRACTION:
        return "0%"
    return "0.0" if measure.unit in (Unit.HOURS, Unit.VARIETY, Unit.DAYS) else "#,##0"


def _line(row: HealthRow) -> Chart:
    name = row.measure.name
    series = Series(
        name,
        tuple(point.height for point in row.points),
        tuple(point.shown.value for point in row.points),
    )
    return Chart(
        title=name,
        says=_filled(OVER_TIME, name=name),
        kind=ChartKind.LINE,
        labels=tuple(month(point.last_day) for point in row.points),
        series=(series,),
        pattern=pattern_of(row.measure),
    )


def _way(trend: Trend) -> Cell:
    """Return the arrow in words, and the earlier value with its day."""
    if trend.before is None or trend.way is Way.UNKNOWN:
        return Cell(trend.way.words, tone=trend.tone, small=trend.why_unknown)
    return Cell(trend.way.words, tone=trend.tone, small=_then(trend.before))


def _then(before: Finding) -> Words:
    value, when = printed(before).value, day(before.as_of - timedelta(days=1))
    return Words(f"{value.ja} ({when.ja})", f"{value.en} ({when.en})")


def _ladder(caption: Words, lines: tuple[LadderLine, ...]) -> Table:
    return Table(
        caption,
        (STAGE, ACTIVE, BEFORE, DORMANT, SHARE),
        tuple(
            (
                Cell(each.name, hint=each.rule),
                _counted(each.active),
                _counted(each.before),
                _counted(each.dormant),
                Cell(NONE, share=each.share),
            )
            for each in lines
        ),
    )


def _counted(words: Words) -> Cell:
    """Return a count with its number, unless it is hidden or unknown."""
    digits = words.en.replace(",", "")
    return Cell(words, float(digits) if digits.isdecimal() else None, "#,##0")
