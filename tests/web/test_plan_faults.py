"""What goes wrong with plans, briefs and records is said on the page; no number is made up."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.business import read_next
from jibungoto.desk.people.segments import save
from jibungoto.plan.templates import KEYS, template_of
from jibungoto.plan.yaml_file import written
from jibungoto.records.models import (
    AnswerRow,
    BusinessFileRow,
    BusinessRecordRow,
    FindingRow,
    IntakeRow,
    PersonRow,
    PlanRow,
    StandingRow,
)
from jibungoto.understand.answers import Stage
from jibungoto.understand.segments import Segment
from tests.web.plan_writing import PLANS, V0, begun, get, held, in_force, texts, write

SCORE = f"{PLANS}starts/score/"
EVIDENCE = "/yamabiko/evidence/"


@pytest.fixture
def draft(manager: Client) -> str:
    """Return the address at which a new plan is written."""
    return begun(manager)


def without_data() -> None:
    """Take everything out of the log, as when its intake is undone."""
    AnswerRow.objects.all().delete()
    IntakeRow.objects.update(state="undone", first_day=None, last_day=None, covered_until=None)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_measure_that_lost_its_data_has_no_value_and_says_why_and_what_to_do(
    manager: Client, acting: Acting, draft: str, language: str
) -> None:
    in_force(manager, draft)
    assert FindingRow.objects.filter(measure="starters").exists()
    plan = held(acting)
    without_data()
    manager.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    page = get(manager, SCORE)
    assert ("まだデータがありません。" if language == "ja" else "nothing in the log yet.") in page
    assert page.count("<dd>-</dd>") == 3, "now, the path by now, and the forecast"
    assert held(acting) == plan


def test_a_baseline_that_vanished_is_said_on_the_scorecard_and_stays_as_it_was_written(
    manager: Client, acting: Acting, draft: str
) -> None:
    in_force(manager, draft)
    FindingRow.objects.filter(measure="starters", as_of__lte=date(2026, 6, 30)).delete()
    page = texts(get(manager, SCORE))
    assert "was taken from is no longer in the log; the baseline stays as it was written." in page
    assert held(acting).objective.victory[0].baseline.value == 1.0


def test_a_segment_that_became_empty_is_said_on_the_plan_and_its_key_is_kept(
    manager: Client, acting: Acting, draft: str
) -> None:
    save(acting, "Starters", rule=Segment(stages=("starting",)))
    page = write(manager, draft, {"who[0].behaviour": "starters", f"{V0}.scope.segment": ""})
    assert "1 person today" in texts(page)
    StandingRow.objects.update(stage=Stage.SPEAKING)
    AnswerRow.objects.update(made_at=timezone.now())
    page = get(manager, draft)
    assert "Nobody fits this segment today." in texts(page)
    assert held(acting).who[0].behaviour == "starters"
    assert PersonRow.objects.exists()


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_template_with_unknown_keys_is_refused_whole_with_line_and_nearest_key(
    manager: Client, key: str, language: str
) -> None:
    content = written(template_of(key).plan).replace("  owner:", "  ownr:", 1)
    content = content.replace("  deputy:", "  ownr:", 1) if "ownr" not in content else content
    content += "" if "ownr" in content else "how2: []\n"
    line = next(at for at, text in enumerate(content.splitlines(), 1) if _is_unknown(text))
    manager.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    file = SimpleUploadedFile("plan.yaml", content.encode())
    page = texts(manager.post(PLANS, {"step": "file", "file": file}).content.decode())
    said = f"{line}行目の「" if language == "ja" else f"Line {line}: “"
    assert said in page
    assert ("ではありませんか。" if language == "ja" else "Do you mean “") in page
    assert not PlanRow.objects.exists()


def _is_unknown(line: str) -> bool:
    return line.strip().removeprefix("- ").startswith(("ownr:", "how2:"))


def test_a_number_of_a_plan_that_is_an_association_is_refused_from_a_file_too(
    manager: Client, acting: Acting, draft: str
) -> None:
    write(manager, draft)
    content = manager.get(f"{PLANS}starts.yaml").content.decode()
    bad = content.replace("measure: starters", "measure: bridge_gap").encode()
    begins = manager.post(PLANS, {"step": "file", "file": SimpleUploadedFile("p.yaml", bad)})
    page = texts(get(manager, begins.headers["Location"]))
    assert "It is a difference that shows an association, and nothing to win." in page
    place = begins.headers["Location"].rpartition("/edit/")[0].rpartition("/")[0]
    answer = manager.post(f"{place}/decide/", {"step": "force", "version": "1"}, follow=True)
    assert "It is not in force yet." in answer.content.decode()


def test_business_data_with_duplicate_and_missing_periods_names_both_and_fills_nothing_in(
    manager: Client,
) -> None:
    question = {
        **{"objective": "x", "outcome": "売上", "unit": "yen", "first": "2025-01"},
        **{"last": "2025-06", "pre": "3", "post": "2", "method": "matched", "ratio": "1"},
        "joining": "file",
    }
    manager.post(f"{EVIDENCE}new/", question)
    rows = "account,period,value\nA,2025-01,10\nA,2025-01,12\nA,2025-02,11\nA,2025-05,9\n"
    rows += "B,2025-01,5\nB,2025-02,6\nB,2025-03,7\nB,2025-04,7\nB,2025-05,8\n"
    manager.post(f"{EVIDENCE}1/", {"records": SimpleUploadedFile("s.csv", rows.encode())})
    read_next()
    page = texts(get(manager, f"{EVIDENCE}files/1/"))
    assert "The same account and period has different values (rows 2, 3)." in page
    kept = BusinessRecordRow.objects.filter(account="a").values_list("period", flat=True)
    assert sorted(kept) == ["2025-02", "2025-05"]
    row = BusinessFileRow.objects.get()
    assert (row.read, row.kept, len(row.refused)) == (9, 7, 2)
    assert row.gaps and "2025-03" in str(row.gaps)
    assert "Periods without a value" in page and "Nothing is filled in." in page
    assert "A: Mar 2025, Apr 2025" in page
