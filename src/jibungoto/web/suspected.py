"""Bots nobody has confirmed yet, as Measures and Sources tell of them (domain.md 0, BR7)."""

from __future__ import annotations

from dataclasses import dataclass

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.bots import unconfirmed_share
from jibungoto.web.printing import share_of_acts


@dataclass(frozen=True, slots=True)
class Suspected:
    """How many accounts look like bots unconfirmed, and their share of all acts in words."""

    suspects: int
    words: str


def suspected(acting: Acting) -> Suspected:
    """Return what is suspected now."""
    share = unconfirmed_share(acting)
    return Suspected(share.suspects, share_of_acts(share.acts, share.of))
