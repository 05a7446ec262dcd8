"""Who the people are: members, staff of the host company, guests and bots, all invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from jibungoto.demo.names import FAMILY, FROM_ABROAD, GIVEN, NICKNAMES
from jibungoto.demo.rhythm import DAY, MONTHS, Rhythm, moment, start_of

MEMBER_COUNT = 379
FIRST_MONTH_COUNT = 34
TEAM = "T07YMBK2Q5H"
COMPANY_DOMAIN = "yamabiko.example"
_ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_MAIL_DOMAINS = ("mail.example", "post.example", "machi.example", "univ.example", "city.example")


class Sort(StrEnum):
    """What kind of person stands behind an account."""

    MEMBER = "member"
    STAFF = "staff"
    GUEST = "guest"
    BOT = "bot"


class Habit(StrEnum):
    """How somebody takes part; ``STORY`` is told line by line in stories.py."""

    WATCHES = "watches"
    REACTS = "reacts"
    SPEAKS = "speaks"
    HELPS = "helps"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class Person:
    """One account of the workspace, with the time its owner was there."""

    id: str
    login: str
    real_name: str
    display_name: str
    email: str
    sort: Sort
    habit: Habit
    joined_at: int
    until: int
    energy: float = 1.0
    deleted: bool = False
    announced: bool = True
    """False where the workspace has no record of the joining."""

    def there(self, at: int) -> bool:
        """Whether the person was around at a second."""
        return self.joined_at <= at <= self.until


def new_id(rng: Random, kind: str) -> str:
    """An id as Slack writes them: its kind and ten letters or digits."""
    return kind + "0" + "".join(rng.choices(_ID_LETTERS, k=9))


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, its login and what is shown in the workspace."""

    real: str
    login: str
    shown: str


def fresh_names(rng: Random) -> Iterator[Name]:
    """Names of invented people, none twice, some under a nickname or from abroad."""
    pairs = [(family, given) for family in FAMILY for given in GIVEN]
    rng.shuffle(pairs)
    nicknames = list(NICKNAMES)
    abroad = [Name(real, login, real.split()[0]) for real, login in FROM_ABROAD]
    taken: set[str] = set()
    for count, ((kanji, family), (given, reading)) in enumerate(pairs):
        if count % 47 == 46 and abroad:
            yield abroad.pop()
        login = f"{reading}.{family}" if count % 3 else f"{family}{reading[0]}"
        while login in taken:
            login += str(rng.randrange(2, 99))
        taken.add(login)
        shown = rng.choice((f"{kanji}{given}", f"{kanji} {given}", kanji, reading.capitalize(), ""))
        if count % 14 == 5 and nicknames:
            shown = nicknames.pop()
        yield Name(f"{kanji} {given}", login, shown)


def _arrivals(rng: Random, rhythm: Rhythm) -> list[int]:
    first = [moment(rng, rhythm.month(rng.random() * 0.95)) for _ in range(FIRST_MONTH_COUNT)]
    weights = [1 + month * 0.05 for month in range(1, MONTHS)]
    later = rng.choices(range(1, MONTHS), weights, k=MEMBER_COUNT - FIRST_MONTH_COUNT)
    first += [moment(rng, rhythm.month(month + rng.random() * 0.99)) for month in later]
    return sorted(at for at in first if at < rhythm.end - DAY)


def _habit(rng: Random, age: int) -> Habit:
    """Newest accounts only watch or react, so that no first post is missed by accident."""
    watches, reacts, speaks, helps = (26, 29, 30, 15) if age > 12 * DAY else (60, 40, 0, 0)
    return rng.choices(
        (Habit.WATCHES, Habit.REACTS, Habit.SPEAKS, Habit.HELPS), (watches, reacts, speaks, helps)
    )[0]


def _until(rng: Random, habit: Habit, *, joined_at: int, rhythm: Rhythm) -> int:
    """Helpers stay, or go more than a year before the end; others drift away at any time."""
    if habit is Habit.HELPS:
        last_leave = start_of(rhythm.month(11.6))
        if joined_at < start_of(rhythm.month(8)) and rng.random() < 0.35:
            return rng.randrange(joined_at + 45 * DAY, last_leave)
        return rhythm.end
    stays = rng.random() < 0.35
    return rhythm.end if stays else min(rhythm.end, joined_at + int(rng.expovariate(1 / 150) * DAY))


def _mail(rng: Random, login: str) -> str:
    return f"{login}@{rng.choice(_MAIL_DOMAINS)}"


def members(rng: Random, rhythm: Rhythm, *, names: Iterator[Name]) -> list[Person]:
    """The members nobody tells a story of, in the order in which they came."""
    people = []
    for joined_at in _arrivals(rng, rhythm):
        habit = _habit(rng, rhythm.end - joined_at)
        until = _until(rng, habit, joined_at=joined_at, rhythm=rhythm)
        name = next(names)
        people.append(
            Person(
                id=new_id(rng, "U"),
                login=name.login,
                real_name=name.real,
                display_name=name.shown,
                email=_mail(rng, name.login),
                sort=Sort.MEMBER,
                habit=habit,
                joined_at=joined_at,
                until=until,
                energy=min(rng.paretovariate(1.4), 4.5),
                deleted=until < rhythm.end - 90 * DAY and rng.random() < 0.16,
                announced=not (habit is Habit.WATCHES and rng.random() < 0.08),
            )
        )
    return people


def story_member(rng: Random, name: Name, *, joined_at: int, until: int) -> Person:
    """A member whose acts are told one by one."""
    return Person(
        id=new_id(rng, "U"),
        login=name.login,
        real_name=name.real,
        display_name=name.shown,
        email=_mail(rng, name.login),
        sort=Sort.MEMBER,
        habit=Habit.STORY,
        joined_at=joined_at,
        until=until,
    )


def staff(rng: Random, rhythm: Rhythm, *, names: Iterator[Name]) -> list[Person]:
    """Four people of the host company; the first owns the workspace, the last came later."""
    people = []
    for number in range(4):
        name = next(names)
        opened = start_of(rhythm.first_day) + 10 * 3600 + number * 900
        joined_at = opened if number < 3 else moment(rng, rhythm.month(9.4))
        people.append(
            Person(
                id=new_id(rng, "U"),
                login=name.login,
                real_name=name.real,
                display_name=f"{name.real.split()[0]}(やまびこ地図)",
                email=f"{name.login}@{COMPANY_DOMAIN}",
                sort=Sort.STAFF,
                habit=Habit.HELPS,
                joined_at=joined_at,
                until=rhythm.end,
                energy=1.5,
            )
        )
    return people


def guests(rng: Random, rhythm: Rhythm, *, names: Iterator[Name]) -> list[Person]:
    """People invited to single channels only."""
    people = []
    for number in range(6):
        name = next(names)
        joined_at = moment(rng, rhythm.month(6 + number * 2.5))
        people.append(
            Person(
                id=new_id(rng, "U"),
                login=name.login,
                real_name=name.real,
                display_name=name.shown,
                email=_mail(rng, name.login),
                sort=Sort.GUEST,
                habit=Habit.STORY,
                joined_at=joined_at,
                until=min(rhythm.end, joined_at + 90 * DAY),
                announced=False,
            )
        )
    return people


def bots(rng: Random, rhythm: Rhythm) -> list[Person]:
    """The two apps that write: event notices and a weekly digest."""
    opened = start_of(rhythm.first_day) + 11 * 3600
    return [
        Person(
            id=new_id(rng, "U"),
            login=login,
            real_name=shown,
            display_name=shown,
            email="",
            sort=Sort.BOT,
            habit=Habit.WATCHES,
            joined_at=opened,
            until=rhythm.end,
            announced=False,
        )
        for login, shown in (("event_bot", "イベント通知"), ("digest_bot", "今週のやまびこ"))
    ]
