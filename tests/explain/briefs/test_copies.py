"""What is said twice in a brief is changed twice."""

from __future__ import annotations

from dataclasses import replace

from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.brief import BriefKind, Head
from jibungoto.explain.briefs.copies import changed_in, copies_of, with_copies
from jibungoto.explain.drafting.draft import draft
from jibungoto.ledger.words import Words
from tests.explain.brief_made import planned

BRIEF = draft(planned(), BriefKind.MONTHLY, audience=AudienceKey.CFO)
NEW = Words("言いなおしました。", "It is said anew.")


def keys_of(key: str) -> list[str]:
    return [one.key for one in copies_of(BRIEF, key)]


def test_the_ask_and_the_strongest_change_stand_twice() -> None:
    assert keys_of("ask-1") == ["bottom_line-3"]
    assert keys_of("bottom_line-3") == ["ask-1"]
    assert keys_of("bottom_line-2") == ["changes-1"]
    assert keys_of("bottom_line-1") == keys_of("nowhere-1") == []


def test_a_copy_follows_its_sentence() -> None:
    ask = BRIEF.claim("ask-1")
    assert ask is not None
    after = with_copies(BRIEF, replace(ask, text=NEW, is_edited=True))
    assert changed_in(BRIEF, after) == ("bottom_line-3", "ask-1")
    copy = after.claim("bottom_line-3")
    assert copy is not None and (copy.text, copy.is_edited) == (NEW, True)


def test_a_copy_that_was_changed_by_itself_stays() -> None:
    ask, line = BRIEF.claim("ask-1"), BRIEF.claim("bottom_line-3")
    assert ask is not None and line is not None
    apart = BRIEF.with_claim(replace(line, text=Words("別です。", "Another.")))
    assert changed_in(apart, with_copies(apart, replace(ask, text=NEW))) == ("ask-1",)


def test_what_stands_twice_under_one_heading_is_no_copy() -> None:
    ask = BRIEF.claim("ask-1")
    assert ask is not None
    own = replace(ask, key="ask-2", text=NEW)
    twice = BRIEF.with_more(Head.ASK, own).with_more(Head.ASK, replace(own, key="ask-3"))
    assert list(copies_of(twice, "ask-2")) == []
