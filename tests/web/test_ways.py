"""How to come by each source's file: three lines, and the mail that the docs have too."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from django.test import Client

from jibungoto.gather.families import Family
from jibungoto.ledger.source import SOURCE_NAMES
from jibungoto.ledger.words import LANGUAGES
from jibungoto.web.ways import WAYS, mail_of, ways_by_family
from jibungoto.web.ways_to_works import COMMANDS

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"csv": "a-table", "feed": "feeds", "facebook_live": "facebook-live"}
MAIL = re.compile(r"```\n((?:件名|Subject).*?)```", re.DOTALL)


def how_to(key: str, language: str) -> str:
    page = DOCS / language / "how-to" / f"bring-in-{PAGES.get(key, key)}.md"
    return page.read_text(encoding="utf-8")


def test_every_source_has_its_way_and_stands_in_one_family() -> None:
    assert set(WAYS) == set(SOURCE_NAMES)
    shown = [way.key for _family, ways in ways_by_family() for way in ways]
    assert sorted(shown) == sorted(WAYS)
    assert [family for family, _ways in ways_by_family()] == list(Family)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", sorted(set(WAYS) - {"headcount", *COMMANDS}))
def test_the_mail_is_that_of_the_docs(key: str, language: str) -> None:
    (mail,) = MAIL.findall(how_to(key, language))
    assert mail_of(key, language) == mail


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", sorted(COMMANDS))
def test_a_mail_that_speaks_of_commands_brings_them_along(key: str, language: str) -> None:
    assert COMMANDS[key] in how_to(key, language)
    mail = mail_of(key, language)
    assert COMMANDS[key] in mail and "from above" not in mail and "上の" not in mail


def test_nobody_has_to_be_asked_for_a_head_count() -> None:
    assert [mail_of("headcount", language) for language in LANGUAGES] == ["", ""]


def test_no_file_is_read_for_a_name_that_is_no_source() -> None:
    assert mail_of("../ja/slack", "ja") == mail_of("pigeon", "ja") == ""


def test_a_way_is_a_page_with_three_lines_and_both_mails(manager: Client) -> None:
    page = manager.get("/yamabiko/sources/how/zulip/").content.decode()
    steps = page[page.index('<ol class="steps">') : page.index("</ol>")]
    assert steps.count("<li>") == 3
    for language in LANGUAGES:
        assert mail_of("zulip", language) in html.unescape(page)
    assert page.index("Mail in English") > page.index("日本語のメール")


def test_a_source_that_is_not_there_is_no_page(manager: Client) -> None:
    assert manager.get("/yamabiko/sources/how/pigeon/").status_code == 404


def test_all_ways_are_linked_where_files_are_dropped(manager: Client) -> None:
    page = manager.get("/yamabiko/sources/").content.decode()
    linked = set(re.findall(r'href="/yamabiko/sources/how/(\w+)/"', page))
    assert linked == set(WAYS)
