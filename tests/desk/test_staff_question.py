"""The staff question: asked until it is answered, and answering twice changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.staff import answer, answer_as_proposed, staff_question
from jibungoto.records.models import HandleRow, PersonKindRow
from tests.desk.making import official
from tests.gather.slack_made import ADMIN, AN, BO, CY, said, user

if TYPE_CHECKING:
    from tests.desk.conftest import BringIn


def brought(bring_in: BringIn, folder: Path) -> None:
    """Bring in four people: one administers, and one has an address where the admin has."""
    people = [user(AN), user(BO), user(CY), user(ADMIN, is_admin=True)]
    people[0]["profile"]["email"] = "an@host.example.com"
    people[1]["profile"]["email"] = "bo@gmail.com"
    people[2]["profile"]["email"] = "cy@elsewhere.example.com"
    people[3]["profile"]["email"] = "adm@host.example.com"
    bring_in(official(folder, [said(AN, 60), said(BO, 70)], people))


def test_the_question_proposes_and_marks_exactly_whom_it_is_told(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    brought(bring_in, tmp_path / "a")
    question = staff_question(acting)
    assert not question.is_answered and question.marked == ()
    names = {
        person.number: person.handles.get().outside_id for person in acting.community.people.all()
    }
    proposed = {names[one.person]: [r.en for r in one.reasons] for one in question.proposed}
    assert proposed[ADMIN][0] == "administers the workspace"
    assert BO not in proposed and CY not in proposed

    answer_as_proposed(acting)
    answered = staff_question(acting)
    assert answered.is_answered
    assert {names[person.number] for person in answered.marked} == set(proposed)


def test_answering_twice_changes_nothing_and_taking_back_unmarks(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    brought(bring_in, tmp_path / "a")
    numbers = [person.number for person in acting.community.people.order_by("number")]
    answer(acting, numbers[:2])
    before = list(PersonKindRow.objects.order_by("pk").values())
    answer(acting, numbers[:2])
    assert list(PersonKindRow.objects.order_by("pk").values()) == before
    answer(acting, [])
    assert not PersonKindRow.objects.exists()
    assert staff_question(acting).is_answered


def test_who_comes_in_later_with_such_an_address_is_proposed_too(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    brought(bring_in, tmp_path / "a")
    assert proposed(acting) == {ADMIN}  # most of the few addresses are at the host
    mails = {"U0LATER": "later@HOST.example.com", "U0FREE": "free@gmail.com"}
    mails |= {f"U0OTHER{nth}": f"other@elsewhere{nth}.example.com" for nth in range(5)}
    people = [user(key) for key in mails] + [user(ADMIN, is_admin=True)]
    for one, mail in zip(people, mails.values(), strict=False):
        one["profile"]["email"] = mail
    people[-1]["profile"]["email"] = "adm@host.example.com"
    bring_in(official(tmp_path / "b", [said("U0LATER", 80)], people))
    assert proposed(acting) == {ADMIN, AN, "U0LATER"}


def proposed(acting: Acting) -> set[str]:
    """Return the ids of who is proposed."""
    numbers = [one.person for one in staff_question(acting).proposed]
    handles = HandleRow.objects.filter(person__number__in=numbers)
    return set(handles.values_list("outside_id", flat=True))


def test_a_domain_somebody_types_is_looked_for_even_where_anybody_has_it(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    brought(bring_in, tmp_path / "a")
    asked = staff_question(acting, ["GMAIL.com"])
    assert asked.domains == ("GMAIL.com",)
    admin = HandleRow.objects.get(outside_id=ADMIN).person.number
    assert [one.person for one in asked.proposed] == [admin]
