"""Charts on slides: native and editable, with the workbook they are drawn from inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jibungoto.explain.document import Chart, ChartKind
from jibungoto.explain.formats.picture import COLOURS, every, grid_of, shortened, width_of
from jibungoto.explain.formats.pptx_template import INK, LINE, QUIET, Box
from jibungoto.explain.formats.pptx_text import dress, rgb
from jibungoto.ledger.words import LANGUAGES, Words

if TYPE_CHECKING:
    from pptx.chart.chart import Chart as NativeChart
    from pptx.slide import Slide

LABELLED = 12
"""Up to so many bars each carry their value."""
LONGEST = 22
"""Ems of a label along the axis."""


def add_chart(slide: Slide, chart: Chart, *, box: Box, language: str, is_small: bool) -> None:
    """Put a chart on a slide; a small one carries its title and no legend."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    kinds = {
        ChartKind.LINE: XL_CHART_TYPE.LINE_MARKERS,
        ChartKind.BARS: XL_CHART_TYPE.COLUMN_CLUSTERED,
        ChartKind.STACKED: XL_CHART_TYPE.COLUMN_STACKED,
    }
    untyped: Any = CategoryChartData
    numbers = untyped(number_format=chart.pattern)
    numbers.categories = [_harmless(shortened(_said(w, language), LONGEST)) for w in chart.labels]
    count = len(chart.labels)
    for series in chart.series:
        values = [*series.values[:count], *[None] * (count - len(series.values))]
        numbers.add_series(_harmless(_said(series.name, language)), values)
    shapes: Any = slide.shapes
    frame = shapes.add_chart(kinds[chart.kind], *box.emu(), numbers)
    describe(frame, title=chart.title, says=chart.says, language=language)
    native = frame.chart
    _style(native, chart, is_small=is_small)
    if is_small:
        native.has_title = True
        native.chart_title.include_in_layout = False
        native.chart_title.text_frame.text = shortened(_said(chart.title, language), 20)
        font = native.chart_title.text_frame.paragraphs[0].runs[0].font
        font.size, font.bold = _points(12), True
    dress(native.element, language)


def describe(shape: Any, *, title: Words, says: Words, language: str) -> None:
    """Give a shape its name and its alternative text."""
    about = shape.element.xpath(".//p:cNvPr")[0]
    about.set("name", _said(title, language)[:120] or f"Shape {about.get('id')}")
    about.set("descr", _said(says, language) or _said(title, language))


def _said(words: Words, language: str) -> str:
    return words.said_in(language)


def _points(size: float) -> int:
    return round(size * 12_700)


def _harmless(text: str) -> str:
    """Return a label that the workbook inside keeps as text: no formula, no address."""
    starts = ("=", "{", "http://", "https://", "ftp://", "mailto:", "internal:", "external:")
    return f"'{text}" if text.lower().startswith(starts) else text


def _style(native: NativeChart, chart: Chart, *, is_small: bool) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_MARK

    native.has_title = False
    _thin_labels(native, chart, is_small=is_small)
    native.font.size = _points(10 if is_small else 12)
    native.font.color.rgb = rgb(QUIET)
    native.has_legend = len(chart.series) > 1 and not is_small
    if native.has_legend:
        native.legend.position = XL_LEGEND_POSITION.TOP
        native.legend.include_in_layout = False
        native.legend.font.size = _points(12)
    value, category = native.value_axis, native.category_axis
    value.has_major_gridlines = True
    value.major_gridlines.format.line.color.rgb = rgb(LINE)
    value.format.line.fill.background()
    value.major_tick_mark = category.major_tick_mark = XL_TICK_MARK.NONE
    value.tick_labels.number_format = chart.pattern
    value.tick_labels.number_format_is_linked = False
    grid = grid_of(chart)
    value.minimum_scale, value.maximum_scale = grid[0], grid[-1]
    value.major_unit = round(grid[1] - grid[0], 10)
    category.format.line.color.rgb = rgb(QUIET)
    _colour(native, chart, is_small=is_small)


def _thin_labels(native: NativeChart, chart: Chart, *, is_small: bool) -> None:
    """Leave out labels that have no room beside each other, and turn none of them."""
    from lxml import etree
    from pptx.oxml.ns import qn

    widest = max(width_of(w.said_in(language)) for w in chart.labels for language in LANGUAGES)
    room = 20 if is_small else 62
    step = every(len(chart.labels), int(room / (min(widest, LONGEST) + 1.5)))
    axis = native.element.find(f".//{qn('c:catAx')}")
    for tag in ("tickLblSkip", "tickMarkSkip"):
        made = etree.Element(qn(f"c:{tag}"), val=str(step))
        axis.find(qn("c:noMultiLvlLbl")).addprevious(made)
    native.category_axis.tick_labels.font.size = _points(10 if is_small else 12)
    if not is_small:
        axis.find(f"{qn('c:txPr')}/{qn('a:bodyPr')}").set("rot", "0")


def _colour(native: NativeChart, chart: Chart, *, is_small: bool) -> None:
    for at, series in enumerate(native.plots[0].series):
        ours = rgb(COLOURS[at % len(COLOURS)].lstrip("#").upper())
        if chart.kind is ChartKind.LINE:
            _line(series, at, colour=ours, is_small=is_small)
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = ours
    if chart.kind is not ChartKind.LINE:
        native.plots[0].gap_width = 55
    shown = len(chart.series) * len(chart.labels)
    if chart.kind is ChartKind.BARS and shown <= LABELLED and not is_small:
        plot = native.plots[0]
        plot.has_data_labels = True
        plot.data_labels.number_format = chart.pattern
        plot.data_labels.number_format_is_linked = False
        plot.data_labels.show_value = True
        plot.data_labels.font.size = _points(12)
        plot.data_labels.font.color.rgb = rgb(INK)


def _line(series: Any, at: int, *, colour: Any, is_small: bool) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE

    shapes = (
        XL_MARKER_STYLE.CIRCLE,
        XL_MARKER_STYLE.SQUARE,
        XL_MARKER_STYLE.TRIANGLE,
        XL_MARKER_STYLE.DIAMOND,
    )
    series.smooth = False
    series.format.line.color.rgb = colour
    series.format.line.width = _points(1.75 if is_small else 2.25)
    series.marker.style = shapes[at % len(shapes)]
    series.marker.size = 4 if is_small else 7
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour
    series.marker.format.line.color.rgb = colour
