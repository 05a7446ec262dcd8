"""What was worked out lately is shown again until something is committed, by whomever."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.desk.lately import lately
from jibungoto.records.models import CommunityRow

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="elsewhere others commit meanwhile"),
]


def names() -> list[str]:
    return list(CommunityRow.objects.order_by("pk").values_list("name", flat=True))


@pytest.fixture
def counted() -> Callable[[], list[str]]:
    """Return the names of the communities; each time they are read, the list is another one."""
    begin(Beginning("one"))
    return lambda: lately(("names", id(counted)), names)


def test_without_a_commit_it_is_worked_out_once(counted: Callable[[], list[str]]) -> None:
    assert counted() is counted()


def test_what_this_thread_commits_makes_it_new(counted: Callable[[], list[str]]) -> None:
    assert counted() == ["one"]
    begin(Beginning("two"))
    assert counted() == ["one", "two"]


def test_what_another_process_commits_makes_it_new(counted: Callable[[], list[str]]) -> None:
    assert counted() == ["one"]
    other = sqlite3.connect(str(connection.settings_dict["NAME"]), timeout=20)
    other.execute("update records_communityrow set name = 'renamed'")
    other.commit()
    other.close()
    assert counted() == ["renamed"]


def test_another_thread_is_shown_the_same(counted: Callable[[], list[str]]) -> None:
    first = counted()
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(counted).result() is first
    assert counted() is first


def test_within_a_transaction_everything_is_worked_out_anew(
    counted: Callable[[], list[str]],
) -> None:
    assert counted() == ["one"]
    with transaction.atomic():
        CommunityRow.objects.update(name="not yet")
        assert counted() == ["not yet"]
        transaction.set_rollback(True)
    assert counted() == ["one"]


def test_a_commit_while_it_is_worked_out_makes_the_next_one_new() -> None:
    def slow() -> list[str]:
        found = names()
        begin(Beginning(f"number {len(found)}"))
        return found

    assert lately("slow", slow) == []
    assert lately("slow", names) == ["number 0"]


def test_keys_are_kept_apart(counted: Callable[[], list[str]]) -> None:
    assert lately("a", lambda: 1) == 1
    assert lately("b", lambda: 2) == 2
    assert lately("a", lambda: 3) == 1
