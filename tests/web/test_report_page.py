"""The report as a page: in the page's language, and under the same strict policy."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape

import pytest
from django.test import Client

from jibungoto.desk.explain.listing import brief_of
from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.records.models import BriefRow, MembershipRow

REPORT = "/yamabiko/report/"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_report_speaks_the_language_of_the_page(manager: Client, language: str) -> None:
    answer = manager.get(REPORT, headers={"accept-language": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()


def test_the_policy_allows_its_one_style_sheet_and_no_other(manager: Client) -> None:
    answer = manager.get("/yamabiko/report.html")
    style = re.search("<style>(.*?)</style>", answer.content.decode(), re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = answer.headers["Content-Security-Policy"]
    assert f"style-src 'self' 'sha256-{digest}'" in policy
    assert "unsafe-inline" not in policy
    assert "sha256" not in manager.get("/yamabiko/sources/").headers["Content-Security-Policy"]


def test_it_says_what_the_monthly_brief_would_say_and_becomes_one(manager: Client) -> None:
    page = unescape(manager.get(REPORT).content.decode())
    assert BriefRow.objects.count() == 0
    manager.post("/yamabiko/briefs/", {"kind": "monthly", "audience": "boss"})
    claims = [one.text.en for one in brief_of(BriefRow.objects.get()).claims()]
    assert [claim for claim in claims if claim not in page] == []
    assert "Keep it as a draft" in page


@pytest.mark.parametrize("ending", ["html", "pptx", "xlsx", "md"])
def test_it_is_had_as_a_file(manager: Client, ending: str) -> None:
    answer = manager.get(f"/yamabiko/report.{ending}")
    assert (answer.status_code, len(answer.content) > 500) == (200, True)
    assert manager.get("/yamabiko/report.exe").status_code == 404


def test_without_records_the_next_step_is_said(manager: Client) -> None:
    user = MembershipRow.objects.get().user
    community = begin(Beginning("空", slug="empty"))
    MembershipRow.objects.create(user=user, community=community, role="manager")
    page = manager.get("/empty/report/").content.decode()
    assert "There is nothing to report yet" in page and "/empty/sources/" in page
