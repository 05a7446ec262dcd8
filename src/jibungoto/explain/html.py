"""A report as one standalone HTML page: no script, nothing fetched, one A4 sheet when printed."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from html import escape
from importlib.resources import files

from jibungoto.explain.claims import Claim, Grade, Tone
from jibungoto.explain.health import HealthRow
from jibungoto.explain.notes import Note
from jibungoto.explain.printing import DASH, day, month, printed
from jibungoto.explain.report import Report
from jibungoto.explain.spark import spark
from jibungoto.explain.stages import LadderLine
from jibungoto.explain.trends import Trend, Way
from jibungoto.ledger.words import Words

KIND = Words("コミュニティ報告", "Community report")
AS_OF = Words("{day}までの記録から", "From records up to {day}")
MADE_BY = Words("jibungotoで作成", "Made with jibungoto")
BOTTOM_LINE = Words("結論", "Bottom line")
CHANGES = Words("起きた変化", "What changed")
DECISIONS = Words("お願い・決めること", "What needs a decision")
HEALTH = Words("健全性", "Health")
LADDER = Words("自分ゴト化の段", "Ownership ladder")
LADDER_CAPTION = Words(
    "{day}時点のメンバー数。休眠中の人は分けて数えています。",
    "Members on {day}; dormant ones are counted apart.",
)
NOTES = Words("注記", "Notes")
MONTHS = Words("月末ごとの数値", "The numbers of each month end")

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
TONES = {
    Tone.BETTER: Words("よい方向", "for the better"),
    Tone.WORSE: Words("気になる方向", "for the worse"),
}


def render(report: Report, language: str) -> str:
    """Return the page in one language; everything that came from outside is escaped."""
    return _Page(report, "ja" if language.lower().startswith("ja") else "en").whole()


@cache
def style() -> str:
    """Return the page's own style sheet."""
    return files(__package__).joinpath("report.css").read_text(encoding="utf-8")


@cache
def style_source() -> str:
    """Return what a Content-Security-Policy has to allow for that style sheet, and nothing else."""
    digest = hashlib.sha256(style().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


class _Page:
    """The parts of one page in one language, written from top to bottom."""

    def __init__(self, report: Report, language: str) -> None:
        self.report = report
        self.language = language

    def say(self, words: Words) -> str:
        """Return the words of this page's language, escaped."""
        return escape(words.said_in(self.language))

    def whole(self) -> str:
        """Return the document."""
        policy = f"default-src 'none'; style-src {style_source()}"
        title = f"{self.report.community} - {KIND.said_in(self.language)}"
        return (
            f'<!doctype html>\n<html lang="{self.language}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(title)}</title>\n<style>{style()}</style>\n</head>\n<body>\n"
            f"{self.top()}\n<main>\n{self.body()}\n</main>\n"
            f'<footer class="quiet">{self.say(MADE_BY)}</footer>\n</body>\n</html>\n'
        )

    def top(self) -> str:
        """Return whose report it is, and up to when."""
        when = day(self.report.as_of).said_in(self.language)
        until = escape(AS_OF.said_in(self.language).format(day=when))
        return (
            f'<header class="top"><div><p class="kind">{self.say(KIND)}</p>'
            f"<h1>{escape(self.report.community)}</h1></div>"
            f'<p><time datetime="{self.report.as_of.isoformat()}">{until}</time></p></header>'
        )

    def body(self) -> str:
        """Return the sections in the order of domain.md 14.1."""
        report = self.report
        parts = [self.section(BOTTOM_LINE, self.claims(report.bottom_line, "ol"), look="answer")]
        asked = self.section(DECISIONS, self.claims(report.decisions))
        if report.changes:
            changed = self.section(CHANGES, self.claims(report.changes))
            parts.append(f'<div class="pair">{changed}{asked}</div>')
        else:
            parts.append(asked)
        if report.health:
            parts.append(self.section(HEALTH, self.health(report.health)))
        if report.ladder:
            parts.append(self.section(LADDER, self.ladder(report.ladder)))
        parts.append(self.section(NOTES, self.notes(report.notes)))
        return "\n".join(parts)

    def section(self, head: Words, inside: str, *, look: str = "") -> str:
        """Return a part of the page under its heading."""
        name = head.en.lower().replace(" ", "-")
        return (
            f'<section class="card {look}" aria-labelledby="{name}">'
            f'<h2 id="{name}">{self.say(head)}</h2>{inside}</section>'
        )

    def claims(self, claims: Sequence[Claim], kind: str = "ul") -> str:
        """Return sentences, each with its grade."""
        lines = "".join(
            f"<li>{self.say(each.text)}{self.tone(each.tone)}{self.grade(each.grade)}</li>"
            for each in claims
        )
        return f"<{kind}>{lines}</{kind}>"

    def grade(self, grade: Grade) -> str:
        """Return the mark of a grade."""
        return f' <span class="grade" title="{self.say(grade.words)}">{grade.value}</span>'

    def tone(self, tone: Tone) -> str:
        """Return whether a change is for the better, in words."""
        words = TONES.get(tone)
        return f' <span class="tone {tone.value}">{self.say(words)}</span>' if words else ""

    def heads(self, heads: Sequence[Words], numbers: Sequence[Words] = ()) -> str:
        """Return the head of a table."""
        cells = ""
        for head in heads:
            look = ' class="number"' if head in numbers else ""
            cells += f'<th scope="col" role="columnheader"{look}>{self.say(head)}</th>'
        return f'<thead role="rowgroup"><tr role="row">{cells}</tr></thead>'

    def health(self, rows: Sequence[HealthRow]) -> str:
        """Return the strip; on a phone a row looks like a card and stays a row to readers."""
        heads = self.heads((MEASURE, VALUE, INTERVAL, COUNT, WAY, LINE))
        lines = "".join(self.health_row(row) for row in rows)
        return (
            f'<table class="health" role="table" aria-label="{self.say(HEALTH)}">{heads}'
            f'<tbody role="rowgroup">{lines}</tbody></table>{self.months(rows)}'
        )

    def health_row(self, row: HealthRow) -> str:
        """Return one measure; where there is no value, the reason stands in its place."""
        name = f'<th scope="row" role="rowheader">{self.say(row.measure.name)}</th>'
        value = self.say(row.shown.value)
        if row.shown.why is not None:
            why = f'<td role="cell" class="why quiet" colspan="4">{self.say(row.shown.why)}</td>'
            return f'<tr role="row">{name}<td role="cell" class="value">{value}</td>{why}</tr>'
        few = f' <span class="few">{self.say(SMALL_N)}</span>' if row.shown.is_small else ""
        return (
            f'<tr role="row">{name}<td role="cell" class="value">{value}{few}</td>'
            f"{self.told(INTERVAL, row.shown.interval)}{self.told(COUNT, row.shown.n)}"
            f'<td role="cell" class="way">{self.way(row.trend)}</td>'
            f'<td role="cell" class="line">{spark(row, self.language)}</td></tr>'
        )

    def told(self, head: Words, text: Words) -> str:
        """Return a cell that carries its head along for narrow screens."""
        look = ' class="none"' if text == DASH else ""
        return f'<td role="cell"{look} data-head="{self.say(head)}">{self.say(text)}</td>'

    def way(self, trend: Trend) -> str:
        """Return the arrow in words, and the earlier value with its day."""
        text = f'<span class="tone {trend.tone.value}">{self.say(trend.way.words)}</span>'
        if trend.before is None or trend.way is Way.UNKNOWN:
            return text
        then = printed(trend.before).value.said_in(self.language)
        when = self.say(day(trend.before.as_of - timedelta(days=1)))
        return f'{text}<span class="then">{escape(then)} ({when})</span>'

    def months(self, rows: Sequence[HealthRow]) -> str:
        """Return the numbers behind the small lines, closed until asked for."""
        days = sorted({point.last_day for row in rows for point in row.points})
        heads = "".join(f'<th scope="col">{self.say(month(each))}</th>' for each in days)
        lines = ""
        for row in rows:
            at = {point.last_day: point.shown.value for point in row.points}
            cells = "".join(f"<td>{self.say(at[d]) if d in at else '-'}</td>" for d in days)
            lines += f'<tr><th scope="row">{self.say(row.measure.name)}</th>{cells}</tr>'
        label = self.say(MONTHS)
        return (
            f'<details class="months"><summary>{label}</summary>'
            f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table>'
            f'<thead><tr><th scope="col">{self.say(MEASURE)}</th>{heads}</tr></thead>'
            f"<tbody>{lines}</tbody></table></div></details>"
        )

    def ladder(self, lines: Sequence[LadderLine]) -> str:
        """Return the ladder, highest stage first."""
        when = day(self.report.as_of).said_in(self.language)
        caption = escape(LADDER_CAPTION.said_in(self.language).format(day=when))
        heads = self.heads((STAGE, ACTIVE, BEFORE, DORMANT, SHARE), (ACTIVE, BEFORE, DORMANT))
        rows = "".join(
            f'<tr><th scope="row" title="{self.say(each.rule)}">{self.say(each.name)}</th>'
            f'<td class="number value">{self.say(each.active)}</td>'
            f'<td class="number">{self.say(each.before)}</td>'
            f'<td class="number">{self.say(each.dormant)}</td>'
            f'<td class="bar-cell">{_bar(each.share)}</td></tr>'
            for each in lines
        )
        head = f"<caption>{caption}</caption>{heads}"
        return f'<table class="ladder">{head}<tbody>{rows}</tbody></table>'

    def notes(self, notes: Sequence[Note]) -> str:
        """Return the small print, which is as long as honesty needs."""
        parts = "".join(
            f"<h3>{self.say(note.head)}</h3><ul>"
            + "".join(f"<li>{self.say(line)}</li>" for line in note.lines)
            + "</ul>"
            for note in notes
        )
        return f'<div class="notes">{parts}</div>'


def _bar(share: float | None) -> str:
    """Draw a length; the number stands in its own cell, so the picture is silent."""
    if share is None:
        return ""
    return (
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="rail" width="100" height="6"/>'
        f'<rect width="{100 * share:.1f}" height="6"/></svg>'
    )
