"""What others made lies in the tree exactly as it was taken, with its licence beside it."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest

import jibungoto.web

VENDOR = Path(jibungoto.web.__file__).parent / "static" / "vendor"
MANIFEST = (VENDOR / "MANIFEST.sha256").read_text(encoding="utf-8").splitlines()
SUMS = {name: total for total, name in (line.split("  ", 1) for line in MANIFEST)}
FILES = sorted(
    path.relative_to(VENDOR).as_posix()
    for path in VENDOR.rglob("*")
    if path.is_file() and path.name != "MANIFEST.sha256"
)


def test_the_manifest_names_every_file_and_no_other() -> None:
    assert sorted(SUMS) == FILES


def test_every_sum_is_right() -> None:
    found = {name: hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() for name in FILES}
    assert found == SUMS


@pytest.mark.parametrize("folder", sorted(path.name for path in VENDOR.iterdir() if path.is_dir()))
def test_every_package_has_its_licence(folder: str) -> None:
    assert [path.stem for path in (VENDOR / folder).glob("LICENSE*")] == ["LICENSE"]


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".gz")])
def test_a_compressed_copy_is_its_neighbour(name: str) -> None:
    packed = VENDOR / name
    assert gzip.decompress(packed.read_bytes()) == packed.with_suffix("").read_bytes()


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith((".js", ".css"))])
def test_no_script_or_style_points_to_another_place(name: str) -> None:
    text = (VENDOR / name).read_text(encoding="utf-8")
    assert "sourceMappingURL" not in text
    assert "url(http" not in text and "@import" not in text
