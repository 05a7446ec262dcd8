"""What a source tells of events and works is told from what its records are."""

from __future__ import annotations

from jibungoto.gather.holdings import Holding, holdings, missing
from jibungoto.ledger.kinds import Kind


def test_a_list_tells_who_registered_and_cancelled_and_lacks_who_came() -> None:
    held = holdings([(Kind.REGISTRATION, False), (Kind.CANCELLATION, False)], has_heads=False)
    assert held == (Holding.REGISTRATIONS, Holding.CANCELLATIONS)
    assert missing("connpass", held) == (Holding.ATTENDANCE, Holding.MINUTES)


def test_a_report_of_who_was_online_tells_how_long() -> None:
    held = holdings([(Kind.ATTENDANCE, True), (Kind.GLIMPSE, True)], has_heads=False)
    assert held == (Holding.ATTENDANCE, Holding.MINUTES)
    assert missing("zoom", held) == (Holding.REGISTRATIONS,)


def test_head_counts_and_works_are_said_and_nothing_is_missing_of_works() -> None:
    assert holdings([], has_heads=True) == (Holding.HEADS,)
    held = holdings([(Kind.ARTICLE, False), (Kind.VIDEO, True)], has_heads=False)
    assert (held, missing("feed", held)) == ((Holding.WORKS,), ())


def test_conversation_holds_nothing_of_these() -> None:
    assert holdings([(Kind.MESSAGE, True), (Kind.REACTION, False)], has_heads=False) == ()
