"""No sentence says more than its grade knows."""

from __future__ import annotations

import pytest

from jibungoto.explain.claims import Claim, Grade, causal_words_in, claim
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words

CAUSE = Words("施策によって{n}増えました。", "{n} more because of the programme.")


@pytest.mark.parametrize("grade", [Grade.E0, Grade.E1])
def test_a_count_that_claims_a_cause_is_refused_with_the_words_named(grade: Grade) -> None:
    with pytest.raises(InvalidChoice) as refused:
        claim(CAUSE, {"n": Words("3件", "3")}, grade=grade)
    assert refused.value.what == Words(
        f"根拠の段階{grade}では使えない言葉があります: によって, because",
        f"Grade {grade} does not allow these words: によって, because",
    )


def test_an_estimate_may_say_more_than_a_count() -> None:
    made = claim(CAUSE, {"n": Words("3件", "3")}, grade=Grade.E3)
    assert made == Claim(
        Words("施策によって3件増えました。", "3 more because of the programme."), Grade.E3
    )


def test_a_source_whose_name_is_a_word_of_cause_is_not_our_wording() -> None:
    made = claim(
        Words("{name}が終わりました。", "{name} ended."), {"name": Words("Impact", "Impact")}
    )
    assert made.text.en == "Impact ended."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Contributing: 12, up from 9", []),
        ("貢献の段は12人", []),
        ("driven by events", ["driven"]),
        ("Impact of talks, thanks to you", ["Impact", "thanks to"]),
        ("イベントの効果", ["効果"]),
    ],
)
def test_words_of_cause_are_found_whole(text: str, found: list[str]) -> None:
    assert causal_words_in(text) == found
