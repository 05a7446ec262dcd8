"""The rooms a community manager walks through, in the order of the side navigation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Wing(StrEnum):
    """What a manager does in some rooms; they stand together under its words."""

    SEE = "see"
    DECIDE = "decide"
    TELL = "tell"
    LAST = "last"
    GATHER = "gather"


WING_NAMES: dict[Wing, str | Promise] = {
    Wing.SEE: _("See the people"),
    Wing.DECIDE: _("Decide"),
    Wing.TELL: _("Explain"),
    Wing.LAST: _("Make it last"),
    Wing.GATHER: _("Bring in"),
}


@dataclass(frozen=True, slots=True)
class Room:
    """One entry of the navigation, under the words of its wing; wings keep their order.

    ``short`` is its name where the screen is narrow: there the rooms of ``in_bar``, four at most,
    stand in the bar at the lower edge, and all others open from its last place.
    """

    view: str
    icon: str
    name: str | Promise
    short: str | Promise
    wing: Wing = Wing.SEE
    in_bar: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A room as one page shows it: its address, and whether the page lies in it.

    ``waits`` says how many things wait there for an answer, empty for none.
    """

    room: Room
    address: str
    here: bool
    waits: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The rooms of one wing as a page shows them."""

    name: str | Promise
    entries: list[Entry]


ROOMS: tuple[Room, ...] = (
    Room("today", "sun", _("Today"), pgettext_lazy("narrow navigation", "Today"), in_bar=True),
    Room(
        "people",
        "users-round",
        _("People"),
        pgettext_lazy("narrow navigation", "People"),
        in_bar=True,
    ),
    Room(
        "people_alike", "user-round", _("One person?"), pgettext_lazy("narrow navigation", "Names")
    ),
    Room("ladder", "layers", _("Ownership ladder"), pgettext_lazy("narrow navigation", "Ladder")),
    Room("measures", "chart-line", _("Measures"), pgettext_lazy("narrow navigation", "Measures")),
    Room(
        "plans",
        "target",
        _("Plans"),
        pgettext_lazy("narrow navigation", "Plans"),
        wing=Wing.DECIDE,
    ),
    Room(
        "briefs",
        "presentation",
        _("Briefs"),
        pgettext_lazy("narrow navigation", "Briefs"),
        wing=Wing.TELL,
        in_bar=True,
    ),
    Room(
        "evidence",
        "scale",
        _("Evidence"),
        pgettext_lazy("narrow navigation", "Evidence"),
        wing=Wing.TELL,
    ),
    Room(
        "team",
        "shield-check",
        _("Team"),
        pgettext_lazy("narrow navigation", "Team"),
        wing=Wing.LAST,
    ),
    Room(
        "stakeholders",
        "handshake",
        _("Stakeholders"),
        pgettext_lazy("narrow navigation", "Stakeholders"),
        wing=Wing.LAST,
    ),
    Room(
        "sources",
        "inbox",
        _("Sources"),
        pgettext_lazy("narrow navigation", "Sources"),
        wing=Wing.GATHER,
        in_bar=True,
    ),
)


MOST_COUNTED = 1_000
"""Nobody needs to know how many more than this wait."""


def waiting_words(count: int) -> str:
    """Say how many things wait, empty for none."""
    if count >= MOST_COUNTED:
        return f"{MOST_COUNTED - 1}+"
    return str(count) if count else ""


NOTHING: Mapping[str, str] = {}


def entries(
    view_name: str, slug: str, *, waiting: int = 0, kept: Mapping[str, str] = NOTHING
) -> list[Entry]:
    """Return the navigation of a community as the page of ``view_name`` shows it.

    A room's further pages are named after it: ``people_export`` lies in ``people``. ``waiting``
    counts the names that may be one person, ``kept`` is what a room's address ends with.
    """
    waits = {"people_alike": waiting_words(waiting)}
    own = {room.view for room in ROOMS}
    return [
        Entry(
            room=room,
            address=reverse(room.view, args=[slug]) + kept.get(room.view, ""),
            here=view_name == room.view
            or (view_name.startswith(f"{room.view}_") and view_name not in own),
            waits=waits.get(room.view, ""),
        )
        for room in ROOMS
    ]


def grouped(shown: list[Entry]) -> list[Group]:
    """Return the entries of a page by wing, wings without rooms left out."""
    groups = (
        Group(WING_NAMES[wing], [one for one in shown if one.room.wing is wing]) for wing in Wing
    )
    return [group for group in groups if group.entries]
