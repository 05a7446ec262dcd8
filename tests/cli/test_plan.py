"""Plans on the command line: brought in, shown, checked and written out, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jibungoto.plan.templates import template_of
from jibungoto.plan.yaml_file import written
from tests.cli.conftest import Run

FILE = """\
title:
  ja: 迎える
  en: Welcome
period:
  from: 2023-11-01
  to: 2099-03-31
objective:
  company: 続けて参加する人が増える
  member: 入った週に話せる人が見つかる
  victory:
  - key: victory-1
    measure: active
    baseline:
      value: 1
      from: 2023-10-19
      to: 2023-11-15
    operator: at_least
    target: 4
    unit: persons
    due: 2099-03-31
who:
- key: who-1
  interest_axis: 地図を直したい人
what:
- key: what-1
  who: who-1
  gain: その日に手伝いを始められる
how:
- key: how-1
  title: 地図の夕べ
  victories:
  - victory-1
  serves:
  - what-1
  owner: あき
"""


@pytest.fixture
def planned(filled: Run, tmp_path: Path) -> Run:
    """Return the same with one plan."""
    (tmp_path / "plan.yaml").write_text(FILE, encoding="utf-8")
    done = filled("plan", "import", tmp_path / "plan.yaml")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "Brought in as version 1 of “welcome”.\n"
    return filled


def test_plans_are_listed_shown_and_written_out(planned: Run, tmp_path: Path) -> None:
    listed = planned("plan", "show", language="ja_JP.UTF-8")
    assert listed.stdout.split() == ["welcome", "下書き", "2099-03-31", "迎える"]
    shown = planned("plan", "show", "welcome", language="ja_JP.UTF-8")
    assert shown.stdout.splitlines()[0] == "迎える  (welcome v1, 下書き)"
    out = tmp_path / "out.yaml"
    assert planned("plan", "export", "--out", out).stdout == f"{out}\n"
    assert out.read_text(encoding="utf-8") == FILE
    assert planned("plan", "export", "welcome").stdout == FILE


def test_a_plan_is_told_to_programs(planned: Run) -> None:
    (line,) = json.loads(planned("plan", "show", "--json").stdout)
    assert line == {
        "key": "welcome",
        "title": {"ja": "迎える", "en": "Welcome"},
        "state": "draft",
        "in_force": None,
        "drafts": 1,
        "due": "2099-03-31",
        "ends": "2099-03-31",
    }
    told = json.loads(planned("plan", "show", "welcome", "--json").stdout)
    (card,) = told["scorecard"]
    assert (told["version"], told["plan"]["title"]["ja"]) == (1, "迎える")
    assert (card["measure"], card["target"], card["now"]["value"]) == ("active", 4.0, 2.0)
    assert (card["now"]["as_of"], card["reason"]) == ("2023-11-15", None)
    assert card["why"]["ja"] and card["why"]["en"]


def test_a_check_names_every_place_and_ends_with_1_while_there_are_errors(
    planned: Run, tmp_path: Path
) -> None:
    checked = planned("plan", "check", "--json")
    assert checked.returncode == 0
    rules = [one["rule"] for one in json.loads(checked.stdout)]
    assert "V19" in rules and "V02" not in rules
    assert planned("plan", "show").stdout.split()[1] == "Valid"
    (tmp_path / "plan.yaml").write_text(FILE.replace("地図を直したい人", "誰でも"), "utf-8")
    planned("plan", "import", tmp_path / "plan.yaml", "--into", "welcome")
    wrong = planned("plan", "check", "welcome", "--version", 2, language="ja_JP.UTF-8")
    assert wrong.returncode == 1
    told = [line for line in wrong.stdout.splitlines() if line.startswith("V11")]
    assert told == [
        "V11  エラー   who[0].interest_axis         「誰でも」は Who ではありません。"
        "何に関心があり、何をしている人かを書いてください。"
    ]


BAD = [
    (b"titel: x\n", "titel: Line 1: “titel” is unknown. Do you mean “title”?\n"),
    (b"a: &a [x]\nb: [*a, *a]\n", "Line 2 holds a reference (*)."),
    (b"title: a\0b\n", "This cannot be read as YAML"),
    (b"x" * 10_000_000, "The file is too large: it has more than 128 KB."),
    (b"", "This is not the file of a plan."),
    ("title: 計画".encode("cp932"), "The file is not in UTF-8."),
]
"""A typo, a bomb, a NUL, ten megabytes, nothing, and another encoding."""


def test_what_is_no_plan_is_refused_in_a_line(filled: Run, tmp_path: Path) -> None:
    for content, said in BAD:
        (tmp_path / "bad.yaml").write_bytes(content)
        done = filled("plan", "import", tmp_path / "bad.yaml")
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith(said) and done.stderr.count("\n") == 1
    assert filled("plan", "show").stderr == "There is no plan yet.\n"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "ja_JP.UTF-8",
            "how[0].ownr: {line}行目の「ownr」という項目はありません。"
            "「owner」ではありませんか。\n",
        ),
        ("C.UTF-8", "how[0].ownr: Line {line}: “ownr” is unknown. Do you mean “owner”?\n"),
    ],
    ids=["ja", "en"],
)
def test_a_template_with_unknown_keys_is_refused_whole_and_leaves_nothing(
    filled: Run, tmp_path: Path, language: str, said: str
) -> None:
    content = written(template_of("whats-new").plan).replace("  stop_rule:", "  ownr:", 1)
    (tmp_path / "mine.yaml").write_text(content, encoding="utf-8")
    line = 1 + content[: content.index("  ownr:")].count("\n")
    done = filled("plan", "import", tmp_path / "mine.yaml", language=language)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == said.format(line=line)
    assert filled("plan", "show").stderr == "There is no plan yet.\n"


def test_a_plan_that_is_not_there_and_one_that_is_not_said(planned: Run, tmp_path: Path) -> None:
    done = planned("plan", "show", "other")
    assert (done.returncode, done.stderr[:28]) == (2, "There is no plan “other”. Ch")
    assert planned("plan", "export", "welcome", "--version", 9).returncode == 2
    assert planned("plan", "import", tmp_path / "none.yaml").returncode == 2
    planned("plan", "import", tmp_path / "plan.yaml")
    unclear = planned("plan", "check")
    assert unclear.returncode == 2
    assert unclear.stderr.startswith("It is not clear which plan is meant. Say one of: welcome")
