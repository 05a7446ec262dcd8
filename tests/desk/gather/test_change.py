"""A telling is worked out and staged before the database is locked: seen whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.change import (
    Outdated,
    forget_abandoned,
    forget_hidden,
    stage,
    write_names,
)
from jibungoto.desk.gather.decide import join
from jibungoto.desk.gather.tellings import (
    tell_handles,
    to_take_back,
    to_tell,
    write_taken_back,
)
from jibungoto.ledger.person import Handle
from jibungoto.records.models import (
    HandleRow,
    HandleToldRow,
    IntakeRow,
    IntakeState,
    PersonRow,
)
from tests.desk.gather.telling import facts, handle, persons, told, untold


def crowd(source: str, count: int) -> list[Handle]:
    """Return as many handles of a source, each with an address of its own."""
    return [handle(f"{source}{n}", f"Person {n}", email=f"p{n}@mori.jp") for n in range(count)]


def reading(acting: Acting, source: str) -> IntakeRow:
    """Return an intake that is being read."""
    return IntakeRow.objects.create(
        community=acting.community,
        number=acting.community.intakes.count() + 1,
        name=source,
        source=source,
        state=IntakeState.READING,
    )


@contextmanager
def statements() -> Iterator[list[str]]:
    """Note every statement that is executed, however many rows it is executed for."""
    found: list[str] = []

    def noting(execute: Any, sql: str, *rest: Any) -> Any:
        found.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(noting):
        yield found


def statements_of(acting: Acting, handles: Iterable[Handle]) -> int:
    """Return how many statements the one transaction takes that lets these handles in."""
    intake = reading(acting, "slack")
    change = to_tell(acting.community, "slack", handles=handles)
    stage(change, intake)
    with statements() as found, transaction.atomic():
        write_names(change, intake)
    IntakeRow.objects.filter(pk=intake.pk).update(state=IntakeState.IN)
    return len(found)


def test_what_is_staged_is_seen_by_nobody_before_it_is_written(acting: Acting) -> None:
    told(acting, "slack", crowd("s", 3))
    before = facts(acting), persons(acting)
    intake = reading(acting, "connpass")
    change = to_tell(acting.community, "connpass", handles=crowd("c", 5))
    stage(change, intake)
    assert (facts(acting), persons(acting)) == before
    assert all(not one.startswith("c") for person in persons(acting) for one in person)
    assert [person.handles.count() for person in acting.community.people.all()] == [1, 1, 1]

    with transaction.atomic():
        write_names(change, intake)
    assert persons(acting) == {
        *(frozenset({f"s{n}", f"c{n}"}) for n in range(3)),
        *(frozenset({f"c{n}"}) for n in (3, 4)),
    }


def test_the_transaction_takes_no_more_statements_for_many_than_for_few(acting: Acting) -> None:
    few = statements_of(acting, crowd("s", 3))
    many = statements_of(acting, crowd("t", 300))
    assert many <= few + 5, "those who join take four statements, however many they are"
    assert statements_of(acting, crowd("u", 600)) == many


def test_what_was_worked_out_before_an_answer_is_not_written(acting: Acting) -> None:
    told(acting, "slack", crowd("s", 3))
    intake = reading(acting, "connpass")
    change = to_tell(acting.community, "connpass", handles=crowd("c", 3))
    stage(change, intake)
    numbers = [person.number for person in acting.community.people.order_by("number")]
    join(acting, numbers[0], other=numbers[1])
    before = facts(acting)
    with pytest.raises(Outdated), transaction.atomic():
        write_names(change, intake)
    assert facts(acting) == before


def test_what_an_intake_staged_and_never_wrote_is_swept(acting: Acting) -> None:
    told(acting, "slack", crowd("s", 3))
    intake = reading(acting, "connpass")
    stage(to_tell(acting.community, "connpass", handles=crowd("c", 4)), intake)
    counts = HandleRow.objects.count(), PersonRow.objects.count(), HandleToldRow.objects.count()
    assert counts == (7, 7, 7)
    forget_abandoned()
    assert HandleRow.objects.count() == 7, "the intake is still being read"

    IntakeRow.objects.filter(pk=intake.pk).update(state=IntakeState.REFUSED)
    forget_abandoned()
    counts = HandleRow.objects.count(), PersonRow.objects.count(), HandleToldRow.objects.count()
    assert counts == (3, 3, 3)


def test_staging_again_leaves_nothing_of_the_first_try(acting: Acting) -> None:
    intake = reading(acting, "slack")
    stage(to_tell(acting.community, "slack", handles=crowd("s", 4)), intake)
    tell_handles(intake, crowd("s", 2))
    assert (HandleRow.objects.count(), HandleToldRow.objects.count()) == (2, 2)


def test_a_change_whose_staged_rows_are_gone_is_not_written(acting: Acting) -> None:
    intake = reading(acting, "slack")
    change = to_tell(acting.community, "slack", handles=crowd("s", 2))
    stage(change, intake)
    forget_hidden(intake.pk)
    with pytest.raises(Outdated), transaction.atomic():
        write_names(change, intake)


def test_who_is_taken_back_is_hidden_first_and_deleted_afterwards(acting: Acting) -> None:
    told(acting, "slack", crowd("s", 3))
    before = facts(acting)
    intake = told(acting, "connpass", crowd("c", 5))
    with transaction.atomic():
        write_taken_back(to_take_back(intake))
    assert facts(acting) == before
    assert HandleRow.objects.count() == 8
    IntakeRow.objects.filter(pk=intake.pk).update(state=IntakeState.UNDONE)
    forget_abandoned()
    counts = HandleRow.objects.count(), PersonRow.objects.count(), HandleToldRow.objects.count()
    assert counts == (3, 3, 3)
    assert facts(acting) == before


def test_what_was_taken_back_counts_no_more_even_before_it_is_deleted(acting: Acting) -> None:
    first = told(acting, "slack", [handle("s", "Aki")])
    later = told(acting, "slack", [handle("s", "Akiko")])
    with transaction.atomic():
        write_taken_back(to_take_back(later))
        IntakeRow.objects.filter(pk=later.pk).update(state=IntakeState.UNDONE)
    assert HandleRow.objects.get().name == "Aki"
    third = told(acting, "slack", [replace(handle("s", "Aki"), reading="あき")])
    untold(third)
    assert HandleRow.objects.get().name == "Aki"
    untold(first)
    assert not acting.community.people.exists()
