"""Erasing a person: no name is left in any byte, nothing brings it back, all else stays."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from jibungoto.desk.acting import Acting
from jibungoto.desk.erasing.again import clean_all, erase_again
from jibungoto.desk.erasing.erase import Look, erase, look
from jibungoto.desk.erasing.kept_list import list_file
from jibungoto.desk.gather.alike import find
from jibungoto.desk.gather.current import current_log
from jibungoto.desk.gather.decide import join
from jibungoto.desk.gather.undo import undo
from jibungoto.desk.house.examine import examine
from jibungoto.desk.house.sweep import sweep_all
from jibungoto.desk.people.affiliations import belong
from jibungoto.desk.people.opt_out import opt_out
from jibungoto.desk.people.organisations import Called, found_organisation
from jibungoto.desk.people.segments import save
from jibungoto.desk.people.touch import touch
from jibungoto.desk.understand.refresh import refresh
from jibungoto.engine.log import opened
from jibungoto.ledger.problems import InvalidChoice, NotAllowed
from jibungoto.records.models import (
    AuditRow,
    CommunityRow,
    ErasureRow,
    HandleRow,
    IntakeRow,
    LookAlikeRow,
    PersonRow,
    PlanRow,
    PlanVersionRow,
    RefusedRow,
    Role,
    SegmentRow,
    StandingRow,
    TeamMemberRow,
    TouchKind,
)
from jibungoto.understand.segments import Segment
from tests.desk.erasing.looking import found_in_bytes
from tests.desk.gather.telling import handle, told
from tests.desk.memory import Memory

BringIn = Callable[[Path], IntakeRow]
NAME, EMAIL, OUTSIDE = "Zelda Quux", "zelda.q@quux.jp", "UZELDA77"
TRACES = (NAME, "Zelda", EMAIL, OUTSIDE, "ゼルダ")


def export(folder: Path) -> Path:
    """Write a Slack export of Zelda, who talks with Mio."""
    people = [
        {
            "id": OUTSIDE,
            "name": "zelda",
            "profile": {"display_name": NAME, "real_name": "ゼルダ", "email": EMAIL},
        },
        {"id": "U2", "name": "mio", "profile": {"display_name": "Mio", "email": "mio@acme.jp"}},
    ]
    channel = {"id": "C1", "name": "maps", "created": 1_600_000_000, "creator": OUTSIDE}
    posts = [
        {"type": "message", "user": OUTSIDE, "ts": "1700000000.000100", "text": "hello?"},
        {"type": "message", "user": "U2", "ts": "1700000100.000100", "text": f"hi <@{OUTSIDE}>"},
        {"type": "message", "user": "U2", "ts": "1700000200.000100", "text": "and more"},
    ]
    (folder / "maps").mkdir(parents=True)
    (folder / "users.json").write_text(json.dumps(people))
    (folder / "channels.json").write_text(json.dumps([channel]))
    (folder / "maps" / "2023-11-14.json").write_text(json.dumps(posts))
    return folder


def number_of(name: str) -> int:
    return PersonRow.objects.get(name=name).number


def replaced(seen: Look) -> dict[str, str | None]:
    """Decide on every text found as it is proposed."""
    return {one.ref: one.proposed for one in seen.mentions}


def erased(acting: Acting, number: int) -> ErasureRow:
    row = erase(acting, number, said=replaced(look(acting, number)))
    acting.community.refresh_from_db()
    return row


@pytest.fixture
def brought(acting: Acting, bring_in: BringIn, tmp_path: Path, memory: Memory, home: Path) -> Path:
    folder = export(tmp_path / "export")

    def make() -> None:
        assert bring_in(folder).state == "in"
        refresh(acting.community)

    memory.made(acting, home, make)
    return folder


def test_no_byte_of_the_home_names_them_after_the_sweep(
    acting: Acting, brought: Path, home: Path
) -> None:
    zelda = number_of(NAME)
    touch(acting, zelda, kind=TouchKind.TALKED, day=refresh_day(acting))
    opt_out(acting, zelda)
    acme = found_organisation(acting, Called(name_en="Acme")).number
    belong(acting, acme, people=[zelda])
    told(acting, "zoom", [handle("zz", "zelda quux")])
    join(acting, zelda, other=number_of("zelda quux"))
    find(acting)
    save(acting, "Zelda's friends", rule=Segment(named="Zelda Quux"))
    plan = PlanRow.objects.create(community=acting.community, key="p")
    value = {"who": [{"key": "w", "first_pins": [NAME, "Mio"]}], "note": "ask zelda-quux!"}
    PlanVersionRow.objects.create(
        plan=plan, number=1, value=value, changed_at=acting.community.made_at
    )
    assert set(found_in_bytes(home, TRACES)) == set(TRACES)
    erased(acting, zelda)
    sweep_all()
    assert found_in_bytes(home, TRACES) == {}
    assert ErasureRow.objects.exclude(cleaned_at=None).count() == 1
    kept = PlanVersionRow.objects.get().value
    assert kept["who"][0]["first_pins"] == ["(消去された人)", "Mio"]
    assert [row.verb for row in AuditRow.objects.filter(about__contains="消去された人")]


def refresh_day(acting: Acting):  # type: ignore[no-untyped-def]  # a day
    return acting.community.answers.latest("pk").as_of


def test_the_log_no_longer_leads_to_them_and_the_others_stay(acting: Acting, brought: Path) -> None:
    (mio,) = StandingRow.objects.filter(person__name="Mio").values_list("acts")
    erased(acting, number_of(NAME))
    refresh(acting.community)
    assert [row.person.name for row in StandingRow.objects.all()] == ["Mio"]
    assert StandingRow.objects.filter(person__name="Mio").values_list("acts").get() == mio
    current = current_log(acting.community)
    assert current is not None
    with opened(current[1]) as con:
        assert con.execute("select count(*) from who").fetchone() == (1,)


def test_neither_the_same_export_nor_an_undo_brings_them_back(
    acting: Acting, brought: Path, bring_in: BringIn, home: Path
) -> None:
    erased(acting, number_of(NAME))
    assert bring_in(brought).state == "in"
    undo(acting, 1)
    again = bring_in(brought)
    assert (again.state, again.handles, again.left_out) == ("in", 1, 1)
    assert [one.name for one in PersonRow.objects.all()] == ["Mio"]
    sweep_all()
    assert found_in_bytes(home, TRACES) == {}


def test_a_reading_that_began_before_does_not_bring_them_back(
    acting: Acting, brought: Path, bring_in: BringIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jibungoto.desk.gather import carry_out

    erased(acting, number_of(NAME))
    undo(acting, 1)
    monkeypatch.setattr(carry_out, "refused_actors", lambda community: frozenset())
    assert bring_in(brought).state == "in"
    assert [one.name for one in PersonRow.objects.all()] == ["Mio"]


def test_a_restored_database_forgets_them_again_by_the_list_beside_it(
    acting: Acting, brought: Path, bring_in: BringIn, home: Path
) -> None:
    erased(acting, number_of(NAME))
    assert len(list_file(acting.community).read_text().splitlines()) == 2
    RefusedRow.objects.all().delete()  # as an older backup has it
    undo(acting, 1)
    assert bring_in(brought).handles == 2
    AuditRow.objects.create(community=acting.community, acted_as="x", verb="opt_out", about=NAME)
    remarks = [check.remark.en for check in examine(acting.community)]
    assert "1 had come back with a backup, and were erased again." in remarks
    assert erase_again(acting) == 0
    sweep_all()
    assert found_in_bytes(home, TRACES) == {}
    assert RefusedRow.objects.get().is_erased


def test_a_lost_list_is_written_again(acting: Acting, brought: Path) -> None:
    erased(acting, number_of(NAME))
    before = list_file(acting.community).read_text()
    list_file(acting.community).unlink()
    erase_again(acting)
    assert list_file(acting.community).read_text() == before


def test_every_typed_text_is_asked_about_and_a_namesake_may_stay(
    acting: Acting, brought: Path
) -> None:
    TeamMemberRow.objects.create(
        community=acting.community, name="Zelda", function="manager", since="2026-01-01"
    )
    SegmentRow.objects.create(community=acting.community, key="z", name="with Zelda Quux")
    zelda = number_of(NAME)
    seen = look(acting, zelda)
    assert [(one.spot.model, one.is_sure, one.proposed) for one in seen.mentions] == [
        ("SegmentRow", True, "with (消去された人)"),
        ("TeamMemberRow", False, "(消去された人)"),
    ]
    with pytest.raises(InvalidChoice):
        erase(acting, zelda, said={})
    with pytest.raises(InvalidChoice):
        erase(acting, zelda, said={one.ref: one.text for one in seen.mentions})
    assert PersonRow.objects.filter(name=NAME).exists()
    sure, team = seen.mentions
    erase(acting, zelda, said={sure.ref: "with nobody", team.ref: None})
    assert SegmentRow.objects.get().name == "with nobody"
    assert TeamMemberRow.objects.get().name == "Zelda"


def test_the_audit_keeps_the_fact_without_the_name(acting: Acting, brought: Path) -> None:
    zelda = number_of(NAME)
    opt_out(acting, zelda)
    erased(acting, zelda)
    lines = AuditRow.objects.order_by("pk").values_list("verb", "about")
    assert list(lines)[-2:] == [("opt_out", "(消去された人)"), ("erase", "1")]


def test_another_community_is_not_touched(acting: Acting, brought: Path) -> None:
    other = CommunityRow.objects.create(
        client=acting.community.client, slug="b", name="Zelda Quux", zone="UTC", key="k"
    )
    AuditRow.objects.create(community=other, acted_as="x", verb="x", about=NAME)
    erased(acting, number_of(NAME))
    assert AuditRow.objects.filter(about=NAME).count() == 1


def test_only_an_administrator_erases(acting: Acting, brought: Path) -> None:
    manager = Acting(acting.community, Role.MANAGER)
    with pytest.raises(NotAllowed):
        look(manager, number_of(NAME))
    with pytest.raises(NotAllowed):
        erase(manager, number_of(NAME), said={})


def test_decisions_about_their_names_go_and_those_of_others_stay(
    acting: Acting, brought: Path
) -> None:
    told(acting, "zoom", [handle("m", "Hana Mori"), handle("z", NAME)])
    told(acting, "luma", [handle("h", "Hana Mori")])
    find(acting)
    assert LookAlikeRow.objects.count() == 2
    erased(acting, HandleRow.objects.get(outside_id=OUTSIDE).person.number)
    (row,) = LookAlikeRow.objects.all()
    assert {row.one, row.other} == {"m", "h"}


def test_kept_uploads_go_and_are_kept_no_more(acting: Acting, brought: Path, home: Path) -> None:
    kept = home / "uploads" / "abc" / "upload.zip"
    kept.parent.mkdir(parents=True)
    kept.write_text(NAME)
    IntakeRow.objects.update(is_upload=True, path=str(kept))
    CommunityRow.objects.update(keeps_uploads=True)
    erased(acting, number_of(NAME))
    assert not kept.exists()
    assert not acting.community.keeps_uploads


def test_a_number_is_never_given_again(acting: Acting, brought: Path) -> None:
    last = max(PersonRow.objects.values_list("number", flat=True))
    erased(acting, last)
    told(acting, "zoom", [handle("new", "Newcomer")])
    assert number_of("Newcomer") == last + 1


def test_nothing_is_cleaned_where_nobody_was_erased(acting: Acting) -> None:
    assert clean_all() is False
