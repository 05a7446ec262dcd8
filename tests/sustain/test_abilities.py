"""The catalogue of abilities, and everything that hangs on its keys."""

from __future__ import annotations

from jibungoto.sustain.abilities import ABILITIES, ABILITY_KEYS, GROUPS, ability
from jibungoto.sustain.askers import ASKERS, INTERESTS, AskerKind, Interest
from jibungoto.sustain.rules import RULES
from jibungoto.sustain.support import SUPPORTS


def test_there_are_five_in_three_groups_and_only_warmth_is_hard_to_learn() -> None:
    assert ABILITY_KEYS == ("a1", "b1", "b2", "c1", "c2")
    assert {one.group for one in ABILITIES} == set(GROUPS)
    assert [one.key for one in ABILITIES if not one.is_learnable] == ["a1"]


def test_the_default_needs_are_those_of_the_domain() -> None:
    assert {one.key: one.need for one in ABILITIES} == {
        "a1": 0,
        "b1": 6,
        "b2": 20,
        "c1": 8,
        "c2": 6,
    }
    assert ability("c1").need == 8


def test_every_ability_knows_what_helps_and_what_is_bought_in_vain() -> None:
    assert tuple(SUPPORTS) == ABILITY_KEYS


def test_every_kind_of_stakeholder_has_a_question_behind_the_question() -> None:
    assert set(ASKERS) == set(AskerKind)
    assert set(INTERESTS) == set(Interest)


def test_the_rules_are_named_once_and_say_what_to_do() -> None:
    assert [one.key for one in RULES] == [
        "P-1",
        "P-3",
        "P-4",
        "P-5",
        "I-1",
        "I-2",
        "I-4",
        "I-6",
        "S-1",
        "S-5",
    ]
    assert {one.key for one in RULES if one.is_private} == {"I-1", "I-2", "I-4", "I-6"}
