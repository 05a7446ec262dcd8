"""A folder, a zip and a single file behind one face, and what is never opened."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from jibungoto.gather.shelves.entry import Limits
from jibungoto.gather.shelves.export import Export, fingerprint, open_export
from jibungoto.ledger.problems import (
    DamagedExport,
    DiskProblem,
    EncryptedExport,
    Problem,
    UnknownName,
    UnsafeExport,
)
from tests.gather.made import Files, folder_of, zip_of

FILES: Files = {"a/one.json": b"[1]", "a/b/two.json": b"[2]" * 9_000, "空.json": b""}


def contents(export: Export) -> dict[str, bytes]:
    return {entry.path: bytes(export.read(entry)) for entry in export.entries}


def streamed(export: Export) -> dict[str, bytes]:
    found = {}
    for entry in export.entries:
        with export.open(entry) as stream:
            found[entry.path] = stream.read()
    return found


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_and_a_folder_give_the_same(tmp_path: Path, method: int) -> None:
    with (
        open_export(folder_of(FILES, tmp_path / "f")) as folder,
        open_export(zip_of(FILES, tmp_path / "z.zip", method=method)) as zipped,
    ):
        assert contents(folder) == contents(zipped) == streamed(folder) == streamed(zipped) == FILES
        sizes = {entry.path: entry.size for entry in zipped.entries}
        assert sizes == {name: len(bytes(zipped_)) for name, zipped_ in contents(zipped).items()}


def test_a_single_file_is_an_export_of_one(tmp_path: Path) -> None:
    path = tmp_path / "general.json"
    path.write_bytes(b"[]")
    with open_export(path) as export:
        assert (contents(export), export.wrapper) == ({"general.json": b"[]"}, "general")


def test_what_computers_add_and_the_wrapping_folder_are_not_seen(tmp_path: Path) -> None:
    files = {
        "Export/x/1.json": b"1",
        "Export/2.json": b"2",
        "__MACOSX/Export/._2.json": b"?",
        "Export/.DS_Store": b"?",
    }
    with open_export(zip_of(files, tmp_path / "z.zip")) as export:
        assert contents(export) == {"x/1.json": b"1", "2.json": b"2"}
        assert export.wrapper == "Export"


def test_a_zip_written_as_a_stream_with_a_comment_after_other_bytes_is_read(
    tmp_path: Path,
) -> None:
    class OneWay(BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: object) -> int:
            raise OSError

        def tell(self) -> int:
            raise OSError

    stream = OneWay()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", b"[1]" * 99)
        archive.comment = b"PK\x05\x06 a comment"
    path = tmp_path / "z.zip"
    path.write_bytes(b"#!/bin/sh\n" + stream.getvalue())
    with open_export(path) as export:
        assert contents(export) == {"a.json": b"[1]" * 99} == streamed(export)


def test_a_zip64_is_read(tmp_path: Path) -> None:
    path = tmp_path / "z.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("a.json", "w", force_zip64=True) as entry:
            entry.write(b"[1]")
        for number in range(66_000):
            archive.writestr(f"{number}.json", b"")
    with open_export(path) as export:
        assert len(export.entries) == 66_001
        assert bytes(export.read(export.entries[0])) == b"[1]"


def test_sizes_that_stand_in_the_zip64_field_are_found(tmp_path: Path) -> None:
    path = zip_of({"a.json": b"[1]"}, tmp_path / "z.zip", method=0)
    content = path.read_bytes()
    at = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    header = bytearray(content[at : at + 46])
    wide = struct.pack("<HHQQQ", 1, 24, 3, 3, 0)
    struct.pack_into("<LL", header, 20, 0xFFFFFFFF, 0xFFFFFFFF)
    struct.pack_into("<H", header, 30, len(wide))
    struct.pack_into("<L", header, 42, 0xFFFFFFFF)
    tail = bytearray(content[end:])
    struct.pack_into("<L", tail, 12, end - at + len(wide))
    path.write_bytes(content[:at] + header + content[at + 46 : end] + wide + tail)
    with open_export(path) as export:
        assert contents(export) == {"a.json": b"[1]"}


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "cp437"])
def test_names_without_a_stated_encoding_are_read_as_they_were_meant(
    tmp_path: Path, codec: str
) -> None:
    name = "café.json" if codec == "cp437" else "自己紹介.json"
    plain = "x" * len(name.encode(codec))
    path = zip_of({plain: b"[]"}, tmp_path / "z.zip")
    path.write_bytes(path.read_bytes().replace(plain.encode(), name.encode(codec)))
    with open_export(path) as export:
        assert [entry.path for entry in export.entries] == [name]


@pytest.mark.parametrize(
    "name",
    ["../x.json", "a/../../x.json", "/etc/x.json", "C:/x.json", "a\\x.json", "a/.."],
)
def test_a_name_that_leads_outside_stays_shut_alone(tmp_path: Path, name: str) -> None:
    path = zip_of({"fine.json": b"[]", name: b"[]"}, tmp_path / "z.zip")
    with open_export(path) as export:
        assert contents(export) == {"fine.json": b"[]"}
        assert [(one.place, one.records) for one in export.refused] == [(name, 1)]
        assert "outside" in export.refused[0].reason.en


def test_a_zip_of_which_nothing_is_safe_is_refused_by_file_and_entry(tmp_path: Path) -> None:
    path = zip_of({"../x.json": b"[]"}, tmp_path / "z.zip")
    with pytest.raises(UnsafeExport) as raised:
        open_export(path)
    assert raised.value.place == "z.zip: ../x.json"
    assert "outside" in raised.value.said_in("en")
    assert "ダウンロード" in raised.value.said_in("ja")


def test_a_nul_in_a_name_is_shown_as_something_that_can_be_shown(tmp_path: Path) -> None:
    path = zip_of({"aXb.json": b"[]", "c.json": b"[]"}, tmp_path / "z.zip")
    path.write_bytes(path.read_bytes().replace(b"aXb", b"a\x00b"))
    with open_export(path) as export:
        assert [one.place for one in export.refused] == ["a\ufffdb.json"]


def test_of_thousands_of_unsafe_names_the_first_are_named_and_the_others_counted(
    tmp_path: Path,
) -> None:
    files = {f"../{number}.json": b"" for number in range(1_500)}
    with open_export(zip_of({"a.json": b"[]", **files}, tmp_path / "z.zip")) as export:
        assert len(export.refused) == 1_001
        assert sum(one.records for one in export.refused) == 1_500


@pytest.mark.parametrize(
    "limits",
    [
        Limits(entries=1),
        Limits(total_bytes=20_000),
        Limits(small=100, whole_ratio=10, entry_ratio=10_000),
        Limits(directory_bytes=10),
    ],
    ids=["count", "total", "ratio of all", "directory"],
)
def test_limits_hold_before_anything_is_unpacked(tmp_path: Path, limits: Limits) -> None:
    path = zip_of(FILES, tmp_path / "z.zip")
    open_export(path).close()
    with pytest.raises(UnsafeExport):
        open_export(path, limits)


@pytest.mark.parametrize(
    "limits",
    [Limits(entry_bytes=20_000), Limits(small=100, entry_ratio=10)],
    ids=["size", "ratio"],
)
def test_one_entry_that_asks_too_much_stays_shut_alone(tmp_path: Path, limits: Limits) -> None:
    path = zip_of(FILES, tmp_path / "z.zip")
    with open_export(path, limits) as export:
        assert contents(export) == {"a/one.json": b"[1]", "空.json": b""}
        assert [one.place for one in export.refused] == ["a/b/two.json"]


def test_one_file_of_a_folder_that_is_too_large_stays_shut_alone(tmp_path: Path) -> None:
    with open_export(folder_of(FILES, tmp_path / "f"), Limits(entry_bytes=20_000)) as export:
        assert contents(export) == {"a/one.json": b"[1]", "空.json": b""}
        assert [one.place for one in export.refused] == ["a/b/two.json"]


@pytest.mark.parametrize("limits", [Limits(entries=1), Limits(total_bytes=4)])
def test_limits_hold_for_folders(tmp_path: Path, limits: Limits) -> None:
    with pytest.raises(UnsafeExport):
        open_export(folder_of(FILES, tmp_path / "f"), limits)


def test_a_bomb_stays_shut(tmp_path: Path) -> None:
    path = zip_of({"bomb.json": b"0" * (20 << 20)}, tmp_path / "z.zip")
    with pytest.raises(UnsafeExport) as raised:
        open_export(path)
    assert raised.value.place == "z.zip: bomb.json"


def test_a_bomb_among_others_stays_shut_alone(tmp_path: Path) -> None:
    path = zip_of({"a.json": b"[]", "bomb.json": b"0" * (20 << 20)}, tmp_path / "z.zip")
    with open_export(path) as export:
        assert contents(export) == {"a.json": b"[]"}
        assert [one.place for one in export.refused] == ["bomb.json"]


def test_a_bomb_of_many_small_entries_stays_shut(tmp_path: Path) -> None:
    files = {f"{number}.json": b"0" * (1 << 20) for number in range(20)}
    with pytest.raises(UnsafeExport):
        open_export(zip_of(files, tmp_path / "z.zip"))


def test_entries_that_share_their_bytes_stay_shut(tmp_path: Path) -> None:
    kernel = bytes(range(256)) * 8
    path = zip_of({"0.json": kernel}, tmp_path / "z.zip", method=0)
    content = path.read_bytes()
    at, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    tail = bytearray(content[end:])
    struct.pack_into("<HHL", tail, 8, 50, 50, (end - at) * 50)
    path.write_bytes(content[:at] + content[at:end] * 50 + tail)
    with pytest.raises(UnsafeExport):
        open_export(path)


def test_a_million_entries_that_are_only_announced_are_not_waited_for(tmp_path: Path) -> None:
    path = zip_of({"a.json": b"[]"}, tmp_path / "z.zip")
    content = path.read_bytes()
    end = content.index(b"PK\x05\x06")
    tail = bytearray(content[end:])
    struct.pack_into("<HH", tail, 8, 60_000, 60_000)
    path.write_bytes(content[:end] + tail)
    with pytest.raises(DamagedExport):
        open_export(path)


def test_an_entry_that_grows_beyond_what_it_says_is_damaged(tmp_path: Path) -> None:
    path = zip_of({"a.json": b"[1]" * 50_000}, tmp_path / "z.zip")
    content = bytearray(path.read_bytes())
    struct.pack_into("<L", content, content.index(b"PK\x01\x02") + 24, 10)
    path.write_bytes(content)
    with open_export(path) as export:
        (entry,) = export.entries
        with pytest.raises(DamagedExport):
            export.read(entry)
        with pytest.raises(DamagedExport), export.open(entry) as stream:
            stream.read()


def test_a_wrong_checksum_is_found_whole_and_in_a_stream(tmp_path: Path) -> None:
    path = zip_of({"a.json": b"[1]", "b.json": b"[2]"}, tmp_path / "z.zip", method=0)
    path.write_bytes(path.read_bytes().replace(b"[1]", b"[9]"))
    with open_export(path) as export:
        bad, good = export.entries
        with pytest.raises(DamagedExport):
            export.read(bad)
        with pytest.raises(DamagedExport), export.open(bad) as stream:
            stream.read()
        assert bytes(export.read(good)) == b"[2]"


def test_an_encrypted_zip_asks_to_be_unpacked(tmp_path: Path) -> None:
    path = zip_of({"a.json": b"[]"}, tmp_path / "z.zip")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(EncryptedExport) as raised:
        open_export(path)
    assert raised.value.place == "z.zip"
    assert "password" in raised.value.said_in("en")


def test_where_only_some_files_are_encrypted_the_others_are_read(tmp_path: Path) -> None:
    path = zip_of({"a.json": b"[1]", "b.json": b"[2]"}, tmp_path / "z.zip")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with open_export(path) as export:
        assert contents(export) == {"b.json": b"[2]"}
        assert [one.place for one in export.refused] == ["a.json"]
        assert "password" in export.refused[0].reason.en


@pytest.mark.parametrize("share", [0.02, 0.5, 0.97])
def test_a_zip_that_was_cut_off_is_to_be_downloaded_again(tmp_path: Path, share: float) -> None:
    path = zip_of(FILES, tmp_path / "z.zip")
    content = path.read_bytes()
    path.write_bytes(content[: max(4, int(len(content) * share))])
    with pytest.raises(DamagedExport) as raised:
        open_export(path)
    assert "Download" in raised.value.next_step.en
    assert "ダウンロード" in raised.value.next_step.ja


def test_an_unknown_way_of_packing_says_so(tmp_path: Path) -> None:
    path = zip_of({"a.json": b"[]" * 99}, tmp_path / "z.zip", method=zipfile.ZIP_LZMA)
    with pytest.raises(UnsafeExport):
        open_export(path)


def test_links_that_lead_outside_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = folder_of({"secret.json": b"[0]"}, tmp_path / "outside")
    inside = folder_of({"a.json": b"[1]"}, tmp_path / "inside")
    (inside / "link.json").symlink_to(outside / "secret.json")
    (inside / "folder").symlink_to(outside)
    (inside / "own.json").symlink_to(inside / "a.json")
    with open_export(inside) as export:
        assert contents(export) == {"a.json": b"[1]", "own.json": b"[1]"}
        assert sorted(one.place for one in export.refused) == ["folder", "link.json"]


def test_a_file_is_called_what_the_person_calls_it(tmp_path: Path) -> None:
    kept = zip_of({"1.json": b"[]"}, tmp_path / "upload.zip")
    with open_export(kept, name="general.zip") as export:
        assert (export.name, export.wrapper) == ("general.zip", "general")
    (tmp_path / "upload.json").write_bytes(b"[3]")
    with open_export(tmp_path / "upload.json", name="general.json") as export:
        assert contents(export) == streamed(export) == {"general.json": b"[3]"}


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownName):
        open_export(tmp_path / "nothing.zip")
    with pytest.raises(Problem):
        fingerprint(tmp_path / "nothing.zip")


def test_a_file_that_vanishes_is_a_problem_of_the_disk(tmp_path: Path) -> None:
    with open_export(folder_of(FILES, tmp_path / "f")) as export:
        for entry in export.entries:
            (tmp_path / "f" / entry.path).unlink()
        with pytest.raises(DiskProblem) as raised:
            export.read(export.entries[0])
    assert raised.value.place == export.entries[0].path


def test_a_fingerprint_follows_from_names_and_contents_alone(tmp_path: Path) -> None:
    first = fingerprint(folder_of(FILES, tmp_path / "1"))
    again = {name: FILES[name] for name in reversed(list(FILES))}
    assert fingerprint(folder_of({**again, ".DS_Store": b"?"}, tmp_path / "2")) == first
    assert fingerprint(folder_of({**FILES, "空.json": b" "}, tmp_path / "3")) != first
    moved = {name.replace("one", "uno"): content for name, content in FILES.items()}
    assert fingerprint(folder_of(moved, tmp_path / "4")) != first
    path = tmp_path / "one.json"
    path.write_bytes(b"abc")
    assert fingerprint(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
