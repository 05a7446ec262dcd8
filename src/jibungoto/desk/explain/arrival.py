"""How a try to send something ends: it arrived, or why not and whether to try again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jibungoto.ledger.words import Words

Handing = Callable[[], None]
"""Called right before the content itself is handed over: from then on it may arrive."""


@dataclass(frozen=True, slots=True)
class NotArrived:
    """Why something did not arrive.

    ``may_pass`` where trying again later may help by itself. ``is_of_server`` where our own mail
    server is the reason, and everything else that goes by it would fail alike. ``is_unsure`` where
    it may have arrived all the same, and a second one may be one too many.
    """

    why: Words
    may_pass: bool
    is_of_server: bool = False
    is_unsure: bool = False
