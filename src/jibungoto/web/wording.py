"""How pages say what rows hold: capacities, states on the ladder, kinds of activity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from jibungoto.desk.people.listed import Name
from jibungoto.desk.people.reach import Standing
from jibungoto.engine.look_up import LogLine
from jibungoto.ledger.initiative import Mode
from jibungoto.ledger.kinds import DEFAULT_KINDS, Kind
from jibungoto.ledger.person import PersonKind
from jibungoto.ledger.source import source_name as named
from jibungoto.ledger.words import day_words as words_of_day
from jibungoto.records.models import HandleRow, PersonRow
from jibungoto.understand.answers import Stage
from jibungoto.web.language import page_language

CAPACITIES: Mapping[str, str | Promise] = {
    PersonKind.MEMBER: pgettext_lazy("capacity", "Member"),
    PersonKind.STAFF: pgettext_lazy("capacity", "Staff"),
    PersonKind.PARTNER: pgettext_lazy("capacity", "Partner"),
    PersonKind.BOT: pgettext_lazy("capacity", "Bot"),
    PersonKind.GUEST: pgettext_lazy("capacity", "Guest"),
    "deleted": pgettext_lazy("capacity", "Deleted account"),
}


def on_the_ladder(standing: Standing) -> bool:
    """Say whether somebody has a stage: the ladder is for members who take part in it."""
    return standing.kind == PersonKind.MEMBER and not standing.is_opted_out


def state_words(standing: Standing) -> str:
    """Say in a word or two how somebody stands: active, dormant, or neither of them."""
    if standing.is_opted_out:
        return _("Not counted, by their own wish")
    if standing.kind != PersonKind.MEMBER:
        return str(CAPACITIES.get(standing.kind, standing.kind))
    if standing.stage == Stage.REGISTERED:
        return pgettext("state", "Not yet active")
    return pgettext("state", "Dormant") if standing.is_dormant else pgettext("state", "Active")


def day_words(day: date) -> str:
    """Return a day as every page writes it, in the page's language."""
    return words_of_day(day).said_in(page_language())


def names_beside(person: PersonRow) -> str:
    """Return the names somebody has in the sources, other than the one they go by."""
    return other_than(person.name, person.handles.all())


def other_than(called: str, names: Iterable[HandleRow | Name]) -> str:
    """Return all of these names but the one somebody goes by, each once."""
    told = {
        name: None
        for one in names
        for name in (one.display_name, one.name)
        if name and name != called
    }
    return ", ".join(told)


def kind_names() -> dict[str, str]:
    """Return the name of every kind of activity in the page's language."""
    language = page_language()
    return {rule.kind.value: _capital(rule.name.said_in(language)) for rule in DEFAULT_KINDS}


def place_words(line: LogLine, places: Mapping[str, str]) -> str:
    """Return where something happened: a channel by its name, an event with how one took part.

    A place that nobody named is an id of the source's own, which says nothing to people.
    """
    named = places.get(line.place or "") or places.get(line.initiative or "", "")
    mode = modes().get(line.place or "")
    if mode is None:
        return named
    return f"{named} ({mode})" if named else mode


def modes() -> dict[str, str]:
    """Return how people take part in an event, by the word in the log."""
    return {
        Mode.VENUE.value: _("at the venue"),
        Mode.ONLINE.value: _("online"),
        Mode.HYBRID.value: _("at the venue and online"),
    }


def present_kinds() -> frozenset[str]:
    """Return the kinds of activity that show somebody was there."""
    return frozenset(rule.kind.value for rule in DEFAULT_KINDS if rule.presence)


_ANSWERS = frozenset({Kind.REGISTRATION, Kind.WAITING, Kind.CANCELLATION})


def done_kinds() -> frozenset[str]:
    """Return the kinds of activity that show somebody was there, or said whether they come."""
    return present_kinds() | {kind.value for kind in _ANSWERS}


def source_name(source: str) -> str:
    """Return a source the way its makers write it."""
    return named(source).said_in(page_language())


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
