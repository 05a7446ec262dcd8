"""Answering what only a person can say: the file is read with it, and never counted twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.answer import bring_in_as, events_to_choose, key_in_the_name, taken
from jibungoto.desk.gather.carry_out import carry_out
from jibungoto.desk.gather.claim import claimed, next_claim
from jibungoto.desk.gather.overview import waiting_for_answers
from jibungoto.desk.gather.queue import receive
from jibungoto.desk.gather.shut import Upload
from jibungoto.desk.gather.undo import undo_next
from jibungoto.engine.log import opened
from jibungoto.gather.reader import Said
from jibungoto.ledger.initiative import Mode
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.records.models import IntakeRow
from tests.desk.conftest import BringIn
from tests.desk.gather.lists import COLUMNS, participants, table

SPRING = "connpass:4410 2026-04-19 19:00"


def worked() -> None:
    """Do all that waits to be done, as the worker does."""
    while (claim := next_claim()) is not None:
        carry_out(claim)
    while undo_next():
        pass


def rows(acting: Acting) -> list[tuple[str, str, str | None]]:
    """Return kind, event and place of every activity."""
    from jibungoto.desk.gather.current import current_log

    current = current_log(acting.community)
    assert current is not None
    with opened(current[1]) as con:
        found = con.execute("select kind, initiative, place from activity order by all").fetchall()
    return [(kind, event, place) for kind, event, place in found]


def test_a_list_without_its_event_waits_and_an_answer_brings_it_in(
    acting: Acting, bring_in: BringIn, tmp_path: Path
) -> None:
    asked = bring_in(participants(tmp_path))
    assert (asked.state, asked.asked, asked.read) == ("refused", "event", 0)
    assert waiting_for_answers(acting) == [asked]
    again = bring_in_as(acting, asked.number, said=Said(SPRING))
    assert waiting_for_answers(acting) == []
    worked()
    again.refresh_from_db()
    asked.refresh_from_db()
    assert (again.state, again.read, asked.same_as) == ("in", 2, again)
    assert rows(acting) == [
        ("attendance", "connpass:4410", None),
        ("registration", "connpass:4410", "venue"),
        ("registration", "connpass:4410", None),
    ]
    assert [one.key for one in events_to_choose(acting)] == ["connpass:4410"]


def test_another_event_takes_the_place_of_the_first(
    acting: Acting, bring_in: BringIn, tmp_path: Path
) -> None:
    asked = bring_in(participants(tmp_path))
    first = bring_in_as(acting, asked.number, said=Said(SPRING))
    worked()
    known = taken(acting, IntakeRow.objects.get(pk=first.pk))
    assert known.event is not None and known.event.key == "connpass:4410"
    bring_in_as(acting, first.number, said=Said("春の会 2026-04-20 19:00"))
    worked()
    first.refresh_from_db()
    assert first.state == "undone"
    assert {event for _kind, event, _place in rows(acting)} == {
        one.key for one in events_to_choose(acting)
    }
    assert [one.name for one in events_to_choose(acting)] == ["春の会"]


def test_a_corrected_ticket_changes_the_rows_and_keeps_the_event(
    acting: Acting, bring_in: BringIn, tmp_path: Path
) -> None:
    asked = bring_in(participants(tmp_path))
    first = bring_in_as(acting, asked.number, said=Said(SPRING))
    worked()
    known = taken(acting, IntakeRow.objects.get(pk=first.pk))
    assert known.tickets == (("ふつう枠", None), ("現地枠", Mode.VENUE))
    again = bring_in_as(acting, first.number, said=Said(modes={"ふつう枠": Mode.ONLINE}))
    worked()
    again.refresh_from_db()
    first.refresh_from_db()
    assert (first.state, again.state, again.new, again.updated) == ("in", "in", 0, 1)
    assert rows(acting) == [
        ("attendance", "connpass:4410", "online"),
        ("registration", "connpass:4410", "online"),
        ("registration", "connpass:4410", "venue"),
    ]


def test_a_table_whose_columns_nobody_knows_waits_and_its_answer_is_remembered(
    acting: Acting, bring_in: BringIn, tmp_path: Path
) -> None:
    asked = bring_in(table(tmp_path))
    assert (asked.state, asked.asked) == ("refused", "columns")
    again = bring_in_as(acting, asked.number, said=Said(columns=COLUMNS))
    worked()
    again.refresh_from_db()
    assert (again.state, again.read) == ("in", 2)
    (tmp_path / "later").mkdir()
    later = tmp_path / "later" / "more.csv"
    later.write_text("いつ来たか,だれ\n2026-05-01 10:00,Yui\n", encoding="utf-8")
    assert bring_in(later).state == "in"


def test_the_same_path_brought_in_with_an_answer_waits_no_longer(
    acting: Acting, bring_in: BringIn, tmp_path: Path
) -> None:
    from jibungoto.desk.gather import queue

    path = participants(tmp_path)
    asked = bring_in(path)
    claim = claimed(queue.bring_in(acting, path, said=Said(SPRING)))
    assert claim is not None and carry_out(claim).state == "in"
    asked.refresh_from_db()
    assert (asked.asked, waiting_for_answers(acting)) == ("", [])


def test_an_upload_that_was_deleted_is_asked_for_once_more(acting: Acting, tmp_path: Path) -> None:
    content = participants(tmp_path).read_bytes()
    name = "event_4410_participants.csv"
    intake = receive(acting, name, chunks=[content], said=Said(SPRING))
    worked()
    with pytest.raises(InvalidChoice):
        bring_in_as(acting, intake.number, said=Said(modes={"ふつう枠": Mode.ONLINE}))
    again = bring_in_as(
        acting,
        intake.number,
        said=Said(modes={"ふつう枠": Mode.ONLINE}),
        upload=Upload(name, [content]),
    )
    worked()
    again.refresh_from_db()
    assert (again.state, again.updated) == ("in", 1)


def test_an_upload_that_waits_is_still_there_to_be_read(acting: Acting, tmp_path: Path) -> None:
    content = participants(tmp_path).read_bytes()
    asked = receive(acting, "event_4410_participants.csv", chunks=[content])
    worked()
    again = bring_in_as(acting, asked.number, said=Said(SPRING))
    worked()
    again.refresh_from_db()
    assert again.state == "in" and not Path(again.path).exists()


def test_saying_nothing_is_refused(acting: Acting, bring_in: BringIn, tmp_path: Path) -> None:
    asked = bring_in(participants(tmp_path))
    with pytest.raises(InvalidChoice):
        bring_in_as(acting, asked.number, said=Said())
    assert [one.number for one in waiting_for_answers(acting)] == [asked.number]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("event_4410_participants (1).csv", "connpass:4410"),
        ("yamabiko-tickets-57728.xlsx", "doorkeeper:57728"),
        ("guests-evt-Spring26.csv", "luma:evt-Spring26"),
        ("participants.csv", ""),
    ],
)
def test_a_files_name_proposes_its_event(name: str, key: str) -> None:
    assert key_in_the_name(name) == key
