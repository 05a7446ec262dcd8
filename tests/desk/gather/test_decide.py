"""Who is one person: joined by proof or by somebody's word, and parted again without loss."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.alike import find, waiting
from jibungoto.desk.gather.decide import decide, join, part, take_back, take_back_last
from jibungoto.desk.people.opt_out import opt_in, opt_out
from jibungoto.desk.people.staff import answer, staff_question
from jibungoto.desk.people.touch import person_numbered, touch
from jibungoto.ledger.problems import InvalidChoice, NotAllowed, UnknownName
from jibungoto.records.models import (
    AuditRow,
    CommunityRow,
    LookAlikeRow,
    LookAlikeState,
    PersonRow,
    TouchKind,
)
from tests.desk.gather.telling import facts, handle, persons, told, untold

SAME, DIFFERENT, LATER = LookAlikeState.ACCEPTED, LookAlikeState.REJECTED, LookAlikeState.LATER
DAY = date(2026, 6, 1)


def one_person(*actors: str) -> frozenset[str]:
    return frozenset(actors)


def three_alike(acting: Acting) -> list[LookAlikeRow]:
    """Bring in one name on three sources, and return its proposals."""
    for source in ("slack", "connpass", "zoom"):
        told(acting, source, [handle(f"{source}-1", "髙橋 花子")])
    find(acting)
    return list(LookAlikeRow.objects.order_by("one", "other"))


def open_pairs() -> set[tuple[str, str]]:
    rows = LookAlikeRow.objects.filter(state=LookAlikeState.OPEN, is_answered=False)
    return set(rows.values_list("one", "other"))


def stamp(acting: Acting) -> int:
    return CommunityRow.objects.values_list("facts_stamp", flat=True).get(pk=acting.community.pk)


def test_the_same_verified_address_joins_and_a_typed_one_only_proposes(acting: Acting) -> None:
    told(acting, "slack", [handle("s", "Hana", email="Hana@mori.jp")])
    told(acting, "discourse", [handle("d", "花", email="hana@mori.jp")])
    told(acting, "git", [handle("g", "H. K.", typed_email="hana@mori.jp")])
    find(acting)
    assert persons(acting) == {one_person("s", "d"), one_person("g")}
    assert open_pairs() == {("d", "g"), ("g", "s")}


@pytest.mark.parametrize(
    "address", ["info@mori.jp", "noreply@mori.jp", "hana@localhost", "hana@example.com", "hana"]
)
def test_an_address_that_is_nobodys_own_joins_nobody(acting: Acting, address: str) -> None:
    told(acting, "slack", [handle("s", "Hana", email=address)])
    told(acting, "discourse", [handle("d", "Ben", email=address)])
    assert persons(acting) == {one_person("s"), one_person("d")}


def test_an_address_that_very_many_share_joins_nobody(acting: Acting) -> None:
    many = [handle(f"a{n:02}", f"Name{n}", email="one@mori.jp") for n in range(41)]
    told(acting, "slack", many)
    assert len(persons(acting)) == 41
    part(acting, 1)
    assert len(persons(acting)) == 41


def test_accepting_two_of_three_answers_the_third(acting: Acting) -> None:
    rows = three_alike(acting)
    before = stamp(acting)
    decide(acting, rows[0].pk, state=SAME)
    assert waiting(acting) == 2
    decide(acting, rows[1].pk, state=SAME)
    assert persons(acting) == {one_person("slack-1", "connpass-1", "zoom-1")}
    assert (waiting(acting), stamp(acting)) == (0, before + 2)


def test_rejecting_one_answers_those_who_are_one_person_with_it(acting: Acting) -> None:
    rows = three_alike(acting)
    decide(acting, rows[0].pk, state=SAME)
    decide(acting, rows[1].pk, state=DIFFERENT)
    assert waiting(acting) == 0
    with pytest.raises(InvalidChoice):
        decide(acting, rows[2].pk, state=SAME)
    take_back(acting, rows[1].pk)
    assert waiting(acting) == 2


def test_taking_an_answer_back_gives_back_exactly_what_was_there(acting: Acting) -> None:
    rows = three_alike(acting)
    opt_out(acting, 2)
    answer(acting, [3])
    before = facts(acting)
    decide(acting, rows[0].pk, state=SAME)
    decide(acting, rows[2].pk, state=SAME)
    assert facts(acting) != before
    assert take_back_last(acting) == rows[2]
    assert take_back_last(acting) == rows[0]
    assert take_back_last(acting) is None
    assert facts(acting) == before
    assert open_pairs() == {(row.one, row.other) for row in rows}


def test_answering_twice_changes_nothing(acting: Acting) -> None:
    (row, *_) = three_alike(acting)
    decide(acting, row.pk, state=SAME)
    before, audited = facts(acting), AuditRow.objects.count()
    decide(acting, row.pk, state=SAME)
    assert (facts(acting), AuditRow.objects.count()) == (before, audited)


def test_what_was_put_off_can_be_answered_and_goes_back_to_being_put_off(acting: Acting) -> None:
    (row, *_) = three_alike(acting)
    decide(acting, row.pk, state=LATER)
    assert waiting(acting) == 2
    decide(acting, row.pk, state=SAME)
    assert take_back(acting, row.pk).state == LATER


def test_a_rejected_pair_never_comes_back(acting: Acting) -> None:
    told(acting, "slack", [handle("s", "髙橋 花子")])
    later = told(acting, "connpass", [handle("c", "高橋花子")])
    find(acting)
    decide(acting, LookAlikeRow.objects.get().pk, state=DIFFERENT)
    untold(later)
    find(acting)
    told(acting, "connpass", [handle("c", "高橋花子")])
    find(acting)
    assert (waiting(acting), persons(acting)) == (0, {one_person("s"), one_person("c")})


def test_an_accepted_pair_is_one_again_when_the_export_comes_again(acting: Acting) -> None:
    told(acting, "slack", [handle("s", "髙橋 花子")])
    alone = facts(acting)
    later = told(acting, "connpass", [handle("c", "高橋花子")])
    find(acting)
    decide(acting, LookAlikeRow.objects.get().pk, state=SAME)
    untold(later)
    assert facts(acting) == alone
    told(acting, "connpass", [handle("c", "高橋花子")])
    assert persons(acting) == {one_person("s", "c")}
    assert [one.number for one in PersonRow.objects.order_by("number")] == [1, 3]


def test_open_proposals_nothing_supports_any_more_go(acting: Acting) -> None:
    told(acting, "slack", [handle("s", "髙橋 花子")])
    told(acting, "connpass", [handle("c", "高橋花子")])
    find(acting)
    assert waiting(acting) == 1
    told(acting, "connpass", [handle("c", "田中 実")])
    find(acting)
    assert not LookAlikeRow.objects.exists()


def test_the_export_of_the_oldest_taken_out_leaves_the_others_joined(acting: Acting) -> None:
    first = told(acting, "slack", [handle("s", "Hana", email="hana@mori.jp")])
    told(acting, "discourse", [handle("d", "森 花", email="hana@mori.jp")])
    told(acting, "zulip", [handle("z", "Hana M", email="hana@mori.jp")])
    untold(first)
    assert persons(acting) == {one_person("d", "z")}
    assert PersonRow.objects.get(merged_into=None).number == 2


def test_joining_by_number_and_parting_again(acting: Acting) -> None:
    told(acting, "slack", [handle("s", "Hana"), handle("t", "Ben")])
    before = facts(acting)
    assert join(acting, 2, other=1).number == 1
    assert person_numbered(acting, 2).number == 1
    assert part(acting, 2)
    assert facts(acting) == before
    assert not part(acting, 2)
    with pytest.raises(UnknownName):
        join(acting, 1, other=99)


def test_parting_what_an_address_joined_holds_for_good(acting: Acting) -> None:
    told(acting, "slack", [handle("s", "Hana", email="hana@mori.jp")])
    told(acting, "discourse", [handle("d", "Ken", email="hana@mori.jp")])
    assert part(acting, 2)
    told(acting, "zulip", [handle("z", "Mio")])
    find(acting)
    assert persons(acting) == {one_person("s"), one_person("d"), one_person("z")}
    take_back_last(acting)
    assert persons(acting) == {one_person("s", "d"), one_person("z")}


def test_what_was_said_of_either_holds_for_both_and_is_parted_with_them(acting: Acting) -> None:
    told(acting, "slack", [handle("s", "Hana"), handle("t", "森 花")])
    touch(acting, 2, kind=TouchKind.TALKED, day=DAY)
    answer(acting, [2])
    join(acting, 1, other=2)
    assert [one.number for one in staff_question(acting).marked] == [1]
    assert {row[2] for row in facts(acting)["who"]} == {"staff"}  # type: ignore[attr-defined]  # a list of tuples
    opt_out(acting, 1)
    opt_in(acting, 2)
    part(acting, 2)
    found = facts(acting)
    assert found["out"] == []
    assert [row for row in found["kinds"] if row[1]] == [(2, "staff", None)]  # type: ignore[attr-defined]  # as above
    assert [row for row in found["touches"] if row[1]] == [(2, "talked")]  # type: ignore[attr-defined]  # as above


def test_who_asked_not_to_be_counted_as_one_stays_out_as_two(acting: Acting) -> None:
    told(acting, "slack", [handle("s", "Hana"), handle("t", "森 花")])
    join(acting, 1, other=2)
    opt_out(acting, 1)
    part(acting, 1)
    assert facts(acting)["out"] == [1, 2]


def test_somebody_goes_by_the_fullest_name_while_they_are_one(acting: Acting) -> None:
    told(acting, "slack", [handle("s", "hana", display_name="hana")])
    told(acting, "connpass", [handle("c", "髙橋 花子(やまびこ社)")])
    told(acting, "zoom", [handle("z", "髙橋 花子", reading="タカハシ ハナコ")])
    join(acting, 1, other=2)
    join(acting, 3, other=2)
    person = PersonRow.objects.get(number=1)
    assert (person.name, person.reading) == ("髙橋 花子", "たかはし はなこ")
    part(acting, 3)
    part(acting, 2)
    person.refresh_from_db()
    assert (person.name, person.reading) == ("hana", "")


def test_nobody_who_only_looks_may_decide(acting: Acting) -> None:
    (row, *_) = three_alike(acting)
    looking = Acting(acting.community, role="analyst")  # type: ignore[arg-type]  # a role yet to come
    with pytest.raises(NotAllowed):
        decide(looking, row.pk, state=SAME)
    with pytest.raises(NotAllowed):
        part(looking, 1)


def test_everybody_takes_back_their_own_last_answer(acting: Acting) -> None:
    rows = three_alike(acting)
    hana = Acting(acting.community, acting.role, User.objects.create(username="hana").pk)
    decide(acting, rows[0].pk, state=DIFFERENT)
    decide(hana, rows[1].pk, state=LATER)
    assert take_back_last(acting) == rows[0]
    assert take_back_last(hana) == rows[1]
