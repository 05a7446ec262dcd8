"""What is true of the demo community, so that what the product finds can be checked against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jibungoto.demo.people import Person, Sort
from jibungoto.demo.places import DEFAULTS, ISLANDS, OWNED, Opener
from jibungoto.demo.stories import Cast
from jibungoto.demo.town import Note, Town


@dataclass(frozen=True, slots=True)
class Actor:
    """A person of the demo as the workspace knows them."""

    user: str
    login: str
    real_name: str
    display_name: str
    email: str


@dataclass(frozen=True, slots=True)
class Truth:
    """Who is who in the stories; channels are Slack ids."""

    last_day: date
    founder: Actor
    owner: Actor
    first_starter: Actor
    unanswered: tuple[Actor, ...]
    not_visible: Actor
    silent: tuple[Actor, ...]
    staff: tuple[Actor, ...]
    guests: tuple[Actor, ...]
    bots: tuple[Actor, ...]
    deleted: tuple[Actor, ...]
    never_acted: tuple[Actor, ...]
    only_reacted: tuple[Actor, ...]
    default_channels: tuple[str, ...]
    founder_channels: tuple[str, ...]
    owner_channels: tuple[str, ...]
    first_start_channel: str
    failed_channels: tuple[str, ...]


def _actor(person: Person) -> Actor:
    return Actor(
        user=person.id,
        login=person.login,
        real_name=person.real_name,
        display_name=person.display_name,
        email=person.email,
    )


def _actors(people: list[Person]) -> tuple[Actor, ...]:
    return tuple(_actor(person) for person in people)


_MECHANICS = frozenset(Note) - {Note.MESSAGE, Note.BROADCAST, Note.FILE}


def truth_of(town: Town, cast: Cast) -> Truth:
    """Read the truth from a town whose stories have been told."""
    people = [one for one in town.people if one.sort is not Sort.BOT]
    spoke = {one.author.id for one in town.posts if one.note not in _MECHANICS}
    reacted = {user for post in town.posts for user in post.cheered_by}
    ids = {name: place.id for name, place in town.places.items()}
    founded = [one for one in town.places.values() if one.sketch.opener is Opener.FOUNDER]
    return Truth(
        last_day=town.rhythm.last_day,
        founder=_actor(cast.founder),
        owner=_actor(cast.owner),
        first_starter=_actor(cast.first_timer),
        unanswered=_actors([*cast.unanswered]),
        not_visible=_actor(cast.not_visible),
        silent=_actors([*cast.silent]),
        staff=_actors([one for one in people if one.sort is Sort.STAFF]),
        guests=_actors([one for one in people if one.sort is Sort.GUEST]),
        bots=_actors([one for one in town.people if one.sort is Sort.BOT]),
        deleted=_actors([one for one in people if one.deleted]),
        never_acted=_actors([one for one in people if one.id not in spoke | reacted]),
        only_reacted=_actors([one for one in people if one.id in reacted - spoke]),
        default_channels=tuple(ids[name] for name in DEFAULTS),
        founder_channels=tuple(one.id for one in founded),
        owner_channels=tuple(ids[name] for name in OWNED),
        first_start_channel=ids[ISLANDS],
        failed_channels=tuple(one.id for one in town.places.values() if one.sketch.lonely),
    )
