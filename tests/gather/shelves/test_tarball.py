"""A tar file is a shelf like any other: read where it stands, and shut where it is not safe."""

from __future__ import annotations

import gzip
import io
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jibungoto.gather.shelves import gunzip
from jibungoto.gather.shelves.entry import Limits
from jibungoto.gather.shelves.gunzip import Inflated
from jibungoto.gather.shelves.tarball import TarShelf, is_tar
from jibungoto.ledger.problems import DamagedExport, Problem, UnsafeExport

FILES = {"a.json": b"[]", "deep/er/b.json": b"x" * 5_000, "empty": b"", "日本.json": b"1"}


def tar_of(path: Path, files: dict[str, bytes], *odd: tarfile.TarInfo, packed: bool = True) -> Path:
    with tarfile.open(path, "w:gz" if packed else "w") as tar:
        for name, content in files.items():
            one = tarfile.TarInfo(name)
            one.size = len(content)
            tar.addfile(one, io.BytesIO(content))
        for one in odd:
            tar.addfile(one)
    return path


def shelf_of(path: Path, limits: Limits | None = None) -> TarShelf:
    return TarShelf(path, limits or Limits(), name=path.name)


def odd(name: str, kind: bytes = tarfile.REGTYPE, *, to: str = "") -> tarfile.TarInfo:
    one = tarfile.TarInfo(name)
    one.type, one.linkname = kind, to
    return one


@pytest.mark.parametrize("packed", [True, False], ids=["gz", "plain"])
def test_every_file_is_read_whole_and_as_a_stream_in_any_order(
    tmp_path: Path, packed: bool
) -> None:
    path = tar_of(tmp_path / "x", {f"./{name}": one for name, one in FILES.items()}, packed=packed)
    shelf = shelf_of(path)
    with path.open("rb") as file:
        assert is_tar(file)
    assert [(one.path, one.size) for one in shelf.entries] == [
        (name, len(content)) for name, content in FILES.items()
    ]
    for entry in [*reversed(shelf.entries), *shelf.entries]:
        assert shelf.read(entry) == FILES[entry.path]
        with shelf.open(entry) as first, shelf.open(entry) as second:
            assert first.read(1) == second.read(1)
            assert first.read() == FILES[entry.path][1:]
    shelf.close()


def test_what_leads_outside_and_what_is_no_file_stays_shut_alone(tmp_path: Path) -> None:
    strange = [
        odd("../a"), odd("/etc/x"), odd("a/../../b"), odd("c\\d"), odd("C:x"),
        odd("link", tarfile.SYMTYPE, to="/etc/passwd"), odd("hard", tarfile.LNKTYPE, to="a.json"),
        odd("null", tarfile.CHRTYPE), odd("disk", tarfile.BLKTYPE), odd("pipe", tarfile.FIFOTYPE),
        odd("folder", tarfile.DIRTYPE),
    ]  # fmt: skip
    with closing(shelf_of(tar_of(tmp_path / "x.tar.gz", FILES, *strange))) as shelf:
        assert [one.path for one in shelf.entries] == list(FILES)
    assert [one.place for one in shelf.refused] == [one.name for one in strange[:-1]]


def test_of_two_files_of_one_name_the_last_counts(tmp_path: Path) -> None:
    path = tar_of(tmp_path / "x.tar", {"a": b"1", "b": b"2"}, packed=False)
    with tarfile.open(path, "a") as tar:
        one = tarfile.TarInfo("a")
        one.size = 1
        tar.addfile(one, io.BytesIO(b"3"))
    with closing(shelf_of(path)) as shelf:
        assert [(one.path, shelf.read(one)) for one in shelf.entries] == [("a", b"3"), ("b", b"2")]


@pytest.mark.parametrize(
    "limits",
    [
        Limits(entries=3),
        Limits(total_bytes=4_000),
        Limits(small=1_000, whole_ratio=5),
    ],
    ids=["too many", "too large", "a bomb"],
)
def test_what_asks_too_much_of_a_machine_is_refused_whole(tmp_path: Path, limits: Limits) -> None:
    path = tar_of(tmp_path / "x.tar.gz", FILES)
    with pytest.raises(UnsafeExport):
        shelf_of(path, limits)


def test_one_file_that_is_too_large_is_refused_alone(tmp_path: Path) -> None:
    path = tar_of(tmp_path / "x.tar.gz", FILES)
    with closing(shelf_of(path, Limits(entry_bytes=4_999))) as shelf:
        assert len(shelf.entries) == 3
    assert [one.place for one in shelf.refused] == ["deep/er/b.json"]


def test_a_bomb_is_stopped_while_it_grows(tmp_path: Path) -> None:
    path = tmp_path / "bomb.tar.gz"
    with gzip.open(path, "wb") as packed:
        one = tarfile.TarInfo("zeros")
        one.size = 1 << 28
        packed.write(one.tobuf())
        for _ in range(1 << 8):
            packed.write(b"\0" * (1 << 20))
    with pytest.raises(UnsafeExport):
        shelf_of(path)


def test_a_header_that_claims_to_be_huge_is_not_believed(tmp_path: Path) -> None:
    one = tarfile.TarInfo("x" * 10)
    one.type, one.size = tarfile.XHDTYPE, 1 << 40
    path = tmp_path / "x.tar"
    path.write_bytes(one.tobuf(tarfile.GNU_FORMAT) + b"\0" * 2_048)
    with pytest.raises(DamagedExport):
        shelf_of(path)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_mutilated_tar_file_is_read_whole_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("tar") / "x"
    content = bytearray(tar_of(path, FILES, packed=data.draw(st.booleans())).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(0, len(content)) | st.none())])
    try:
        with closing(shelf_of(path)) as shelf:
            for entry in shelf.entries:
                assert len(shelf.read(entry)) == entry.size
    except Problem as problem:
        assert problem.what.ja and problem.next_step.en


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 300_000), min_size=1, max_size=12), st.integers(1_000, 90_000))
def test_going_to_any_byte_of_what_gzip_packed_finds_it(places: list[int], apart: int) -> None:
    content = b"".join(number.to_bytes(4, "big") for number in range(60_000))
    packed = gzip.compress(content[:100_000]) + gzip.compress(content[100_000:])
    stream = Inflated(io.BytesIO(packed), Limits(), place="x", packed=len(packed))
    stream._apart = apart
    for at in places:
        stream.seek(at)
        assert stream.read(1_000) == content[at : at + 1_000]


def test_spots_to_go_back_to_are_thinned_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gunzip, "_MOST_SPOTS", 4)
    content = bytes(range(256)) * 4_000
    packed = gzip.compress(content)
    stream = Inflated(io.BytesIO(packed), Limits(), place="x", packed=len(packed))
    stream._apart = 10_000
    while stream.read(7_000):
        pass
    assert len(stream._spots) <= 4
    stream.seek(5)
    assert stream.read(10) == content[5:15]


def test_other_files_are_no_tar_files(tmp_path: Path) -> None:
    for number, content in enumerate([b"", b"PK\x03\x04", gzip.compress(b"x" * 600), b"\x1f\x8bx"]):
        path = tmp_path / str(number)
        path.write_bytes(content)
        with path.open("rb") as file:
            assert not is_tar(file)
