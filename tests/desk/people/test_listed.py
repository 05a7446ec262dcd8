"""A list of people is what their standings and names say, at the same cost for many as for few."""

from __future__ import annotations

from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.listed import Name, listed
from jibungoto.desk.people.look_up import PeopleFilter, people
from jibungoto.desk.understand.refresh import refresh
from jibungoto.records.models import HandleRow, PersonRow
from tests.desk.conftest import BringIn
from tests.desk.making import maps_export, post

SAME = (
    *("kind", "stage", "since", "is_dormant", "is_at_least", "is_opted_out", "unknown"),
    *("joined_day", "joined_exact", "last_day"),
)


def test_a_line_says_what_the_standing_says(
    acting: Acting, bring_in: BringIn, tmp_path: Path
) -> None:
    bring_in(maps_export(tmp_path / "a", [post("1700000000.000100")]))
    refresh(acting.community)
    rows = people(acting, PeopleFilter(kind=""))
    lines = list(listed(rows))
    assert len(lines) == 2
    for line, row in zip(lines, rows, strict=True):
        assert [getattr(line, name) for name in SAME] == [getattr(row, name) for name in SAME]
        assert (line.person, line.number, line.name) == (
            row.person_id,
            row.person.number,
            row.person.name,
        )
        assert list(line.names) == [
            Name(one.source, one.name, one.display_name)
            for one in HandleRow.objects.filter(person=row.person_id).order_by("pk")
        ]


def test_two_people_cost_no_more_queries_than_one(
    acting: Acting, bring_in: BringIn, tmp_path: Path
) -> None:
    bring_in(maps_export(tmp_path / "a", [post("1700000000.000100")]))
    refresh(acting.community)
    everybody = people(acting, PeopleFilter(kind=""))
    one = everybody.filter(person=PersonRow.objects.get(name="Aki"))

    def queries(rows: object) -> int:
        with CaptureQueriesContext(connection) as asked:
            list(listed(rows))  # type: ignore[arg-type]  # either of the two above
        return len(asked)

    assert queries(one.all()) == queries(everybody.all()) == 2
