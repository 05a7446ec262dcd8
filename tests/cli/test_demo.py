"""The demo: made once, completed if it was stopped, and never over a real community."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_a_second_demo_opens_what_is_there(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    first = run("demo", "--home", folder, "--prepare-only")
    assert (first.returncode, first.stderr) == (0, "Making the demo community ...\n")
    listed = run("intakes", "--home", folder, "--json").stdout
    again = run("demo", "--home", folder, "--prepare-only")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert run("intakes", "--home", folder, "--json").stdout == listed
    assert "Staff not marked" not in run("people", "--home", folder).stderr


def test_the_demo_stays_out_of_a_home_with_a_real_community(
    run: Run, home: Path, export: Path
) -> None:
    assert run("import", export).returncode == 0
    done = run("demo", "--home", home, "--prepare-only", language="ja_JP.UTF-8")
    assert done.returncode == 1
    assert "デモではないコミュニティがあります。" in done.stderr
