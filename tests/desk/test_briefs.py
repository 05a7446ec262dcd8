"""Briefs at the desk: drafted, edited by two, issued for ever, corrected, opened by a link."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.explain.correct import correct
from jibungoto.desk.explain.draft import draft, drop, redraft
from jibungoto.desk.explain.edit import (
    Conflict,
    Edit,
    Edited,
    Refused,
    add_claim,
    drop_claim,
    edit_claim,
    revision_of,
)
from jibungoto.desk.explain.issue import issue, package, package_name
from jibungoto.desk.explain.link import (
    CLOSED,
    Closed,
    Opened,
    links,
    make_link,
    open_link,
    revoke_link,
)
from jibungoto.desk.explain.listing import brief_numbered, brief_of, briefs, document
from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.desk.understand.refresh import refresh
from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.brief import BriefKind, Head
from jibungoto.explain.briefs.verify import Outcome, verify
from jibungoto.explain.claims import Grade
from jibungoto.ledger.problems import HomeMissing, InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import AuditRow, BriefLinkRow, BriefRow, BriefState
from tests.desk.memory import Memory

if TYPE_CHECKING:
    from tests.desk.conftest import BringIn

Told = Callable[..., Path]
START = 1_700_000_000
SIZE = Words("いちばん大きな数だけを書きました。", "Only the largest number is told.")


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """Return the function that writes an export in which so many people speak."""

    def written(people: int, *, name: str = "a") -> Path:
        folder = tmp_path / name
        users = [
            {
                "id": f"U{n:03}",
                "name": f"member{n:03}",
                "profile": {"display_name": f"なまえ{n:03}"},
            }
            for n in range(people)
        ]
        channel = {"id": "C1", "name": "maps", "created": 1_600_000_000, "creator": "U000"}
        posts = [
            {
                "type": "message",
                "user": one["id"],
                "ts": f"{START + n}.000100",
                "text": "こんにちは",
            }
            for n, one in enumerate(users)
        ]
        (folder / "maps").mkdir(parents=True)
        (folder / "users.json").write_text(json.dumps(users))
        (folder / "channels.json").write_text(json.dumps([channel]))
        (folder / "maps" / "2023-11-14.json").write_text(json.dumps(posts))
        return folder

    return written


@pytest.fixture
def drafted(acting: Acting, bring_in: BringIn, told: Told, memory: Memory, home: Path) -> BriefRow:
    """Return the draft of a monthly page on 30 people."""

    def make() -> None:
        bring_in(told(30))
        refresh(acting.community)
        draft(acting, BriefKind.MONTHLY, audience=AudienceKey.CFO)

    memory.made(acting, home, make)
    return BriefRow.objects.get()


def wish(row: BriefRow, claim: str, text: Words, **more: object) -> Edit:
    seen = revision_of(row, claim)
    chosen: dict[str, object] = {"grade": Grade.E1, "seen": seen} | more
    return Edit(row.number, claim, text, **chosen)  # type: ignore[arg-type]  # names are the fields'


def test_nothing_is_drafted_before_there_are_answers(acting: Acting) -> None:
    with pytest.raises(HomeMissing):
        draft(acting, BriefKind.WEEKLY, audience=AudienceKey.CEO)


def test_a_draft_is_numbered_listed_and_leaves_its_line(acting: Acting, drafted: BriefRow) -> None:
    second = draft(acting, BriefKind.WEEKLY, audience=AudienceKey.CEO)
    assert [row.number for row in briefs(acting)] == [second.number, drafted.number] == [2, 1]
    assert brief_of(drafted).figure("active@2023-11-15") is not None
    assert list(AuditRow.objects.filter(verb="draft_brief").values_list("about", flat=True)) == [
        "1 monthly cfo",
        "2 weekly ceo",
    ]
    with pytest.raises(UnknownName):
        brief_numbered(acting, 3)


def test_an_edited_claim_is_kept_in_both_languages(acting: Acting, drafted: BriefRow) -> None:
    ending = edit_claim(acting, wish(drafted, "bottom_line-1", SIZE))
    assert isinstance(ending, Edited)
    kept = brief_of(brief_numbered(acting, drafted.number)).claim("bottom_line-1")
    assert kept is not None
    assert (kept.text, kept.is_edited, kept.figures) == (SIZE, True, ())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (Words("施策のおかげです。", "It is so."), "“おかげ” is for grade E3 and above."),
        (Words("そうです。", "It is due to us."), "“due to” is for grade E3 and above."),
        (Words("ROIは高いです。", "So it is."), "“roi” is avoided for this reader."),
        (
            Words("新規は9876人です。", "Newcomers rise."),
            "“9876” is no number of this sentence's figures.",
        ),
    ],
)
def test_what_may_not_be_said_needs_a_note_that_is_printed(
    acting: Acting, drafted: BriefRow, text: Words, reason: str
) -> None:
    refused = edit_claim(acting, wish(drafted, "ask-1", text))
    assert isinstance(refused, Refused)
    assert [why.en for why in refused.why if why.en.startswith(reason)]
    assert refused.claim.text == text
    note = "本人と上司に確かめました"
    assert isinstance(edit_claim(acting, wish(drafted, "ask-1", text, note=note)), Edited)
    shown = document(brief_numbered(acting, drafted.number))
    assert any(note in line.ja for section in shown.sections for line in section.text)


@pytest.mark.parametrize(
    "text",
    [
        Words("一つめ。二つめ。", "One."),
        Words("一つめ。", "One. Two."),
        Words("一つめ。", "  "),
        Words("あ" * 161 + "。", "One."),
    ],
    ids=["two in Japanese", "two in English", "one language", "too long"],
)
def test_no_note_lifts_length_and_the_one_sentence(
    acting: Acting, drafted: BriefRow, text: Words
) -> None:
    ending = edit_claim(acting, wish(drafted, "ask-1", text, note="どうしても"))
    assert isinstance(ending, Refused)


@pytest.mark.parametrize("note", ["", "x"], ids=["bare", "with a note"])
@pytest.mark.parametrize("grade", [Grade.E2, Grade.E3, Grade.E4])
def test_no_note_raises_a_grade_above_its_evidence(
    acting: Acting, drafted: BriefRow, grade: Grade, note: str
) -> None:
    said = Words(
        "登録は無作為に分けた比較で確実に増えました。",
        "Registrations certainly rose in a randomised comparison.",
    )
    ending = edit_claim(acting, wish(drafted, "ask-1", said, grade=grade, note=note))
    assert isinstance(ending, Refused)
    assert any(f"{grade}" in why.en and "may" in why.en for why in ending.why)


def test_of_two_people_at_one_claim_neither_loses_their_words(
    acting: Acting, drafted: BriefRow
) -> None:
    mine, yours = (wish(drafted, "ask-1", Words(f"{n}です。", f"{n}.")) for n in ("私", "君"))
    assert isinstance(edit_claim(acting, mine), Edited)
    ending = edit_claim(acting, yours)
    assert isinstance(ending, Conflict)
    assert ending.theirs is not None
    assert (ending.theirs.text.ja, ending.yours.text.ja, ending.seen) == ("私です。", "君です。", 1)
    over = Edit(drafted.number, "ask-1", yours.text, Grade.E1, seen=ending.seen)
    assert isinstance(edit_claim(acting, over), Edited)


def test_two_people_at_two_claims_both_stand(acting: Acting, drafted: BriefRow) -> None:
    texts = {"ask-1": Words("一つ。", "One."), "bottom_line-1": Words("別の文。", "Another.")}
    for key, text in texts.items():
        assert isinstance(edit_claim(acting, wish(drafted, key, text)), Edited)
    brief = brief_of(brief_numbered(acting, drafted.number))
    assert {one.key: one.text for one in brief.claims() if one.key in texts} == texts


def test_a_claim_is_added_and_taken_out(acting: Acting, drafted: BriefRow) -> None:
    voice = Words("「助かった」という声がありました。", "Members said it helped.")
    edit = Edit(drafted.number, "", voice, Grade.E0)
    added = add_claim(acting, edit, head=Head.VOICES)
    assert isinstance(added, Edited) and added.claim.key == "voices-1"
    gone = drop_claim(acting, drafted.number, claim="voices-1", seen=1)
    assert isinstance(gone, Edited)
    assert brief_of(gone.row).claim("voices-1") is None
    late = edit_claim(acting, Edit(drafted.number, "voices-1", voice, Grade.E0, seen=1))
    assert isinstance(late, Conflict) and late.theirs is None
    with pytest.raises(UnknownName):
        edit_claim(acting, Edit(drafted.number, "nowhere-9", voice, Grade.E0))
    with pytest.raises(UnknownName):
        add_claim(acting, edit, head=Head.DECISION)


def test_an_issued_brief_stays_and_can_be_computed_again(acting: Acting, drafted: BriefRow) -> None:
    row = issue(acting, drafted.number)
    verdict = verify(package(acting, row.number))
    assert (row.state, row.digest, verdict.is_sound) == ("issued", verdict.digest, True)
    assert Outcome.EQUAL in {one.outcome for one in verdict.lines}
    assert package_name(row) == "brief-0001-monthly-2023-11-15.zip"
    for late in (
        lambda: issue(acting, row.number),
        lambda: redraft(acting, row.number),
        lambda: drop(acting, row.number),
        lambda: edit_claim(acting, wish(row, "ask-1", SIZE)),
    ):
        with pytest.raises(InvalidChoice):
            late()


def test_a_draft_has_no_package_and_can_be_dropped(acting: Acting, drafted: BriefRow) -> None:
    with pytest.raises(InvalidChoice):
        package(acting, drafted.number)
    drop(acting, drafted.number)
    assert briefs(acting) == []


def test_a_brief_that_breaks_a_rule_is_not_issued(acting: Acting, drafted: BriefRow) -> None:
    edit = Edit(drafted.number, "", Words("一つ。", "One."), Grade.E1)
    for _ in range(3):
        assert isinstance(add_claim(acting, edit, head=Head.ASK), Edited)
    with pytest.raises(InvalidChoice) as told:
        issue(acting, drafted.number)
    assert "“Ask” holds at most 2 claims (now 4)." in told.value.what.en
    assert brief_numbered(acting, drafted.number).state == BriefState.DRAFT


def test_a_draft_whose_numbers_moved_is_drawn_up_anew_and_keeps_what_was_written(
    acting: Acting, drafted: BriefRow, bring_in: BringIn, told: Told
) -> None:
    assert isinstance(edit_claim(acting, wish(drafted, "bottom_line-1", SIZE)), Edited)
    bring_in(told(36, name="b"))
    with pytest.raises(InvalidChoice) as refused:
        issue(acting, drafted.number)
    assert "have changed" in refused.value.what.en
    again = redraft(acting, drafted.number)
    brief = brief_of(again)
    claim, active = brief.claim("bottom_line-1"), brief.figure("active@2023-11-15")
    assert claim is not None and claim.text == SIZE
    assert active is not None and active.value == 36
    assert issue(acting, drafted.number).state == BriefState.ISSUED


def test_a_correction_says_what_was_said_and_the_old_one_stays(
    acting: Acting, drafted: BriefRow, bring_in: BringIn, told: Told
) -> None:
    old = issue(acting, drafted.number)
    frozen = package(acting, old.number)
    assert correct(acting, old.number) is None
    bring_in(told(36, name="b"))
    corrected = correct(acting, old.number)
    assert corrected is not None
    brief = brief_of(corrected)
    assert (corrected.corrects_id, brief.corrects) == (old.pk, old.number)
    said = [one.text for one in brief.parts[0].claims if "Active members" in one.text.en]
    assert said == [
        Words(
            "先月は活動メンバー(2023年11月15日時点)を30人と書きましたが、正しくは36人でした。",
            "Last month we said Active members on 15 Nov 2023 was 30; it was 36.",
        )
    ]
    rows = document(corrected).sections[0].tables[0].rows
    assert {row[0].text.en for row in rows} >= {"Active members"}
    assert brief_of(redraft(acting, corrected.number)) == brief
    assert issue(acting, corrected.number).state == BriefState.ISSUED
    assert brief_numbered(acting, old.number).state == BriefState.CORRECTED
    assert package(acting, old.number) == frozen
    assert verify(frozen).is_sound
    with pytest.raises(InvalidChoice):
        correct(acting, old.number)


def test_a_link_opens_its_brief_and_counts(acting: Acting, drafted: BriefRow) -> None:
    with pytest.raises(InvalidChoice):
        make_link(acting, drafted.number)
    issue(acting, drafted.number)
    made = make_link(acting, drafted.number, label="CFO")
    assert made.token not in str(BriefLinkRow.objects.values().get())
    for _ in range(2):
        opened = open_link(made.token)
        assert isinstance(opened, Opened)
        assert (opened.brief.number, opened.corrected_by) == (drafted.number, None)
    (kept,) = links(acting, drafted.number)
    assert (kept.opened, kept.label) == (2, "CFO")


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_link_lasts_a_year_at_most(acting: Acting, drafted: BriefRow, days: int) -> None:
    issue(acting, drafted.number)
    with pytest.raises(InvalidChoice):
        make_link(acting, drafted.number, days=days)


def test_a_guessed_expired_or_revoked_link_stays_closed(acting: Acting, drafted: BriefRow) -> None:
    issue(acting, drafted.number)
    for guess in ("", "guess", "x" * 10_000, "\x00", "あ"):
        assert open_link(guess) == Closed(CLOSED)
    late = make_link(acting, drafted.number)
    BriefLinkRow.objects.filter(pk=late.row.pk).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )
    assert open_link(late.token) == Closed(CLOSED)
    gone = make_link(acting, drafted.number)
    revoke_link(acting, gone.row.pk)
    revoke_link(acting, gone.row.pk)
    assert open_link(gone.token) == Closed(CLOSED)
    assert AuditRow.objects.filter(verb="revoke_brief_link").count() == 1
    assert set(BriefLinkRow.objects.values_list("opened", flat=True)) == {0}


def test_another_community_reaches_neither_brief_nor_link(
    acting: Acting, drafted: BriefRow
) -> None:
    issue(acting, drafted.number)
    made = make_link(acting, drafted.number)
    other = administrator(begin(Beginning("よその会", slug="yoso")))
    assert briefs(other) == []
    for reach in (
        lambda: brief_numbered(other, drafted.number),
        lambda: package(other, drafted.number),
        lambda: correct(other, drafted.number),
        lambda: revoke_link(other, made.row.pk),
    ):
        with pytest.raises(UnknownName):
            reach()
