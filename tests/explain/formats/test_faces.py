"""The faces of the PDF hold every character of the slices that browsers get."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

PACKAGE = Path(__file__).resolve().parents[3] / "src" / "jibungoto"
SLICES = PACKAGE / "web" / "static" / "vendor" / "biz-udpgothic"
FACES = PACKAGE / "explain" / "formats" / "vendor"


@pytest.mark.parametrize("weight", ["400", "700"])
def test_a_face_has_the_characters_of_all_its_slices(weight: str) -> None:
    with TTFont(FACES / f"biz-udpgothic-{weight}.ttf", lazy=True) as face:
        whole = set(face.getBestCmap())
    expected: set[int] = set()
    for path in sorted(SLICES.glob(f"*-{weight}.woff2")):
        with TTFont(path, lazy=True) as part:
            expected |= set(part.getBestCmap())
    assert whole == expected
    assert set(map(ord, "自分ゴト化の段▲▼＝〜、。髙")) <= whole


def test_the_licence_lies_beside_the_faces() -> None:
    assert "SIL OPEN FONT LICENSE" in (FACES / "LICENSE").read_text(encoding="utf-8").upper()
