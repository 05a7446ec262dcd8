"""Writing plans: beginning, saving, two at once, new versions, carrying in and out."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs

from jibungoto.desk.acting import Acting
from jibungoto.desk.plan import begin, carry
from jibungoto.desk.plan.look import opened, plans, version_of
from jibungoto.desk.plan.save import IS_IN_FORCE, PARTED, Parted, Saved, drop_draft, save_draft
from jibungoto.ledger.problems import InvalidChoice, NotAllowed, UnknownName
from jibungoto.plan.states import State
from jibungoto.plan.text import Text, same
from jibungoto.plan.yaml_file import written
from jibungoto.records.models import AuditRow, PlanVersionRow
from tests.desk.plan.at_work import LAST, SOUND, Desk

RENAMED = structs.replace(SOUND, title=same("別の名前"))
MINE = structs.replace(SOUND, owner="Mio")


def verbs(acting: Acting) -> list[str]:
    rows = AuditRow.objects.filter(community=acting.community, verb__contains="plan")
    return list(rows.order_by("pk").values_list("verb", flat=True))


def save(desk: Desk, plan: object, *, stamp: int, number: int = 1) -> Saved | Parted:
    return save_draft(desk.acting, desk.key, number=number, stamp=stamp, plan=plan)  # type: ignore[arg-type]


def test_a_new_plan_is_one_draft_with_a_title(acting: Acting) -> None:
    version = begin.new(acting, Text(ja="迎える", en="Welcome them!"))
    assert (version.row.plan.key, version.row.number) == ("welcome-them", 1)
    assert version.state is State.DRAFT
    assert begin.new(acting, Text(ja="迎える", en="Welcome them!")).row.plan.key == "welcome-them-1"
    assert begin.new(acting, same("迎える")).row.plan.key == "plan-1"
    assert begin.new(acting).row.plan.key == "new-plan"
    assert verbs(acting) == ["begin plan"] * 4


def test_a_template_begins_on_the_day_asked_for(acting: Acting) -> None:
    version = begin.from_template(acting, "deep-dive", first=date(2027, 2, 1))
    assert version.plan.period.first == date(2027, 2, 1)
    assert version.plan.reconstructed
    with pytest.raises(UnknownName):
        begin.from_template(acting, "webinar")


def test_saving_raises_the_stamp_and_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    before = desk.version().row.stamp
    desk.saved(RENAMED)
    assert desk.version().row.stamp == before + 1
    lines = len(verbs(desk.acting))
    assert desk.saved(RENAMED).row.stamp == before + 1
    assert isinstance(save(desk, RENAMED, stamp=before), Saved)
    assert len(verbs(desk.acting)) == lines


def test_what_has_no_key_is_given_one_as_it_is_saved(desk: Desk) -> None:
    bare = structs.replace(SOUND, what=(structs.replace(SOUND.what[0], key=""),))
    assert desk.saved(bare).plan.what[0].key == "what-1"


def test_the_second_of_two_is_told_and_neither_loses_a_word(desk: Desk) -> None:
    read_by_both = desk.version().row.stamp
    desk.saved(RENAMED)
    done = save(desk, MINE, stamp=read_by_both)
    assert isinstance(done, Parted)
    assert done.why == PARTED
    assert (done.theirs.plan, done.mine.plan) == (RENAMED, MINE)
    assert (done.mine.row.number, done.mine.row.made_from) == (2, 1)
    assert [change.place for change in done.changes] == ["title", "owner"]
    assert [one.row.number for one in opened(desk.acting, desk.key).drafts] == [2, 1]
    assert verbs(desk.acting)[-1] == "part plan"


def test_the_second_goes_on_in_a_draft_of_their_own(desk: Desk) -> None:
    read_by_both = desk.version().row.stamp
    desk.saved(RENAMED)
    done = save(desk, MINE, stamp=read_by_both)
    assert isinstance(done, Parted)
    on = save(desk, structs.replace(MINE, owner="Aki"), stamp=done.mine.row.stamp, number=2)
    assert isinstance(on, Saved)
    assert (on.version.row.number, desk.version(1).plan) == (2, RENAMED)


def test_a_text_for_what_is_in_force_by_now_becomes_a_new_draft(desk: Desk) -> None:
    read = desk.version().row.stamp
    desk.in_force()
    done = save(desk, MINE, stamp=read)
    assert isinstance(done, Parted)
    assert done.why == IS_IN_FORCE
    assert desk.version(1).plan == SOUND
    assert desk.version(1).state is State.ACTIVE
    assert (done.mine.row.number, done.mine.state) == (2, State.DRAFT)


def test_a_text_for_a_draft_that_was_dropped_is_kept_too(desk: Desk) -> None:
    begin.revise(desk.acting, desk.key)
    drop_draft(desk.acting, desk.key, number=2)
    done = save(desk, MINE, stamp=1, number=2)
    assert isinstance(done, Parted)
    assert done.mine.plan == MINE
    assert [one.row.number for one in opened(desk.acting, desk.key).drafts] == [3, 1]


@pytest.mark.parametrize(
    "plan",
    [
        structs.replace(SOUND, owner="a\0b"),
        structs.replace(SOUND, owner="x" * 4_001),
        structs.replace(SOUND, stakeholders=("x",) * 101),
    ],
    ids=["NUL", "too long", "too many"],
)
def test_what_cannot_be_kept_is_refused_and_the_draft_stays(desk: Desk, plan: object) -> None:
    with pytest.raises(InvalidChoice):
        save(desk, plan, stamp=desk.version().row.stamp)
    assert desk.version().plan == SOUND
    assert PlanVersionRow.objects.count() == 1


def test_what_is_in_force_is_revised_as_a_new_version(desk: Desk) -> None:
    desk.in_force()
    draft = begin.revise(desk.acting, desk.key)
    assert (draft.row.number, draft.row.made_from, draft.plan) == (2, 1, SOUND)
    seen = opened(desk.acting, desk.key)
    assert seen.in_force is not None and seen.in_force.row.number == 1
    assert seen.newest.row.number == 1


def test_only_drafts_are_dropped_and_never_the_last(desk: Desk) -> None:
    with pytest.raises(InvalidChoice, match="only version"):
        drop_draft(desk.acting, desk.key, number=1)
    desk.in_force()
    with pytest.raises(InvalidChoice, match="Only a draft"):
        drop_draft(desk.acting, desk.key, number=1)
    begin.revise(desk.acting, desk.key)
    drop_draft(desk.acting, desk.key, number=2)
    assert opened(desk.acting, desk.key).drafts == ()
    assert version_of(desk.acting, desk.key, number=2).plan == SOUND


def test_a_plan_dropped_comes_back_whole(desk: Desk) -> None:
    begin.drop(desk.acting, desk.key)
    assert plans(desk.acting) == []
    with pytest.raises(UnknownName):
        opened(desk.acting, desk.key)
    for _ in range(2):
        begin.take_up_again(desk.acting, desk.key)
    assert [line.row.key for line in plans(desk.acting)] == [desk.key]
    assert desk.version().plan == SOUND


def test_the_list_shows_what_is_in_force_first(desk: Desk) -> None:
    later = Desk(desk.acting, begin.new(desk.acting, same("次")).row.plan.key)
    later.saved(SOUND)
    later.in_force()
    begin.revise(desk.acting, later.key)
    told = [
        (one.row.key, one.state, one.in_force, one.drafts, one.due) for one in plans(desk.acting)
    ]
    assert told == [
        (later.key, State.ACTIVE, 1, 1, LAST),
        (desk.key, State.DRAFT, None, 1, LAST),
    ]


def test_a_plan_goes_out_and_comes_in_the_same(desk: Desk) -> None:
    told = carry.yaml_of(desk.acting, desk.key)
    assert told == written(SOUND)
    again = carry.bring_in(desk.acting, told.encode())
    assert again.plan == SOUND
    assert again.row.plan.key != desk.key
    draft = carry.bring_in(desk.acting, told.encode(), key=desk.key)
    assert (draft.row.plan.key, draft.row.number) == (desk.key, 2)


def test_a_file_with_one_wrong_key_leaves_nothing_behind(desk: Desk) -> None:
    before = PlanVersionRow.objects.count(), len(verbs(desk.acting))
    with pytest.raises(InvalidChoice, match="titel"):
        carry.bring_in(desk.acting, f"{written(SOUND)}titel: x\n".encode())
    with pytest.raises(UnknownName):
        carry.bring_in(desk.acting, b"title: x", key="none")
    assert (PlanVersionRow.objects.count(), len(verbs(desk.acting))) == before


def test_nobody_without_the_right_writes(desk: Desk) -> None:
    guest = Acting(desk.acting.community, "guest")  # type: ignore[arg-type]
    for write in (
        lambda: begin.new(guest),
        lambda: begin.from_template(guest, "deep-dive"),
        lambda: begin.revise(guest, desk.key),
        lambda: begin.copy(guest, desk.key),
        lambda: begin.drop(guest, desk.key),
        lambda: begin.take_up_again(guest, desk.key),
        lambda: carry.bring_in(guest, b"title: x"),
        lambda: drop_draft(guest, desk.key, number=1),
        lambda: save_draft(guest, desk.key, number=1, stamp=1, plan=MINE),
    ):
        with pytest.raises(NotAllowed):
            write()


def test_the_plans_of_another_community_are_not_there(desk: Desk) -> None:
    from jibungoto.desk.acting import administrator
    from jibungoto.desk.house.begin import Beginning
    from jibungoto.desk.house.begin import begin as begin_community

    other = administrator(begin_community(Beginning("ほか", slug="hoka")))
    assert plans(other) == []
    with pytest.raises(UnknownName):
        version_of(other, desk.key)
