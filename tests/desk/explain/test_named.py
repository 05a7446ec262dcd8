"""Nobody is named in a brief without their own consent, wherever their name stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.days import today_in
from jibungoto.desk.explain.draft import keep_draft
from jibungoto.desk.explain.edit import Edit, Edited, Refused, edit_claim
from jibungoto.desk.explain.issue import issue, package
from jibungoto.desk.explain.listing import brief_of, document
from jibungoto.desk.explain.named import answer_name, names_open
from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.engine.disk import keep_to_owner
from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.brief import Brief, BriefKind, Head
from jibungoto.explain.briefs.consent import Answer, Consent
from jibungoto.explain.briefs.package import opened
from jibungoto.explain.claims import Grade
from jibungoto.explain.document import Cell, Table
from jibungoto.explain.drafting.draft import draft
from jibungoto.explain.drafting.facts import BriefFacts
from jibungoto.explain.formats.html import render
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import BriefRow, PersonRow
from tests.explain.examples import empty

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

NAME, SAID = "佐藤 直子", "佐藤直子"
TOLD_ON = date(2026, 11, 20)
HEADS = (Words("始めたこと", "What"), Words("種類", "Kind"))


@pytest.fixture
def acting(db: None, settings: Settings, home: Path) -> Acting:
    """Return the administrator of a community with one member."""
    keep_to_owner(home)
    settings.HOME = home
    made = administrator(begin(Beginning("やまびこ", slug="yamabiko")))
    PersonRow.objects.create(community=made.community, number=1, name=NAME)
    return made


@pytest.fixture
def row(acting: Acting) -> BriefRow:
    """Return a draft without any number."""
    return keep_draft(acting, made())


def made() -> Brief:
    return draft(BriefFacts(empty()), BriefKind.MONTHLY, audience=AudienceKey.CFO)


def wish(row: BriefRow, text: Words, *consents: Consent, note: str = "") -> Edit:
    return Edit(row.number, "ask-1", text, Grade.E1, note=note, consents=consents)


def agreed(text: Words, *, told_to: str = "山田", on: date | None = TOLD_ON) -> Consent:
    return Consent(SAID, text, Answer.AGREED, told_to=told_to, on=on)


NAMING = [
    Words("佐藤 直子さんの話です。", "It rose with 佐藤 直子."),
    Words("佐藤さんの話です。", "A story."),
    Words("佐藤が始めました。", "It was begun."),
    Words("直子さんの話です。", "A story."),
    Words("佐藤直子が始めました。", "It was begun."),
]


@pytest.mark.parametrize("text", NAMING, ids=lambda one: one.ja)
def test_a_note_about_words_names_nobody(acting: Acting, row: BriefRow, text: Words) -> None:
    refused = edit_claim(acting, wish(row, text, note="x"))
    assert isinstance(refused, Refused)
    assert [one.who for one in refused.names] == [(NAME,)]
    assert any("consent" in why.en for why in refused.why)


def test_a_consent_that_says_to_whom_and_when_lets_a_name_stand(
    acting: Acting, row: BriefRow
) -> None:
    text = NAMING[0]
    assert isinstance(edit_claim(acting, wish(row, text, agreed(text))), Edited)
    row.refresh_from_db()
    kept = brief_of(row).consents
    assert [(one.name, one.text, one.told_to, one.on) for one in kept] == [
        (SAID, text, "山田", TOLD_ON)
    ]


@pytest.mark.parametrize(
    "consent",
    [
        agreed(NAMING[0], told_to=" "),
        agreed(NAMING[0], on=None),
        agreed(NAMING[0], on=timezone.localdate() + timedelta(days=2)),
    ],
    ids=["told nobody", "no day", "a day ahead"],
)
def test_a_consent_that_says_too_little_is_none(
    acting: Acting, row: BriefRow, consent: Consent
) -> None:
    assert isinstance(edit_claim(acting, wish(row, NAMING[0], consent)), Refused)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_whether_a_consent_was_given_yet_is_told_by_the_day_where_the_community_is(
    acting: Acting, row: BriefRow, zone: str
) -> None:
    acting.community.zone = zone  # one of both is never on the same day as UTC
    today, text = today_in(acting), NAMING[0]
    tomorrow = agreed(text, on=today + timedelta(days=1))
    assert isinstance(edit_claim(acting, wish(row, text, tomorrow)), Refused)
    assert isinstance(edit_claim(acting, wish(row, text, agreed(text, on=today))), Edited)


def test_another_text_asks_anew(acting: Acting, row: BriefRow) -> None:
    assert isinstance(edit_claim(acting, wish(row, NAMING[0], agreed(NAMING[0]))), Edited)
    row.refresh_from_db()
    again = replace(wish(row, NAMING[1]), seen=1)
    assert isinstance(edit_claim(acting, again), Refused)


def test_a_word_that_is_nobody_stands_once_somebody_says_so(acting: Acting, row: BriefRow) -> None:
    text = Words("佐藤の集まりです。", "A meeting.")
    not_them = Consent("佐藤", text, Answer.NOT_THEM)
    assert isinstance(edit_claim(acting, wish(row, text, not_them)), Edited)


def named_in_a_table() -> Brief:
    table = Table(
        HEADS[0], HEADS, ((Cell(Words(f"{NAME}の部屋", f"{NAME}の部屋")), Cell(HEADS[1])),)
    )
    brief = made()
    parts = tuple(
        replace(part, tables=(table,)) if part.head is Head.HEALTH else part for part in brief.parts
    )
    return replace(brief, parts=parts)


def test_a_name_in_a_table_keeps_a_brief_from_being_issued_until_it_is_answered(
    acting: Acting,
) -> None:
    row = keep_draft(acting, named_in_a_table())
    with pytest.raises(InvalidChoice) as told:
        issue(acting, row.number)
    assert "佐藤直子" in told.value.what.ja and "Names to confirm" in told.value.next_step.en
    (one,) = names_open(acting, brief_of(row))
    answer_name(acting, row.number, consent=Consent(one.said, one.text, Answer.NOT_THEM))
    assert names_open(acting, brief_of(BriefRow.objects.get())) == ()
    assert issue(acting, row.number).state == "issued"


def test_an_answer_needs_its_name_in_the_brief(acting: Acting, row: BriefRow) -> None:
    with pytest.raises(UnknownName):
        answer_name(acting, row.number, consent=agreed(NAMING[0]))


def test_who_agreed_stays_with_our_own_copy(acting: Acting, row: BriefRow) -> None:
    text = NAMING[0]
    assert isinstance(edit_claim(acting, wish(row, text, agreed(text, told_to="控えの人"))), Edited)
    done = issue(acting, row.number)
    assert [one.told_to for one in brief_of(done).consents] == ["控えの人"]
    raw = package(acting, done.number)
    assert opened(raw).frozen.brief.consents == ()
    assert "控えの人" not in render(document(done), "ja")


def test_staff_may_be_named(acting: Acting, row: BriefRow) -> None:
    PersonRow.objects.get().kinds.create(kind="staff")
    assert isinstance(edit_claim(acting, wish(row, NAMING[0])), Edited)


def test_a_given_name_of_several_is_asked_about_once_and_a_full_name_means_one(
    acting: Acting, row: BriefRow
) -> None:
    for number, name in enumerate(("田中 直子", "松尾 直子"), start=2):
        PersonRow.objects.create(community=acting.community, number=number, name=name)
    full = edit_claim(acting, wish(row, NAMING[0]))
    assert isinstance(full, Refused) and [one.who for one in full.names] == [(NAME,)]
    given = edit_claim(acting, wish(row, NAMING[3]))
    assert isinstance(given, Refused)
    assert [(one.said, len(one.who)) for one in given.names] == [("直子さん", 3)]
