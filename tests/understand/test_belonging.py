"""Series and chapters: what belongs to one, what names propose, and what has no meaning there."""

from __future__ import annotations

import pytest

from jibungoto.understand.belonging import (
    OF_ACTS,
    OF_PEOPLE,
    Proposed,
    Told,
    belonging,
    proposals,
    stem_of,
    taken_in,
    why_not_in,
)
from jibungoto.understand.catalogue import CATALOGUE
from jibungoto.understand.scope_kind import ScopeKind

TOLD = (
    Told("group", "series", "Users"),
    Told("one", "event", "Live #1", "group"),
    Told("two", "event", "Live #2", "group"),
    Told("other", "event", "Summit 2026", ""),
    Told("maps", "channel", "maps"),
)


def test_a_series_brings_its_events_and_a_part_that_is_gone_brings_nothing() -> None:
    assert belonging({"group"}, TOLD) == {"group", "one", "two"}
    assert belonging({"one", "maps"}, TOLD) == {"one", "maps"}
    assert belonging({"gone"}, TOLD) == frozenset()


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("やまびこライブ What's New #12", "やまびこライブ What's New"),
        ("第3回 もくもく会", "もくもく会"),
        ("もくもく会 vol.4", "もくもく会"),
        ("もくもく会 2026年10月", "もくもく会"),
        ("Meetup 2026-10-15", "Meetup"),
        ("5th Summit", "Summit"),
        ("#7", ""),
    ],
)
def test_the_stem_of_a_name_is_what_its_editions_share(name: str, stem: str) -> None:
    assert stem_of(name) == stem


def test_names_propose_a_series_of_two_events_or_more_that_is_not_made_yet() -> None:
    assert proposals(TOLD) == (Proposed("Live", ("one", "two")),)
    assert proposals(TOLD, taken={"one"}) == ()


@pytest.mark.parametrize("kind", ScopeKind)
def test_every_measure_can_be_taken_or_says_why_not(kind: ScopeKind) -> None:
    for measure in CATALOGUE:
        why = why_not_in(measure.key, kind)
        can = measure.key in OF_ACTS or measure.key in OF_PEOPLE
        assert (why is None) is can
        if why is not None:
            assert kind.words.ja in why.ja and "{" not in why.ja + why.en
    assert set(taken_in()) == {one.key for one in CATALOGUE} & (OF_ACTS | OF_PEOPLE)
