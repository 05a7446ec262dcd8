"""A wording that was ever issued stays known, so that what was issued still verifies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jibungoto.explain.claims import Grade
from jibungoto.explain.trends import Way
from jibungoto.explain.wording import blocked_words
from jibungoto.explain.wordings import WAYS, WORDINGS
from jibungoto.ledger.words import Words

SORTED: list[Words] = sorted(WORDINGS, key=str)
RECORDED = Path(__file__).parent / "briefs" / "issued" / "wordings.json"


def test_every_wording_there_ever_was_is_known_and_every_new_one_is_recorded() -> None:
    """A wording you change: put its former text into FORMER; one you add: add it to the file."""
    recorded = {Words(ja, en) for ja, en in json.loads(RECORDED.read_text(encoding="utf-8"))}
    assert recorded == WORDINGS


@pytest.mark.parametrize("wording", SORTED, ids=str)
def test_no_wording_says_more_than_a_count(wording: Words) -> None:
    assert blocked_words(wording, Grade.E1) == ()


def test_a_wording_that_names_a_direction_is_held_against_it() -> None:
    said = {word: ways for word, ways in WAYS.items() if "rose" in word.en or "fell" in word.en}
    assert sorted(map(sorted, said.values())) == [[Way.DOWN], [Way.UP]]
