"""What the speaker reads below a slide: the evidence behind each sentence, picture and table."""

from __future__ import annotations

from collections.abc import Sequence

from jibungoto.explain.claims import Claim
from jibungoto.explain.document import Backing, Chart, Document
from jibungoto.explain.formats.patterns import shown_points
from jibungoto.explain.formats.pptx_claims import Line, claim_line, text_line
from jibungoto.explain.formats.pptx_table import Part, cell_text
from jibungoto.explain.printing import DASH
from jibungoto.explain.wordings import is_ask
from jibungoto.ledger.words import Words

DEFINITION = Words("定義", "Definition")
VALUE = Words("値", "Value")
N = Words("件数・対象", "Count / n")
INTERVAL = Words("95%区間", "95% interval")


def claim_notes(claim: Claim, backing: Sequence[Backing], *, language: str) -> list[str]:
    """Return a claim's grade and sentence, and for each measure it quotes what stands behind."""
    grade = f"[{claim.grade.value} {claim.grade.words.said_in(language)}] "
    lines = [f"{'' if is_ask(claim) else grade}{claim.text.said_in(language)}"]
    known = {each.measure: each for each in backing}
    for key in claim.measures:
        found = known.get(key) or known.get(key.partition(".")[0])
        if found is not None:
            lines += _backing_lines(found, language)
    return lines


def _backing_lines(backing: Backing, language: str) -> list[str]:
    told = ((VALUE, backing.value), (N, backing.n), (INTERVAL, backing.interval))
    parts = [
        f"{head.said_in(language)}: {words.said_in(language)}"
        for head, words in told
        if words != DASH
    ]
    name, text = backing.name.said_in(language), backing.definition.said_in(language)
    return [
        f"  {name}: " + ("、" if language == "ja" else "; ").join(parts),
        f"  {DEFINITION.said_in(language)}: {text}",
    ]


def chart_notes(chart: Chart, language: str) -> list[str]:
    """Return a chart's sentence and every number it is drawn from."""
    lines = [chart.says.said_in(language)]
    for series in chart.series:
        told = ", ".join(
            f"{label.said_in(language)} {shown.said_in(language)}"
            for label, shown in zip(chart.labels, shown_points(series, chart), strict=True)
        )
        lines.append(f"{series.name.said_in(language)}: {told}")
    return lines


def table_notes(part: Part, language: str) -> list[str]:
    """Return a table row by row, with the rule behind a row where there is one."""
    lines = [part.table.title.said_in(language)]
    for row in part.rows:
        lines.append(" / ".join(cell_text(cell, language) for cell in row))
        if row and row[0].hint is not None:
            lines.append(f"  {DEFINITION.said_in(language)}: {row[0].hint.said_in(language)}")
    return lines


def note_lines(document: Document, language: str) -> list[Line]:
    """Return the small print as lines of slides."""
    lines = [text_line(each.said_in(language)) for each in document.notes]
    for section in document.small_print():
        lines.append(Line(section.heading.said_in(language), is_head=True))
        lines += [claim_line(each, language) for each in section.claims]
        lines += [text_line(each.said_in(language)) for each in section.text]
        for table in section.tables:
            lines += [
                text_line(": ".join(filter(None, (cell_text(c, language) for c in row))))
                for row in table.rows
            ]
    return lines
