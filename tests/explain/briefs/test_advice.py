"""Readers are told what is missing; only the writer is told what to bring."""

from __future__ import annotations

import pytest

from jibungoto.explain.briefs.advice import ADVICE, for_readers, without_advice
from jibungoto.explain.briefs.as_document import document_of
from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.brief import Brief, BriefKind
from jibungoto.explain.drafting.draft import draft
from jibungoto.explain.drafting.facts import BriefFacts
from jibungoto.explain.wording import is_one_sentence
from jibungoto.ledger.words import Words
from tests.explain.brief_made import ALL_KINDS
from tests.explain.examples import empty


def lines_of(brief: Brief) -> set[Words]:
    return {line for part in brief.parts for line in part.text}


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_document_says_what_is_missing_and_gives_its_reader_no_orders(kind: BriefKind) -> None:
    brief = draft(BriefFacts(empty()), kind, audience=AudienceKey.CEO)
    told = ADVICE & lines_of(brief)
    assert bool(told) is (kind is not BriefKind.WEEKLY)
    printed = {line for section in document_of(brief).sections for line in section.text}
    assert ADVICE & printed == set()
    assert {for_readers(one) for one in told} <= printed
    assert lines_of(without_advice(brief)) & ADVICE == set()
    assert document_of(without_advice(brief)) == document_of(brief)


def test_one_sentence_is_left_of_each_piece_of_advice() -> None:
    assert all(is_one_sentence(for_readers(one)) for one in ADVICE)
    assert Words("許可のある声の登録がありません。", "No voice with permission is on record.") in {
        for_readers(one) for one in ADVICE
    }
    other = Words("あれ。これ。", "This. That.")
    assert for_readers(other) == other
