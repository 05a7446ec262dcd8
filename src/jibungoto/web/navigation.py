"""The rooms a community manager walks through, in the order of the side navigation."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Room:
    """One entry of the navigation; ``short`` is its name where the screen is narrow."""

    view: str
    icon: str
    name: str | Promise
    short: str | Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """A room as one page shows it: its address, and whether the page lies in it.

    ``waits`` says how many things wait there for an answer, empty for none.
    """

    room: Room
    address: str
    here: bool
    waits: str = ""


ROOMS: tuple[Room, ...] = (
    Room("today", "sun", _("Today"), pgettext_lazy("narrow navigation", "Today")),
    Room("people", "users-round", _("People"), pgettext_lazy("narrow navigation", "People")),
    Room(
        "people_alike", "user-round", _("One person?"), pgettext_lazy("narrow navigation", "Names")
    ),
    Room("ladder", "layers", _("Ownership ladder"), pgettext_lazy("narrow navigation", "Ladder")),
    Room("measures", "chart-line", _("Measures"), pgettext_lazy("narrow navigation", "Measures")),
    Room("sources", "inbox", _("Sources"), pgettext_lazy("narrow navigation", "Sources")),
)


MOST_COUNTED = 1_000
"""Nobody needs to know how many more than this wait."""


def waiting_words(count: int) -> str:
    """Say how many things wait, empty for none."""
    if count >= MOST_COUNTED:
        return f"{MOST_COUNTED - 1}+"
    return str(count) if count else ""


def entries(view_name: str, slug: str, *, waiting: int = 0) -> list[Entry]:
    """Return the navigation of a community as the page of ``view_name`` shows it.

    A room's further pages are named after it: ``people_export`` lies in ``people``. ``waiting``
    counts the names that may be one person.
    """
    waits = {"people_alike": waiting_words(waiting)}
    own = {room.view for room in ROOMS}
    return [
        Entry(
            room=room,
            address=reverse(room.view, args=[slug]),
            here=view_name == room.view
            or (view_name.startswith(f"{room.view}_") and view_name not in own),
            waits=waits.get(room.view, ""),
        )
        for room in ROOMS
    ]
