"""What joins by itself in the demo is right, though some profiles name an account not their own."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from jibungoto.demo.community import declared, everybody, write_everything
from jibungoto.desk.gather.declared import contested_among
from jibungoto.desk.gather.joinable import Joinable, Pair, as_address, linking
from jibungoto.desk.gather.joining import crowded_among, linked
from jibungoto.gather.reader import Choices, Reading
from jibungoto.gather.recognise import recognise
from jibungoto.gather.shelves.export import open_export
from jibungoto.ledger.initiative import Initiative
from jibungoto.ledger.person import Handle
from tests.demo.conftest import LAST_DAY
from tests.gather.made import concealed

Named = tuple[str, Handle]


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> list[Named]:
    """Return every handle that readers find in the demo's files, with its source."""
    found: list[Named] = []
    known: dict[str, Initiative] = {}
    for path in write_everything(tmp_path_factory.mktemp("demo"), last_day=LAST_DAY):
        found += _handles_in(path, known)
    return found


def _handles_in(path: Path, known: dict[str, Initiative]) -> list[Named]:
    with open_export(path) as export:
        reader = recognise(export)
        choices = Choices(events=dict(known), zone="Asia/Tokyo")
        batches = list(reader.read(export, conceal=concealed, choices=choices, reading=Reading()))
    known |= {one.key: one for batch in batches for one in batch.initiatives if one.starts_at}
    return [(reader.source.key, handle) for batch in batches for handle in batch.handles]


@pytest.fixture(scope="module")
def handles(named: list[Named]) -> list[Joinable]:
    """Return the handles as joining sees them, each a person of its own."""
    return [
        Joinable(
            place,
            f"{source}:{handle.actor}",
            as_address(handle.email or ""),
            place,
            place,
            place,
            source,
            **linking(source, asdict(handle) | {"links": " ".join(handle.links)}),
        )
        for place, (source, handle) in enumerate(named)
    ]


@pytest.fixture(scope="module")
def behind(named: list[Named]) -> dict[str, int]:
    """Return who really stands behind a handle of Slack or connpass."""
    told: dict[tuple[str, str], int] = {}
    for number, one in enumerate(everybody(last_day=LAST_DAY)):
        told["slack", one.slack or ""] = number
        told["connpass", one.connpass_user] = number
    return {
        f"{source}:{handle.actor}": told[source, handle.outside_id]
        for source, handle in named
        if (source, handle.outside_id) in told
    }


def joins(handles: list[Joinable], contested: set[tuple[str, str]]) -> set[Pair]:
    return set(linked(handles, {}, crowded=crowded_among(handles), contested=contested))


def wrong(pairs: set[Pair], behind: dict[str, int]) -> set[Pair]:
    return {(one, other) for one, other in pairs if behind[one] != behind[other]}


def test_of_what_joins_by_itself_nothing_is_wrong(
    handles: list[Joinable], behind: dict[str, int]
) -> None:
    pairs = joins(handles, contested_among(handles))
    assert len(pairs) >= 8
    assert wrong(pairs, behind) == set()


def test_the_wrong_links_would_join_people_if_nobody_looked_who_else_claims_an_account(
    handles: list[Joinable], behind: dict[str, int]
) -> None:
    assert len(wrong(joins(handles, set()), behind)) >= 3


def test_readers_find_every_link_to_an_account_and_not_the_page_of_a_group(
    named: list[Named],
) -> None:
    read = {
        (handle.outside_id, link)
        for source, handle in named
        if source == "slack"
        for link in handle.links
    }
    told = {
        (one.slack, one.address.removeprefix("https://").casefold())
        for one in declared(last_day=LAST_DAY)
    }
    accounts = {(who, link) for who, link in told if link.startswith("connpass.com/user/")}
    assert read == accounts
    assert told - accounts
