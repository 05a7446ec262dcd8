"""The slides' template: 16:9, our face and colours, three layouts, made from the library's own.

The library's template is 4:3 and its placeholders stay where they were when only the slide is
widened; so every placeholder of master and layouts gets its place here.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jibungoto.explain.formats.picture import COLOURS

if TYPE_CHECKING:
    from pptx.presentation import Presentation

FACE = "BIZ UDPGothic"
"""Comes with Windows; elsewhere the machine's own Japanese face stands in for it."""
INCH = 914_400
WIDE, TALL = 13.333, 7.5
INK, QUIET, BRAND, LINE, SOFT = "221D19", "5A514A", "00756B", "E6DFD8", "E3F4F1"
EDGE = 0.62
COVER, CONTENT, TITLE_ONLY = 0, 1, 2
KICKER = 13
"""The placeholder above the title, which names the part of the document."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    def emu(self) -> tuple[int, int, int, int]:
        """Return the same in the file's own unit."""
        return (
            round(self.left * INCH),
            round(self.top * INCH),
            round(self.width * INCH),
            round(self.height * INCH),
        )


FULL = WIDE - 2 * EDGE
ONE_LINE = 0.4
"""What a title of one line leaves free for the body."""
KICKER_BOX = Box(EDGE, 0.36, FULL, 0.36)
TITLE_BOX = Box(EDGE, 0.72, FULL, 0.95)
BODY_BOX = Box(EDGE, 1.86, FULL, 4.86)
FOOTER_BOX = Box(EDGE, 6.93, FULL - 1.2, 0.34)
NUMBER_BOX = Box(WIDE - EDGE - 1.0, 6.93, 1.0, 0.34)
COVER_KICKER_BOX = Box(1.1, 1.9, 11.1, 0.5)
COVER_TITLE_BOX = Box(1.1, 2.4, 11.1, 1.7)
COVER_BODY_BOX = Box(1.1, 3.3, 11.1, 1.6)

_KEPT = ("Title Slide", "Title and Content", "Title Only")
_PLACES = {
    "sldNum": NUMBER_BOX,
    "ftr": FOOTER_BOX,
    "title": TITLE_BOX,
    "ctrTitle": COVER_TITLE_BOX,
    "subTitle": COVER_BODY_BOX,
}


def blank() -> Presentation:
    """Return a presentation without slides in our template."""
    from pptx import Presentation as opened

    return opened(io.BytesIO(_template()))


@cache
def _template() -> bytes:
    """Return the template as a file, made once in a process."""
    from pptx import Presentation as opened
    from pptx.util import Inches

    made = opened(io.BytesIO(_dressed()))
    made.slide_width, made.slide_height = Inches(WIDE), Inches(TALL)
    for layout in list(made.slide_layouts):
        if layout.name not in _KEPT:
            made.slide_layouts.remove(layout)
    _placed(made.slide_master)
    for layout in made.slide_layouts:
        _placed(layout)
        cover = layout.name == _KEPT[0]
        _add_kicker(layout, COVER_KICKER_BOX if cover else KICKER_BOX)
        _add_bar(layout, Box(0, 0, 0.34, TALL) if cover else Box(0, 0.44, 0.12, 1.16))
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def _dressed() -> bytes:
    """Return the library's template with our fonts, colours and text styles."""
    source = files("pptx").joinpath("templates/default.pptx").read_bytes()
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(source)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, _rewritten(name, old.read(name)))
    return out.getvalue()


def _rewritten(name: str, content: bytes) -> bytes:
    changes: tuple[tuple[str, str], ...] = ()
    if name == "ppt/slideLayouts/slideLayout1.xml":
        changes = (
            ('<a:lvl1pPr marL="0" indent="0" algn="ctr">', '<a:lvl1pPr marL="0" indent="0">'),
            ("<a:bodyPr/>", '<a:bodyPr anchor="t"/>'),
        )
    elif name == "ppt/theme/theme1.xml":
        changes = _theme_changes()
    elif name == "ppt/slideMasters/slideMaster1.xml":
        changes = _MASTER_CHANGES
    elif name == "docProps/app.xml":
        changes = (("On-screen Show (4:3)", "Widescreen"),)
    if not changes:
        return content
    text = content.decode("utf-8")
    for old, new in changes:
        text = text.replace(old, new)
    return text.encode("utf-8")


_MASTER_CHANGES = (
    ('<a:lvl1pPr algn="ctr" defTabSz', '<a:lvl1pPr algn="l" defTabSz'),
    ('<a:defRPr sz="4400" kern="1200">', '<a:defRPr sz="2400" b="1" kern="1200">'),
    ('<a:defRPr sz="3200" kern="1200">', '<a:defRPr sz="2000" kern="1200">'),
    ('marL="342900" indent="-342900"', 'marL="285750" indent="-285750"'),
    ('<a:spcPct val="20000"/>', '<a:spcPts val="1000"/>'),
    ('rtlCol="0" anchor="ctr"><a:normAutofit/>', 'rtlCol="0" anchor="t"><a:normAutofit/>'),
    ('<a:lvl1pPr algn="ctr"><a:defRPr sz="1200">', '<a:lvl1pPr algn="l"><a:defRPr sz="900">'),
    ('<a:lvl1pPr algn="r"><a:defRPr sz="1200">', '<a:lvl1pPr algn="r"><a:defRPr sz="900">'),
)


def _theme_changes() -> tuple[tuple[str, str], ...]:
    accents = ("4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646")
    ours = [colour.lstrip("#").upper() for colour in COLOURS]
    return (
        (
            '<a:latin typeface="Calibri"/><a:ea typeface=""/>',
            f'<a:latin typeface="{FACE}"/><a:ea typeface="{FACE}"/>',
        ),
        ('script="Jpan" typeface="ＭＳ Ｐゴシック"', f'script="Jpan" typeface="{FACE}"'),
        ('<a:sysClr val="windowText" lastClr="000000"/>', f'<a:srgbClr val="{INK}"/>'),
        ("1F497D", QUIET),
        ("EEECE1", "FCFAF7"),
        ("0000FF", BRAND),
        ('name="Office Theme"', 'name="jibungoto"'),
        *((f'val="{old}"', f'val="{new}"') for old, new in zip(accents, ours, strict=True)),
    )


def _placed(page: object) -> None:
    """Put every placeholder of a master or layout in its place; dates are dropped."""
    for shape in list(page.placeholders):  # type: ignore[attr-defined]  # both kinds have them
        kind = shape.element.xpath(".//p:nvPr/p:ph")[0].get("type", "body")
        if kind == "dt":
            shape.element.getparent().remove(shape.element)
            continue
        shape.left, shape.top, shape.width, shape.height = _PLACES.get(kind, BODY_BOX).emu()


_SHAPE = (
    "<p:sp {spaces}>"
    '<p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr>{lock}</p:cNvSpPr>'
    "<p:nvPr>{holder}</p:nvPr></p:nvSpPr>"
    '<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}</p:spPr>'
    "<p:txBody><a:bodyPr{anchor}/>{style}<a:p>{text}</a:p></p:txBody></p:sp>"
)


def _add_kicker(layout: object, box: Box) -> None:
    size = 1600 if box is COVER_KICKER_BOX else 1200
    style = (
        f'<a:lstStyle><a:lvl1pPr marL="0" indent="0"><a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'<a:buNone/><a:defRPr sz="{size}" b="1"><a:solidFill><a:srgbClr val="{BRAND}"/>'
        "</a:solidFill></a:defRPr></a:lvl1pPr></a:lstStyle>"
    )
    _append(
        layout,
        box,
        name="Kicker",
        holder=f'<p:ph type="body" sz="quarter" idx="{KICKER}"/>',
        lock='<a:spLocks noGrp="1"/>',
        style=style,
        anchor=' anchor="b"',
        text="<a:r><a:t>Part</a:t></a:r>",
    )


def _add_bar(layout: object, box: Box) -> None:
    fill = f'<a:solidFill><a:srgbClr val="{BRAND}"/></a:solidFill><a:ln><a:noFill/></a:ln>'
    _append(layout, box, name="Bar", fill=fill, style="<a:lstStyle/>")


def _append(layout: object, box: Box, **parts: str) -> None:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    x, y, w, h = box.emu()
    empty = dict.fromkeys(("lock", "holder", "fill", "style", "anchor", "text"), "")
    tree = layout.shapes.element  # type: ignore[attr-defined]  # every layout has shapes
    number = 100 + len(tree)
    spaces = nsdecls("p", "a")
    filled = _SHAPE.format(**{**empty, **parts}, spaces=spaces, number=number, x=x, y=y, w=w, h=h)
    tree.append(parse_xml(filled))
