"""Questions, records, ties and money models: kept, taken back, and seen by one community alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.days import today_in
from jibungoto.desk.explain.account_links import Link, joined_by_links, links, say
from jibungoto.desk.explain.business import (
    Upload,
    bring_in_records,
    files,
    records_of,
    refused_of,
    take_out,
)
from jibungoto.desk.explain.money import Assumed, keep_money, money, money_claims
from jibungoto.desk.explain.studies import answered, change, questions, register, study_claims
from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.desk.people.opt_out import opt_out
from jibungoto.desk.people.staff import answer
from jibungoto.explain.claims import Grade
from jibungoto.explain.studies.money import Range
from jibungoto.explain.studies.registration import Registration, Unit
from jibungoto.explain.studies.table import Wanted
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.records.models import (
    BusinessFileRow,
    BusinessRecordRow,
    HandleRow,
    MoneyModelRow,
    PersonRow,
    StudyRow,
)
from tests.desk.conftest import BringIn
from tests.desk.making import maps_export, post
from tests.explain.studies.made import Making, as_csv, made

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
QUESTION = Registration(
    objective="renew", outcome="売上", first="2025-01", last="2026-06", post=4, unit=Unit.YEN
)
SALES = Wanted("売上")


def brought(acting: Acting, rows: str, *, name: str = "sales.csv", wanted: Wanted = SALES) -> int:
    content = ("account,period,value,joined\n" + rows).encode()
    return bring_in_records(acting, Upload(name, [content]), wanted=wanted).number


def values(acting: Acting) -> dict[tuple[str, str], float]:
    return {(one.account, one.period): one.value for one in records_of(acting, "売上")}


def test_a_newer_file_corrects_and_taken_out_the_older_one_counts_again(acting: Acting) -> None:
    brought(acting, "A,2026-04,1,\nA,2026-05,1,\n")
    newer = brought(acting, "A,2026-05,2,\n", name="corrected.csv")
    assert values(acting) == {("a", "2026-04"): 1.0, ("a", "2026-05"): 2.0}
    take_out(acting, newer)
    assert values(acting) == {("a", "2026-04"): 1.0, ("a", "2026-05"): 1.0}
    assert BusinessRecordRow.objects.count() == 3


def test_an_outcome_is_the_same_however_it_is_typed(acting: Acting) -> None:
    brought(acting, "A,2026-04,1,\n", wanted=Wanted("ＮＰＳ スコア"))
    assert [one.value for one in records_of(acting, "nps スコア")] == [1.0]


def test_rows_put_aside_keep_their_cells_and_reasons(acting: Acting) -> None:
    brought(acting, "A,2026-04,many,\n")
    (row,) = files(acting)
    (refused,) = refused_of(row)
    assert (row.read, row.kept, refused.row) == (1, 0, 2)
    assert refused.cells == "A | 2026-04 | many | "
    assert refused.what.en == "“many” is no number."


def test_a_file_that_fails_leaves_nothing_behind(acting: Acting) -> None:
    with pytest.raises(InvalidChoice):
        bring_in_records(acting, Upload("notes.txt", [b"hello"]), wanted=SALES)
    with pytest.raises(InvalidChoice):
        bring_in_records(acting, Upload("x.csv", [b"x"]), wanted=Wanted(" "))
    assert files(acting).count() == 0


def test_a_question_is_answered_from_the_records_as_they_are(acting: Acting) -> None:
    number = register(acting, QUESTION).number
    content = as_csv(made(3, Making(accounts=300, change=2.0)), above=100).encode()
    bring_in_records(acting, Upload("sales.csv", [content]), wanted=SALES)
    assert answered(acting, number).grade is Grade.E3
    ((told, claim),) = study_claims(acting)
    assert (told, claim.grade) == (number, Grade.E3)
    given = {key: Range() for key in ("gap", "accounts", "periods")}
    keep_money(acting, "incremental", assumed=Assumed(given, study=number), seen=0)
    ((key, claim),) = money_claims(acting)
    assert (key, claim.grade) == ("incremental", Grade.E3)


def test_a_file_that_was_taken_out_still_came_before_the_question(acting: Acting) -> None:
    take_out(acting, brought(acting, "A,2026-04,1,\n"))
    number = register(acting, QUESTION).number
    panel = made(3, Making(accounts=300, change=2.0))
    content = as_csv(panel, above=100).encode()
    bring_in_records(acting, Upload("again.csv", [content]), wanted=SALES)
    assert answered(acting, number).grade is Grade.E2


def test_two_people_writing_one_model_or_question_lose_nothing(acting: Acting) -> None:
    number = register(acting, QUESTION).number
    change(acting, number, asked=QUESTION, seen=0)
    assert questions(acting)[0].edits == ()
    said = Assumed({"count": Range(middle=1), "unit": Range(middle=2)})
    keep_money(acting, "hiring", assumed=said, seen=0)
    with pytest.raises(InvalidChoice):
        keep_money(acting, "hiring", assumed=said, seen=0)
    assert money(acting, "hiring").revision == 1


def test_attributed_revenue_says_what_it_lacks(acting: Acting) -> None:
    keep_money(acting, "attributed", assumed=Assumed({"revenue": Range()}, outcome="売上"), seen=0)
    assert "No revenue is chosen." in str(money(acting, "attributed").problem)
    brought(acting, "A,2026-04,100,2026-01\n")
    assert "No account says when it became a customer." in str(money(acting, "attributed").problem)
    content = b"account,period,value,joined,since\nA,2026-05,100,2026-01,2026-03\n"
    bring_in_records(acting, Upload("since.csv", [content]), wanted=SALES)
    found = money(acting, "attributed")
    assert found.problem is None
    assert found.given["revenue"] == Range(low=0.0, middle=200.0, high=200.0)


@pytest.fixture
def people(acting: Acting, bring_in: BringIn, tmp_path: Path) -> dict[str, PersonRow]:
    """Bring in Aki, who made the channel in September 2020, and Mio, who answers in December."""
    posts = [post("1700000000.000100"), post("1702000000.000100", user="U2")]
    bring_in(maps_export(tmp_path / "export", posts))
    HandleRow.objects.update(email="")
    found = {handle.name: handle.person for handle in HandleRow.objects.select_related("person")}
    HandleRow.objects.filter(person=found["aki"]).update(email="Aki@Corp.example")
    return found


def test_an_account_joined_when_the_first_of_its_members_acted(
    acting: Acting, people: dict[str, PersonRow]
) -> None:
    say(acting, Link("Corp", domains=("corp.example",)))
    say(acting, Link("Shop", people=(people["mio"].number,)))
    say(acting, Link("Quiet", domains=("quiet.example",)))
    assert joined_by_links(acting) == {"corp": "2020-09", "shop": "2023-12", "quiet": ""}


def test_staff_and_who_asked_not_to_be_counted_tie_no_account(
    acting: Acting, people: dict[str, PersonRow]
) -> None:
    say(acting, Link("Corp", domains=("corp.example",)))
    say(acting, Link("Shop", people=(people["mio"].number,)))
    answer(acting, [people["aki"].number])
    opt_out(acting, people["mio"].number)
    assert joined_by_links(acting) == {"corp": "", "shop": ""}


def test_a_domain_belongs_to_one_account_and_a_tie_is_taken_back(acting: Acting) -> None:
    say(acting, Link("Corp", domains=("corp.example",)))
    with pytest.raises(InvalidChoice):
        say(acting, Link("Shop", domains=("corp.example",)))
    say(acting, Link("Corp"))
    assert links(acting) == []


def test_another_community_sees_none_of_it(acting: Acting) -> None:
    number = register(acting, QUESTION).number
    brought(acting, "A,2026-04,1,\n")
    say(acting, Link("Corp", domains=("corp.example",)))
    other = administrator(begin(Beginning("Elsewhere", slug="elsewhere")))
    assert (questions(other), links(other), files(other).count()) == ([], [], 0)
    for look in (lambda: answered(other, number), lambda: take_out(other, 1)):
        with pytest.raises(UnknownName):
            look()


def test_a_report_of_a_day_gone_by_has_only_what_stood_so_by_then(
    acting: Acting,
) -> None:
    number = register(acting, QUESTION).number
    content = as_csv(made(3, Making(accounts=80, change=2.0)), above=100).encode()
    bring_in_records(acting, Upload("sales.csv", [content]), wanted=SALES)
    said = Assumed({"count": Range(middle=1), "unit": Range(middle=2)})
    keep_money(acting, "hiring", assumed=said, seen=0)
    today = today_in(acting)
    before = today - timedelta(days=2)
    assert study_claims(acting, until=today) == study_claims(acting) != []
    assert (study_claims(acting, until=before), money_claims(acting, until=before)) == ([], [])
    StudyRow.objects.update(registered_at=LONG_AGO)
    assert study_claims(acting, until=before) == []  # its records came later
    BusinessFileRow.objects.update(at=LONG_AGO)
    assert study_claims(acting, until=before) == study_claims(acting)
    asked = structs.replace(QUESTION, objective="renew all")
    change(acting, number, asked=asked, seen=0)
    assert study_claims(acting, until=before) == []  # it was put otherwise then
    MoneyModelRow.objects.update(at=LONG_AGO)
    assert money_claims(acting, until=before) == money_claims(acting) != []
