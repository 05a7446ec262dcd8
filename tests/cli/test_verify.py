"""Computing an issued brief again from its file alone, and writing drafts from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jibungoto.explain.briefs.brief import BriefKind
from jibungoto.explain.briefs.freeze import package_of
from tests.cli.conftest import Run
from tests.explain.brief_made import issued
from tests.explain.briefs.test_freeze import rewritten


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "brief.zip"
    path.write_bytes(package_of(issued(BriefKind.WEEKLY)[1]))
    return path


def test_a_sound_brief_ends_with_0_and_needs_no_home(run: Run, package: Path, home: Path) -> None:
    done = run("verify", package)
    about = "瀬戸内ものづくり広場, as of 2026-10-31, issued by jibungoto 1.0\n"
    assert (done.returncode, done.stderr) == (0, about)
    lines = done.stdout.splitlines()
    assert lines[-1] == "Whatever can be computed came out as it stands."
    named = [one for one in lines[:-2] if not one.startswith("equal")]
    assert all(one.startswith(("Of ", "Not recomputable here: ")) for one in named)
    assert not (home / "jibungoto.sqlite3").exists()


def test_it_says_so_in_japanese(run: Run, package: Path) -> None:
    done = run("verify", package, language="ja_JP.UTF-8")
    assert done.stdout.splitlines()[-1] == "計算し直せるものは、すべて一致しました。"


def test_a_changed_figure_ends_with_1_and_is_named(run: Run, tmp_path: Path) -> None:
    changed = tmp_path / "changed.zip"
    _, kept = issued(BriefKind.WEEKLY)
    figure = kept.brief.figures[0]
    changed.write_bytes(rewritten(kept, lambda one: one["brief"]["figures"][0].update(value=0.123)))
    done = run("verify", changed, "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["is_sound"]) == (1, False)
    wrong = [one["figure"] for one in told["figures"] if one["outcome"] == "differs"]
    assert wrong == [figure.key]
    assert "NOT equal" in run("verify", changed).stdout


def test_the_sum_shown_by_its_issuer_tells_another_file_apart(run: Run, package: Path) -> None:
    digest = json.loads(run("verify", package, "--json").stdout)["sha256"]
    assert run("verify", package, "--sum", digest).returncode == 0
    done = run("verify", package, "--sum", "0" * 64)
    assert (done.returncode, "it is not what was issued" in done.stdout) == (1, True)


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04", b"x" * 1000])
def test_what_is_no_package_ends_in_one_clear_line(
    run: Run, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "other.zip"
    if content is not None:
        path.write_bytes(content)
    done = run("verify", path)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1 and "Traceback" not in done.stderr


@pytest.mark.parametrize("kind", ["weekly", "quarterly"])
def test_a_draft_is_written_for_its_reader(filled: Run, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "draft.html"
    done = filled("report", "--kind", kind, "--for", "cfo", "--lang", "en", "--out", out)
    assert (done.returncode, done.stdout) == (0, f"{out}\n")
    assert "For the CFO: What is certain, and what if we stop?" in out.read_text(encoding="utf-8")


def test_an_ending_nobody_writes_is_said_before_any_work(run: Run, tmp_path: Path) -> None:
    done = run("report", "--out", tmp_path / "draft.docx")
    assert done.returncode == 2
    assert ".docx" in done.stderr
