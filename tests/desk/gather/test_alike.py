"""Looking for proposals: right where the truth is known, the same when done twice."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jibungoto.cli.alike import _told as told_in_words
from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.alike import (
    compare,
    find,
    is_behind,
    known,
    waiting,
    waiting_for_comparison,
)
from jibungoto.desk.gather.decide import decide
from jibungoto.desk.gather.pairs import masked, proposals, two_sided
from jibungoto.ledger.person import Handle
from jibungoto.records.models import (
    HandleRow,
    HandleSeenRow,
    LookAlikeRow,
    LookAlikeState,
    PersonRow,
)
from tests.desk.gather.telling import handle, persons, told, untold
from tests.desk.making import official
from tests.gather.people.test_look_alikes import community
from tests.gather.slack_made import AN, said, user

if TYPE_CHECKING:
    from tests.desk.conftest import BringIn

OPEN = LookAlikeState.OPEN


def spread(seed: int) -> tuple[dict[str, list[Handle]], dict[str, int]]:
    """Return the handles of 100 invented people by source, and who is behind each."""
    made, behind = community(seed, 100)
    by_source: dict[str, list[Handle]] = defaultdict(list)
    truth = {}
    for one in made:
        actor = f"{one.number:05}"
        truth[actor] = behind[one.number]
        address = f"p{behind[one.number]}@mori.jp"
        is_verified = one.source in {"slack", "connpass"} and behind[one.number] % 3 == 0
        by_source[one.source].append(
            handle(
                actor,
                one.names[0],
                display_name=one.names[-1] if one.source == "git" else one.handle,
                email=address if is_verified else None,
                typed_email=one.address or None,
                organisation=one.organisation,
                is_name_only=not one.is_settled,
            )
        )
    return by_source, truth


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.torture)])
def test_nobody_is_joined_wrongly_and_the_proposals_are_right(acting: Acting, seed: int) -> None:
    by_source, truth = spread(seed)
    for source, handles in by_source.items():
        told(acting, source, handles)
    joined = [group for group in persons(acting) if len(group) > 1]
    assert len(joined) > 15
    assert all(len({truth[actor] for actor in group}) == 1 for group in joined)

    find(acting)
    rows = list(proposals(acting, state=OPEN))
    right = [row for row in rows if truth[row.one] == truth[row.other]]
    assert len(right) / len(rows) >= 0.95
    for row in right:
        decide(acting, row.pk, state=LookAlikeState.ACCEPTED)
    found = persons(acting)
    assert all(len({truth[actor] for actor in group}) == 1 for group in found)
    assert _pairs(found) / _pairs(_people(truth)) >= 0.85


def _people(truth: dict[str, int]) -> set[frozenset[str]]:
    groups: dict[int, set[str]] = defaultdict(set)
    for actor, person in truth.items():
        groups[person].add(actor)
    return {frozenset(group) for group in groups.values()}


def _pairs(groups: set[frozenset[str]]) -> int:
    return sum(len(list(combinations(group, 2))) for group in groups)


def test_looking_twice_changes_nothing(acting: Acting) -> None:
    told(acting, "slack", [handle("s", "髙橋 花子"), handle("t", "田中 実")])
    told(acting, "connpass", [handle("c", "高橋花子"), handle("d", "田中実")])
    assert find(acting) == 2
    before = list(LookAlikeRow.objects.values())
    assert find(acting) == 2
    assert list(LookAlikeRow.objects.values()) == before


def test_new_words_change_the_reasons_of_an_open_proposal(acting: Acting) -> None:
    told(acting, "slack", [handle("s", "髙橋 花子", organisation="山びこ")])
    told(acting, "connpass", [handle("c", "高橋花子")])
    find(acting)
    later = told(acting, "connpass", [handle("c", "高橋花子", organisation="㈱山びこ")])
    find(acting)
    assert LookAlikeRow.objects.get().reasons == ["company", "name"]
    untold(later)
    find(acting)
    assert LookAlikeRow.objects.get().reasons == ["name"]


def test_bots_are_nobody_to_compare(acting: Acting) -> None:
    told(acting, "slack", [handle("s", "Reminder Bot", is_bot=True)])
    told(acting, "discord", [handle("d", "Reminder Bot", is_bot=True)])
    assert find(acting) == 0


@pytest.mark.parametrize(
    ("outside_id", "is_name_only", "settled"),
    [("U123", False, True), ("hana@mori.jp", False, False), ("name:花子", True, False)],
)
def test_a_source_keeps_accounts_apart_unless_their_ids_are_names_or_addresses(
    outside_id: str, is_name_only: bool, settled: bool
) -> None:
    row = HandleRow(source="zoom", actor="a", outside_id=outside_id, is_name_only=is_name_only)
    assert known(row).is_settled is settled


@pytest.mark.parametrize(
    ("address", "shown"), [("hana.k@mori.jp", "han…(6)@mori.jp"), ("", ""), ("@mori.jp", "")]
)
def test_an_address_is_shown_as_far_as_needed(address: str, shown: str) -> None:
    assert masked(address) == shown


def test_the_worker_looks_once_for_each_version_and_both_sides_have_their_evidence(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    posts = [said(AN, second) for second in (2_000, 2_060, 2_120)]
    people = [user(AN) | {"profile": {"display_name": "髙橋 花子"}}]
    bring_in(official(tmp_path / "a", posts, people))
    told(acting, "connpass", [handle("c", "高橋花子", typed_email="hana@mori.jp")])
    acting.community.refresh_from_db()
    assert is_behind(acting.community)
    (behind,) = waiting_for_comparison()
    compare(behind)
    assert list(waiting_for_comparison()) == []
    acting.community.refresh_from_db()
    assert (is_behind(acting.community), waiting(acting)) == (False, 1)

    (both,) = two_sided(acting, proposals(acting, state=OPEN))
    assert both.one is not None and both.other is not None
    assert both.one.seen is not None and both.one.seen.acts == 3
    assert both.one.places == ("general",)
    assert (both.other.seen, both.other.address) == (None, "ha…(4)@mori.jp")
    assert [words.en for words in both.reasons] == ["the same name, variants and order aside"]
    shown = str(told_in_words(both)["shown"])
    assert "高橋花子 [c, ha…(4)@mori.jp] (connpass)" in shown and "髙橋 花子" in shown
    assert HandleSeenRow.objects.count() == 1


def test_reading_a_page_of_proposals_joins_nobody(acting: Acting) -> None:
    told(acting, "slack", [handle("s", "髙橋 花子")])
    told(acting, "connpass", [handle("c", "高橋花子")])
    find(acting)
    two_sided(acting, proposals(acting, state=OPEN))
    assert not PersonRow.objects.exclude(merged_into=None).exists()
