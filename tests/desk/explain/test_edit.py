"""Editing a sentence: both languages, its tone, its copies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.explain.draft import keep_draft
from jibungoto.desk.explain.edit import (
    ONE_LANGUAGE,
    Edit,
    Edited,
    Refused,
    edit_claim,
    revision_of,
)
from jibungoto.desk.explain.facts_of_plans import plan_facts
from jibungoto.desk.explain.issue import issue
from jibungoto.desk.explain.listing import brief_of
from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.desk.plan.begin import new
from jibungoto.engine.disk import keep_to_owner
from jibungoto.explain.briefs.advice import ADVICE
from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.brief import Brief, BriefKind
from jibungoto.explain.claims import Claim, Grade, Tone
from jibungoto.explain.drafting.draft import draft
from jibungoto.explain.drafting.facts import BriefFacts
from jibungoto.ledger.words import Words
from jibungoto.plan.owwh import Plan
from jibungoto.plan.text import Text
from jibungoto.records.models import BriefRow
from tests.desk.plan.at_work import SOUND, Desk
from tests.explain.brief_made import planned
from tests.explain.examples import LAST_DAY, empty

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

NEW = Words("言いなおしました。", "It is said anew.")


@pytest.fixture
def acting(db: None, settings: Settings, home: Path) -> Acting:
    """Return the administrator of a fresh community."""
    keep_to_owner(home)
    settings.HOME = home
    return administrator(begin(Beginning("やまびこ", slug="yamabiko")))


@pytest.fixture
def row(acting: Acting) -> BriefRow:
    """Return a kept draft in which every heading says something."""
    return keep_draft(acting, made())


def made() -> Brief:
    return draft(planned(), BriefKind.MONTHLY, audience=AudienceKey.CFO)


def held(row: BriefRow, key: str) -> Claim:
    row.refresh_from_db()
    found = brief_of(row).claim(key)
    assert found is not None
    return found


def wish(row: BriefRow, key: str, text: Words, *, note: str = "") -> Edit:
    return Edit(row.number, key, text, Grade.E1, note=note, seen=revision_of(row, key))


def test_words_of_ones_own_are_neither_for_the_better_nor_for_the_worse(
    acting: Acting, row: BriefRow
) -> None:
    was = held(row, "changes-1")
    assert was.tone is not Tone.NEITHER
    assert isinstance(edit_claim(acting, wish(row, "changes-1", was.text, note="注")), Edited)
    assert held(row, "changes-1").tone is was.tone
    assert isinstance(edit_claim(acting, wish(row, "changes-1", NEW)), Edited)
    assert held(row, "changes-1").tone is Tone.NEITHER


@pytest.mark.parametrize("language", ["ja", "en"])
def test_one_language_is_not_changed_alone(acting: Acting, row: BriefRow, language: str) -> None:
    was = held(row, "ask-1").text
    half = Words(NEW.ja, was.en) if language == "ja" else Words(was.ja, NEW.en)
    refused = edit_claim(acting, wish(row, "ask-1", half))
    assert isinstance(refused, Refused) and refused.why == (ONE_LANGUAGE,)
    same = "もう片方もいまも同じ内容です"
    assert isinstance(edit_claim(acting, wish(row, "ask-1", half, note=same)), Edited)
    again = Words(f"{half.ja[:-1]}よ。", half.en)
    refused = edit_claim(acting, wish(held_row(row), "ask-1", again, note=same))
    assert isinstance(refused, Refused) and refused.why == (ONE_LANGUAGE,)


def held_row(row: BriefRow) -> BriefRow:
    row.refresh_from_db()
    return row


def test_a_copy_is_changed_with_its_sentence_and_its_revision_rises(
    acting: Acting, row: BriefRow
) -> None:
    assert held(row, "ask-1").text == held(row, "bottom_line-3").text
    assert isinstance(edit_claim(acting, wish(row, "ask-1", NEW)), Edited)
    for key in ("ask-1", "bottom_line-3"):
        assert (held(row, key).text, held(row, key).is_edited) == (NEW, True)
        assert revision_of(row, key) == 1


def test_a_copy_that_was_edited_by_itself_is_left(acting: Acting, row: BriefRow) -> None:
    brief = made()
    line = brief.claim("bottom_line-3")
    assert line is not None
    apart = keep_draft(acting, brief.with_claim(replace(line, text=Words("別です。", "Other."))))
    assert isinstance(edit_claim(acting, wish(apart, "ask-1", NEW)), Edited)
    assert held(apart, "bottom_line-3").text.en == "Other."
    assert revision_of(apart, "bottom_line-3") == 0


def test_what_the_writer_was_told_is_not_issued(acting: Acting) -> None:
    row = keep_draft(
        acting, draft(BriefFacts(empty()), BriefKind.MONTHLY, audience=AudienceKey.CFO)
    )
    assert lines(row) & ADVICE != set()
    assert lines(issue(acting, row.number)) & ADVICE == set()


def lines(row: BriefRow) -> set[Words]:
    return {line for part in brief_of(row).parts for line in part.text}


def test_conditions_of_several_plans_name_their_plan(acting: Acting) -> None:
    desks = [Desk(acting, new(acting).row.plan.key)]
    desks[0].saved(titled("甲"))
    desks[0].in_force()
    alone = plan_facts(acting, as_of=LAST_DAY, findings=[])
    assert alone is not None and [one.plan for one in alone.conditions] == [None]
    desks.append(Desk(acting, new(acting).row.plan.key))
    desks[1].saved(titled("乙"))
    desks[1].in_force()
    both = plan_facts(acting, as_of=LAST_DAY, findings=[])
    assert both is not None
    assert [one.plan for one in both.conditions] == [Words("甲", "甲"), Words("乙", "乙")]


def titled(name: str) -> Plan:

    return structs.replace(SOUND, title=Text(ja=name))
