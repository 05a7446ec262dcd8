"""The demo: made once, completed if it was stopped, and never over a real community."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.cli.conftest import Run

BRIEFS = "select kind, audience, state from records_briefrow"
SENDINGS = "select address, sent_at from records_sendingrow"
RHYTHMS = "select kind, audience from records_rhythmrow"
AGREED = "select influence from records_planacknowledgementrow"
LINES = "select count(*) from records_auditrow"


def kept(folder: Path, asked: str) -> list[Any]:
    """Return what the database of a home holds."""
    with closing(sqlite3.connect(folder / "jibungoto.sqlite3", timeout=20)) as rows:
        return rows.execute(asked).fetchall()


def test_a_second_demo_opens_what_is_there(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    first = run("demo", "--home", folder, "--prepare-only")
    assert (first.returncode, first.stderr) == (0, "Making the demo community ...\n")
    listed = run("intakes", "--home", folder, "--json").stdout
    _has_a_plan_in_force(run, folder)
    assert kept(folder, BRIEFS) == [("monthly", "boss", "issued")]
    assert kept(folder, SENDINGS) == [("miwa@example.com", None)]
    assert kept(folder, RHYTHMS) == [("weekly", "boss")]
    lines = kept(folder, LINES)
    again = run("demo", "--home", folder, "--prepare-only")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert run("intakes", "--home", folder, "--json").stdout == listed
    assert kept(folder, LINES) == lines
    assert "Staff not marked" not in run("people", "--home", folder).stderr


def _has_a_plan_in_force(run: Run, folder: Path) -> None:
    plan = run("plan", "show", "welcoming-newcomers", "--home", folder, "--json")
    told = json.loads(plan.stdout)
    assert (told["state"], len(told["scorecard"])) == ("active", 2)
    assert "unknown" not in {card["standing"] for card in told["scorecard"]}
    assert run("plan", "check", "--home", folder).returncode == 0
    assert kept(folder, AGREED) == [(2,)]


def test_the_demo_stays_out_of_a_home_with_a_real_community(filled: Run, home: Path) -> None:
    done = filled("demo", "--home", home, "--prepare-only", language="ja_JP.UTF-8")
    assert done.returncode == 1
    assert "デモではないコミュニティがあります。" in done.stderr
