"""A voice is one sentence that was said, and stands in a brief by permission alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.brief import Brief, BriefKind, Head
from jibungoto.explain.briefs.voices import faults_of_voice, sentence_of, trimmed, unvoiced
from jibungoto.explain.claims import Grade
from jibungoto.explain.drafting.draft import draft
from jibungoto.explain.drafting.facts import VoiceFacts
from jibungoto.ledger.words import Words
from tests.explain.brief_made import planned

QUOTE = Words("ここで話すと、次の日に試したくなる", "I want to try it the day after we talk here")
SAID = sentence_of(QUOTE)


def with_voice() -> Brief:
    facts = replace(planned(), voices=[VoiceFacts(SAID)])
    return draft(facts, BriefKind.MONTHLY, audience=AudienceKey.CEO)


def test_a_voice_stands_as_a_sentence_of_its_own_with_the_lowest_grade() -> None:
    (claim,) = next(part.claims for part in with_voice().parts if part.head is Head.VOICES)
    assert (claim.text, claim.grade) == (SAID, Grade.E0)
    assert (
        Words(
            "「ここで話すと、次の日に試したくなる」という声がありました。",
            "A member said: “I want to try it the day after we talk here”.",
        )
        == SAID
    )


def test_marks_around_a_quote_are_taken_off() -> None:
    told = Words(f" 「{QUOTE.ja}。」 ", f"“{QUOTE.en}.”")
    assert trimmed(told) == QUOTE
    assert list(faults_of_voice(QUOTE)) == []


@pytest.mark.parametrize(
    ("quote", "why"),
    [
        (Words("よかった", ""), "both languages"),
        (Words("あ" * 81, "Good"), "too long"),
        (Words("よかった。また来る", "Good. I will come again"), "one sentence"),
        (Words("12人に聞いた", "I asked 12 people"), "12"),
        (Words("会の効果です", "It is because of the community"), "because"),
    ],
)
def test_what_is_more_than_one_voice_cannot_stand(quote: Words, why: str) -> None:
    assert any(why in one.en for one in faults_of_voice(quote))


def test_a_voice_nobody_permitted_in_these_words_or_above_its_grade_is_found() -> None:
    brief = with_voice()
    assert unvoiced(brief, {SAID}) == ()
    assert ["Members' voices" in one.en for one in unvoiced(brief, ())] == [True]
    (claim,) = next(part.claims for part in brief.parts if part.head is Head.VOICES)
    raised = brief.with_claim(replace(claim, grade=Grade.E1))
    assert len(unvoiced(raised, {SAID})) == 1
