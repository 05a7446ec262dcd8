"""Importing: what is printed, in which language, and how it ends."""

from __future__ import annotations

import json
import os
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from jibungoto.cli.serving import what_must_stand_before
from tests.cli.conftest import Run, small_export

KEYS = [
    *("source", "read", "new", "updated", "unchanged", "repeated"),
    *("left_out", "refused", "activities", "handles", "seconds"),
]


def test_one_line_tells_what_came_in(run: Run, export: Path) -> None:
    done = run("import", export)
    told = re.sub(r"\(\d+\.\d s\)", "(0.0 s)", done.stdout)
    assert told == (
        "export: slack, 2 records read: 2 new, 0 updated, 0 unchanged, 0 repeated, 0 left out,"
        " 0 not readable; 3 activities, 2 handles (0.0 s)\n"
    )
    assert done.stderr == "New community export, time zone Asia/Tokyo.\n"
    assert done.returncode == 0


def test_the_line_is_japanese_on_a_machine_that_speaks_japanese(run: Run, export: Path) -> None:
    done = run("import", export, language="ja_JP.UTF-8")
    assert done.stdout.startswith("export: slack、記録 2 件(新規 2、更新 0、")
    assert done.stderr == (
        "新しいコミュニティ「export」をつくりました。タイムゾーンは Asia/Tokyo です。\n"
    )


@pytest.mark.parametrize(
    ("named", "wanted"),
    [
        pytest.param(
            {"LC_ALL": "", "LC_MESSAGES": "ja_JP", "LANG": "en_US"}, "ここには", id="messages"
        ),
        pytest.param({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "ja_JP"}, "ここには", id="lang"),
        pytest.param({"LC_ALL": "en_US", "LC_MESSAGES": "ja", "LANG": "ja"}, "There", id="all"),
        pytest.param({"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, "There", id="none"),
    ],
)
def test_the_first_variable_that_says_a_language_decides(
    run: Run, named: dict[str, str], wanted: str
) -> None:
    done = run("people", **named)
    assert (done.returncode, done.stdout) == (1, "")
    assert f": {wanted}" in done.stderr


def test_a_mistyped_home_is_told_and_not_made(run: Run, home: Path) -> None:
    for words in (("people",), ("intakes",), ("doctor",), ("measure", "active")):
        done = run(*words)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.endswith(
            f"{home.name}: There is nothing here yet. Check --home (or JIBUNGOTO_HOME), or bring a "
            "file in with jibungoto import.\n"
        )
    assert not home.exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "example.com"])
def test_who_listens_for_other_machines_needs_a_public_address(
    run: Run, home: Path, host: str
) -> None:
    done = run("serve", "--host", host, JIBUNGOTO_ADDRESS="")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"--host {host}: Listening for other machines takes a public address. Name in "
        "JIBUNGOTO_ADDRESS what people will open, https://community.example.com for one.\n"
    )
    assert not home.exists()


@pytest.mark.parametrize(
    "address",
    ["community.example.com", "https://", "ftp://a.example", "https://a.example/x", "http://["],
)
def test_what_nobody_could_open_is_no_public_address(run: Run, home: Path, address: str) -> None:
    done = run("serve", JIBUNGOTO_ADDRESS=address)
    assert (done.returncode, done.stdout) == (1, "")
    assert "JIBUNGOTO_ADDRESS is not an address people could open. Write https://" in done.stderr
    assert not home.exists()


@pytest.mark.parametrize(
    ("address", "host", "said"),
    [
        ("https://a.example", "127.0.0.1", "Put a proxy with a certificate before it"),
        ("https://a.example", "0.0.0.0", "let nobody but the proxy reach 0.0.0.0:8000"),
        ("http://a.example", "0.0.0.0", "anybody on the way can read passphrases and names"),
        ("", "127.0.0.1", None),
    ],
)
def test_what_must_stand_before_the_pages_is_said(
    monkeypatch: pytest.MonkeyPatch, address: str, host: str, said: str | None
) -> None:
    monkeypatch.setenv("JIBUNGOTO_ADDRESS", address)
    told = what_must_stand_before(host, 8000)
    assert (told is None) if said is None else (told is not None and said in told.en)


def test_json_is_one_object_a_delivery_also_for_a_refused_one(
    run: Run, export: Path, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("no export")
    done = run("import", "--json", tmp_path / "notes.txt", export, tmp_path / "notes.txt")
    first, second, third = map(json.loads, done.stdout.splitlines())

    assert done.returncode == 1
    assert list(first) == list(second) == list(third) == KEYS
    zeros = [third[key] for key in KEYS[1:6]] + [third["activities"], third["handles"]]
    assert zeros == [0] * 7
    assert (second["read"], second["new"], second["left_out"], second["refused"]) == (2, 2, [], [])
    # No community was made for the first, and so no intake; the reason is said all the same.
    for whole in (first, third):
        [refused] = whole["refused"]
        assert (refused["place"], refused["records"]) == ("notes.txt", 0)
        assert refused["reason"].startswith("No reader recognises what is in it.")
    told = [json.loads(one) for one in run("intakes", "--json").stdout.splitlines()]
    assert [(one["number"], one["state"]) for one in told] == [(1, "in"), (2, "refused")]


def test_what_is_refused_keeps_nothing_else_out(run: Run, export: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no export")
    assert run("import", export).returncode == 0
    later = [{"type": "message", "user": "U1", "ts": "1700000900.000100", "text": "later"}]
    done = run("import", tmp_path / "notes.txt", small_export(tmp_path / "more", later))

    assert done.returncode == 1
    assert done.stderr.startswith("notes.txt: ")
    assert done.stdout.startswith("more: slack, 1 records read: 1 new")


@pytest.mark.parametrize(
    ("language", "where"), [("ja_JP.UTF-8", "、1 件目: "), ("C.UTF-8", ", record 1: ")]
)
def test_the_place_of_what_is_refused_is_said_in_the_language_of_the_machine(
    run: Run, tmp_path: Path, language: str, where: str
) -> None:
    timeless = {"type": "message", "user": "U1", "text": "x"}
    whole = {**timeless, "ts": "1700000900.000100"}
    done = run("import", small_export(tmp_path / "broken", [timeless, whole]), language=language)
    assert where in done.stderr


def test_a_folder_is_one_delivery_whatever_lies_in_it(run: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        small_export(tmp_path / "both" / name)
    done = run("import", "--json", tmp_path / "both")
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["import", "nowhere.zip"], id="a path that is not there"),
        pytest.param(["import", ".", "--zone", "Mars/Crater"], id="a zone that does not exist"),
        pytest.param(["import"], id="no path"),
        pytest.param(["people", "--stage", "9"], id="a stage that does not exist"),
        pytest.param(["people", "--as-of", "yesterday"], id="no date"),
        pytest.param(["people", "--kind", "cat"], id="a kind that does not exist"),
        pytest.param(["demo", "--host", "0.0.0.0"], id="the demo for everybody"),
        pytest.param(["serve", "--port", "0"], id="no port"),
        pytest.param(["dance"], id="no command"),
    ],
)
def test_a_wrong_call_ends_with_2_and_makes_nothing(run: Run, home: Path, words: list[str]) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ")
    assert not home.exists()


def test_a_wrong_call_of_ours_is_said_in_japanese(run: Run) -> None:
    done = run("import", "nowhere.zip", language="ja_JP.UTF-8")
    assert "nowhere.zip というファイルもフォルダーもありません。" in done.stderr


def test_a_community_that_is_not_there_is_a_wrong_call(filled: Run) -> None:
    done = filled("people", "--community", "elsewhere")
    assert done.returncode == 2
    assert done.stderr == (
        "There is no community “elsewhere”. Say --community with one of: export\n"
    )


def test_a_zone_changes_no_community_that_is_there(filled: Run, export: Path) -> None:
    done = filled("import", export, "--zone", "Europe/Berlin")
    assert done.stderr == "--zone is for a new community; export stays in Asia/Tokyo.\n"
    assert done.returncode == 0


def test_a_name_that_is_too_long_is_refused_alone(run: Run, export: Path) -> None:
    done = run("import", "a" * 300, export)
    assert done.returncode == 1
    assert "The machine could not read or write a file (File name too long)." in done.stderr
    assert done.stdout.startswith("export: slack, 2 records read")


@pytest.mark.skipif(os.name != "posix", reason="names are Unicode elsewhere")
def test_a_name_that_is_no_text_is_refused_with_a_clear_word(run: Run, tmp_path: Path) -> None:
    strange = os.fsencode(tmp_path) + b"/export-\xff.zip"
    Path(os.fsdecode(strange)).write_bytes(b"PK")
    done = run("import", os.fsdecode(strange))
    assert done.returncode == 1
    assert "The file's name holds bytes that are no text. Rename it and try again." in done.stderr


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs somebody without rights")
def test_an_export_in_a_folder_one_may_not_read_is_a_problem(run: Run, export: Path) -> None:
    export.parent.chmod(0o300)
    inner = export.parent / "locked"
    inner.mkdir()
    small_export(inner / "export")
    inner.chmod(0)
    try:
        done = run("import", inner / "export")
    finally:
        inner.chmod(0o700)
        export.parent.chmod(0o700)
    assert done.returncode == 1
    assert "Permission denied" in done.stderr and "Traceback" not in done.stderr


def test_no_bar_is_drawn_where_there_is_no_terminal(run: Run, export: Path) -> None:
    done = run("import", export)
    assert "\r" not in done.stdout + done.stderr and "\x1b" not in done.stdout + done.stderr


def test_a_name_cannot_move_the_cursor(run: Run, tmp_path: Path) -> None:
    folder = small_export(tmp_path / "export")
    people = json.loads((folder / "users.json").read_text())
    people[1]["profile"]["display_name"] = "\x1b[2JMio\u202e"
    (folder / "users.json").write_text(json.dumps(people))
    run("import", folder)
    shown = run("people").stdout
    assert "Mio" in shown and "\x1b" not in shown and "\u202e" not in shown


def test_a_terminal_that_knows_no_japanese_shows_escapes(filled: Run) -> None:
    changed = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"}
    plain, whole = filled("people", **changed), filled("people", "--json", **changed)
    assert (plain.returncode, whole.returncode) == (0, 0)
    assert "\\u3042\\u304d" in plain.stdout
    assert {one["name"] for one in json.loads(whole.stdout)} == {"あき", "Mio"}


def test_whoever_reads_only_the_beginning_hears_no_complaint(filled: Run) -> None:
    import sys

    command = f"{sys.executable} -m jibungoto activities --json | true"
    done = subprocess.run(
        command, shell=True, capture_output=True, text=True, timeout=300, check=False
    )
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize("ending", [".json", ".zip"])
def test_a_community_is_called_what_its_first_file_is_without_the_ending(
    run: Run, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"harbour{ending}"
    post = {"type": "message", "user": "U1", "text": "x", "ts": "1700000000.000100"}
    if ending == ".zip":
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("harbour/2023-11-14.json", json.dumps([post]))
    else:
        file.write_text(json.dumps([post]))
    assert run("import", file, "--zone", "UTC").stderr == "New community harbour, time zone UTC.\n"


def test_a_first_file_that_is_refused_leaves_no_community_behind(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "list_2019.csv"
    file.write_bytes(b"\x00\x01\x02 nothing known")
    done = run("import", file, "--zone", "UTC")
    assert done.returncode == 1
    assert "so the community list_2019 was not kept." in done.stderr
    assert "There is no community" in run("people").stderr


def test_a_file_of_headings_alone_says_that_there_was_no_record(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "event_4410_participants.csv"
    file.write_text("参加枠名,ユーザー名,表示名,参加ステータス\n", encoding="utf-8")
    done = run("import", file, "--zone", "UTC")
    assert (done.returncode, "New community event_4410_participants," in done.stderr) == (0, True)
    assert "0 records read" in done.stdout
    assert "There was no record in it" in done.stderr
