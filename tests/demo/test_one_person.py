"""The demo's people are found again behind their names: the rules against a known truth."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from jibungoto.demo.community import everybody
from jibungoto.gather.people.look_alikes import Known, LookAlike, is_proof, look_alikes
from jibungoto.gather.reader import Choices, Reading
from jibungoto.gather.recognise import recognise
from jibungoto.gather.shelves.export import open_export
from jibungoto.ledger.initiative import Initiative
from jibungoto.ledger.person import Handle
from tests.demo.conftest import LAST_DAY
from tests.gather.made import concealed

USER_NAME = re.compile(r"[a-z][a-z0-9_.-]{2,38}")
Named = tuple[str, Handle]


@pytest.fixture(scope="module")
def named(exports: tuple[Path, ...]) -> list[Named]:
    """Return every handle of every tool once, with the tool, as its newest file tells it."""
    found: dict[tuple[str, str], Handle] = {}
    known: dict[str, Initiative] = {}
    for path in exports:
        found |= {(source, handle.actor): handle for source, handle in handles_in(path, known)}
    return [(source, handle) for (source, _actor), handle in found.items()]


def handles_in(path: Path, known: dict[str, Initiative]) -> list[Named]:
    with open_export(path) as export:
        reader = recognise(export)
        choices = Choices(events=dict(known), zone="Asia/Tokyo")
        batches = list(reader.read(export, conceal=concealed, choices=choices, reading=Reading()))
    known |= {one.key: one for batch in batches for one in batch.initiatives if one.starts_at}
    return [(reader.source.key, handle) for batch in batches for handle in batch.handles]


@pytest.fixture(scope="module")
def behind(named: list[Named]) -> dict[int, int]:
    """Return who stands behind a handle, by the handle's place; bots and blogs are left out."""
    told: dict[tuple[str, str], int] = {}
    for number, one in enumerate(everybody(last_day=LAST_DAY)):
        told[("slack", one.slack or "")] = number
        told[("connpass", one.connpass_user)] = number
        told[("zoom", f"email:{one.email}")] = number
        told[("discord", one.discord_user)] = number
    return {
        place: told[key]
        for place, (source, handle) in enumerate(named)
        for key in [(source, handle.display_name if source == "discord" else handle.outside_id)]
        if key in told
    }


@pytest.fixture(scope="module")
def found(named: list[Named]) -> list[LookAlike]:
    return look_alikes(known(place, *one) for place, one in enumerate(named))


def known(place: int, source: str, handle: Handle) -> Known:
    user_names = (handle.outside_id, handle.display_name)
    return Known(
        number=place,
        source=source,
        names=tuple(name for name in (handle.display_name, handle.name) if name),
        handle=next((name for name in user_names if USER_NAME.fullmatch(name)), ""),
        address=handle.email or handle.typed_email or "",
        reading=handle.reading,
        organisation=handle.organisation,
        is_settled=not handle.is_name_only and "@" not in handle.outside_id,
    )


def test_no_proven_address_is_shared_by_two_people(
    named: list[Named], behind: dict[int, int]
) -> None:
    people = defaultdict(set)
    for place, (_, handle) in enumerate(named):
        if place in behind and handle.email and is_proof(handle.email):
            people[handle.email.casefold()].add(behind[place])
    assert len(people) > 300
    assert [address for address, whose in people.items() if len(whose) > 1] == []


def test_of_a_hundred_proposals_at_least_95_are_right(
    found: list[LookAlike], behind: dict[int, int]
) -> None:
    judged = [one for one in found if one.one in behind and one.other in behind]
    right = [one for one in judged if behind[one.one] == behind[one.other]]
    assert len(judged) > 500
    assert len(right) / len(judged) >= 0.95


def test_of_a_hundred_pairs_at_least_85_are_proposed(
    found: list[LookAlike], named: list[Named], behind: dict[int, int]
) -> None:
    handles = defaultdict(list)
    for place, person in behind.items():
        handles[person].append(place)
    true = {
        pair
        for places in handles.values()
        for pair in combinations(sorted(places), 2)
        if named[pair[0]][0] != named[pair[1]][0]
    }
    proposed = {(one.one, one.other) for one in found}
    assert len(true) > 500
    assert len(true & proposed) / len(true) >= 0.85
