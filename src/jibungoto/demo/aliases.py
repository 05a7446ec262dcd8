"""The same people under other names: what each is called on connpass, Zoom, Git and elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from jibungoto.demo.names import FAMILY, GIVEN
from jibungoto.demo.people import Person, Sort

_OLD_FORMS = {"高": "髙", "崎": "﨑", "斎": "齋", "辺": "邉", "沢": "澤", "浜": "濱"}
_ROMAJI = {kanji: reading.capitalize() for kanji, reading in (*FAMILY, *GIVEN)}
_OUTSIDERS = 120
_NAMESAKES = 3


@dataclass(frozen=True, slots=True)
class Alias:
    """What one person is called in the tools besides Slack; ``slack`` is None for outsiders."""

    slack: str | None
    real_name: str
    romaji: str
    connpass_user: str
    connpass_name: str
    zoom_name: str
    email: str
    git_name: str
    discord_user: str
    discord_name: str


def aliases_of(rng: Random, people: Iterable[Person]) -> list[Alias]:
    """Give everybody their other names; some write them in ways that only a person recognises."""
    return [_alias(rng, one) for one in people if one.sort is not Sort.BOT]


def outsiders(rng: Random, people: Iterable[Person]) -> list[Alias]:
    """People who come to events and never joined Slack, three of them namesakes of members."""
    known = [one.real_name for one in people]
    taken = set(known)
    names = rng.sample([name for name in known if " " in name], k=_NAMESAKES)
    for name in _spare_names(rng, taken):
        if len(names) == _OUTSIDERS:
            break
        names.append(name)
    found = []
    for number, name in enumerate(names):
        romaji = romaji_of(name)
        login = f"{romaji.split()[-1].lower()}{rng.randrange(10, 99)}"
        found.append(_named(rng, name, login=f"{login}_{number}", email=f"{login}@kyoto.example"))
    return found


def romaji_of(name: str) -> str:
    """A kanji name in Latin letters, family name last; other names stay as they are."""
    parts = name.split()
    if parts[0] not in _ROMAJI:
        return name
    return " ".join(_ROMAJI.get(part, part) for part in reversed(parts))


def _spare_names(rng: Random, taken: set[str]) -> Iterator[str]:
    pairs = [f"{family} {given}" for family, _ in FAMILY for given, _ in GIVEN]
    rng.shuffle(pairs)
    yield from (name for name in pairs if name not in taken)


def _alias(rng: Random, person: Person) -> Alias:
    return _named(rng, person.real_name, login=person.login, email=person.email, slack=person.id)


def _named(rng: Random, name: str, *, login: str, email: str, slack: str | None = None) -> Alias:
    romaji = romaji_of(name)
    plain = name.replace(" ", "")
    short = login.partition(".")[0]
    user = rng.choice((login, login.replace(".", "_"), login.replace(".", "")))
    return Alias(
        slack=slack,
        real_name=name,
        romaji=romaji,
        connpass_user=user,
        connpass_name=rng.choice((plain, _old_form(plain), name, romaji, short)),
        zoom_name=rng.choice((name, name.replace(" ", "　"), plain, romaji, romaji.upper())),
        email=email if rng.random() < 0.7 else f"{login}@home.example",
        git_name=rng.choice((romaji, romaji, user)),
        discord_user=login.replace(".", "_"),
        discord_name=rng.choice((plain, romaji, short)),
    )


def _old_form(name: str) -> str:
    for now, before in _OLD_FORMS.items():
        if now in name:
            return name.replace(now, before)
    return name
