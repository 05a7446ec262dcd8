"""Join the slices of the Japanese face into one file per weight, which PDF needs.

Browsers fetch slices; a PDF is drawn with whole faces, as its writer tells faces apart by their
names and all slices have one. Run after the slices changed: `python scripts/join_font.py`.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.merge import Merger, Options
from fontTools.ttLib import TTFont

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "jibungoto"
SLICES = PACKAGE / "web" / "static" / "vendor" / "biz-udpgothic"
FACES = PACKAGE / "explain" / "formats" / "vendor"
WEIGHTS = ("400", "700")
LEFT_OUT = ("GSUB", "GPOS", "GDEF", "DSIG", "vhea", "vmtx", "gasp", "fpgm", "prep", "cvt ")
"""What upright text in print has no use for: vertical writing, and hints for coarse screens."""


def joined(weight: str) -> TTFont:
    """Return one face with every character of the slices of a weight."""
    slices = sorted(SLICES.glob(f"*-{weight}.woff2"))
    face = Merger(options=Options(drop_tables=list(LEFT_OUT))).merge([str(one) for one in slices])
    for glyph in face["glyf"].glyphs.values():
        glyph.expand(face["glyf"])
        glyph.removeHinting()
    face["head"].created = face["head"].modified = TTFont(slices[0])["head"].modified
    face.recalcTimestamp = False
    return face


def main() -> None:
    """Write both faces."""
    for weight in WEIGHTS:
        face = joined(weight)
        face.flavor = None
        face.save(FACES / f"biz-udpgothic-{weight}.ttf")


if __name__ == "__main__":
    main()
