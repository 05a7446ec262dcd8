"""The seeded communities with events, things made, and sources of many kinds added to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random

from jibungoto.ledger.activity import AtPrecision
from jibungoto.ledger.initiative import InitiativeKind, Mode
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.person import PersonKind
from jibungoto.ledger.source import CanTell
from jibungoto.understand.log import Log, LoggedActivity, LoggedInitiative, LoggedSource, Standing
from tests.understand.communities import AS_OF, DAY, DAYS, OPENED, ZONE, community, local_day
from tests.understand.reading import midnight

NIGHTS = (date(2023, 7, 1), date(2023, 10, 5), date(2024, 3, 1), AS_OF)
ADDED = ("connpass", "zoom", "feed", "youtube", "discourse", "github", "csv")
EDGES = [
    midnight(night, ZONE) - days * DAY for night in NIGHTS for days in (0, 14, 90, 104, 180, 270)
]
"""Moments at which a window opens or closes: an event that ends there is in or out of it."""


class Season:
    """Adds a year and a half of events to one community; everything follows from the seed."""

    def __init__(self, log: Log, seed: int) -> None:
        self.random = Random(1_000 + seed)
        self.log = log
        self.activities = list(log.activities)
        self.who = list(log.who)
        self.initiatives = list(log.initiatives)
        self.handles: dict[str, list[str]] = {source: [] for source in ADDED}

    def held(self) -> Log:
        """Let people register, come, watch and write, and return what was logged in all."""
        for source in ADDED:
            self._let_in(source)
        for number in range(self.random.randint(14, 22)):
            self._hold(f"connpass:{number}")
        self._elsewhere()
        return replace(
            self.log,
            activities=self.activities,
            who=self.who,
            initiatives=self.initiatives,
            sources=[*self.log.sources, *self._sources()],
        )

    def _sources(self) -> list[LoggedSource]:
        opened, last = local_day(OPENED), AS_OF - timedelta(1)
        return [
            LoggedSource(
                source,
                CanTell(
                    creators=source == "connpass",
                    joins=source == "discourse",
                    complete_since=self.random.choice([None, opened - timedelta(days=40)]),
                ),
                opened,
                last,
            )
            for source in ADDED
        ]

    def _let_in(self, source: str) -> None:
        """Give some people a handle in a further source, and let new people in."""
        for person in sorted({each.person for each in self.log.who}):
            if self.random.random() < 0.4:
                first = next(each for each in self.log.who if each.person == person).actor
                spans = [each for each in self.log.who if each.actor == first]
                actor = f"{source}-{person:02d}"
                self.who += [replace(each, actor=actor, source=source) for each in spans]
                self.handles[source].append(actor)
        for person in range(100, 103):
            actor = f"{source}-{person}"
            kind = self.random.choices([PersonKind.MEMBER, PersonKind.BOT], [5, 1])[0]
            self.who.append(Standing(actor, person + 10 * ADDED.index(source), kind, source))
            self.handles[source].append(actor)

    def _hold(self, key: str) -> None:
        random = self.random
        ends = OPENED + random.randrange(-60, DAYS + 20) * DAY + random.randrange(DAY)
        if random.random() < 0.4:
            ends = random.choice(EDGES) + random.choice([-1, 0, 0, 1])
        starts = ends - random.choice([0, 3_600, 5_400, 7_200, 2 * DAY])
        event = LoggedInitiative(
            key,
            "connpass",
            kind=InitiativeKind.EVENT if random.random() < 0.95 else InitiativeKind.SERIES,
            mode=random.choice([None, Mode.VENUE, Mode.ONLINE, Mode.HYBRID, Mode.HYBRID]),
            starts_at=starts if random.random() < 0.95 else None,
            ends_at=random.choice([ends, ends, ends, None]),
            is_cancelled=random.random() < 0.05,
            viewers=random.choice([None, None, 12]),
            attended=random.choice([None, None, 40]),
            series=random.choice([None, "connpass:group:1", "connpass:group:1", "own"]),
            capacity=random.choice([None, 0, 8, 30, 30]),
            hashtag=random.choice([None, "live", "live", "summit"]),
        )
        self.initiatives.append(event)
        is_listed, is_marked = random.random() < 0.85, random.random() < 0.7
        guests = [one for one in self.handles["connpass"] if random.random() < 0.6]
        for actor in guests if is_listed else []:
            self._register(event, actor, starts, is_marked=is_marked)
        for actor in self.handles["zoom"]:
            if random.random() < 0.3 and is_marked:
                self._watch(event, actor, starts)
        for actor in [*guests, *self.handles["feed"]]:
            self._make(event, actor, starts, ends=ends)
        if random.random() < 0.5:
            self._log("connpass", random.choice(guests or ["nobody"]), Kind.START, starts, key)

    def _register(
        self, event: LoggedInitiative, actor: str, starts: int, *, is_marked: bool
    ) -> None:
        random = self.random
        mode = random.choice([None, "venue", "venue", "online", "hall"])
        record = f"{event.key}/{actor}"
        who = actor if random.random() < 0.95 else None
        kinds = random.choice(
            [[Kind.REGISTRATION]] * 5
            + [[Kind.REGISTRATION, Kind.CANCELLATION], [Kind.WAITING], [Kind.CANCELLATION], []]
        )
        booked = starts - random.choice([0, 0, DAY, 20 * DAY])
        for kind in kinds:
            told = f"{record}/waiting" if kind is Kind.WAITING else record
            self._log("connpass", who, kind, booked, event.key, place=mode, record=told)
        if random.random() < 0.3:
            told = f"{record}/waiting"
            self._log("connpass", who, Kind.WAITING, booked, event.key, place=mode, record=told)
        if random.random() < 0.15:
            self._log("connpass", who, Kind.REGISTRATION, booked + 60, event.key, place=mode)
        if random.random() < 0.1:
            self._log("csv", who, Kind.CANCELLATION, booked + 30, event.key, place=mode)
        if is_marked and random.random() < 0.6:
            came = starts + random.choice([0, 600, DAY // 2])
            place = mode if random.random() < 0.8 else "online"
            self._log("connpass", who, Kind.ATTENDANCE, came, event.key, place=place, record=record)

    def _watch(self, event: LoggedInitiative, actor: str, starts: int) -> None:
        minutes = self.random.choice([None, 12, 30, 45, 60, 200])
        kind = Kind.ATTENDANCE if self.random.random() < 0.9 else Kind.GLIMPSE
        self._log("zoom", actor, kind, starts + 60, event.key, place="online", length=minutes)

    def _make(self, event: LoggedInitiative, actor: str, starts: int, *, ends: int) -> None:
        random = self.random
        if random.random() < 0.75:
            return
        at = random.choice([starts, starts - 1, ends + 14 * DAY, ends + 14 * DAY - 1])
        at = random.choice([at, starts + random.randrange(20 * DAY)])
        kind = random.choice([Kind.ARTICLE, Kind.SLIDES, Kind.VIDEO, Kind.TALK])
        url = random.choice([None, f"https://example.org/{random.randrange(4)}"])
        kind = random.choice([kind, kind, Kind.MERGE, Kind.TOPIC])
        names = event.key if random.random() < 0.4 else None
        source = actor.partition("-")[0]
        record = random.choice([None, f"{source}/made/{len(self.activities)}"])
        self._log(source, actor, kind, at, names, url=url, record=record)
        made = self.activities[-1]
        for tag in random.sample(["live", "summit", "maps"], k=random.choice([0, 1, 1, 2])):
            told = {"thread": made.key, "record": record or made.key}
            self._log(source, None, Kind.TAG, at, None, place=tag, **told)

    def _elsewhere(self) -> None:
        """Let people act where there are no events, and join there."""
        what = {
            "youtube": [Kind.MESSAGE],
            "discourse": [Kind.JOIN, Kind.TOPIC, Kind.TOPIC],
            "github": [Kind.PULL_REQUEST],
            "csv": [Kind.MESSAGE, Kind.ATTENDANCE],
        }
        for source, kinds in what.items():
            for _ in range(self.random.randint(10, 30)):
                actor = self.random.choice(self.handles[source])
                near = self.random.choice(EDGES) - self.random.randrange(28 * DAY)
                at = self.random.choice([near, OPENED + self.random.randrange(DAYS * DAY)])
                place = self.random.choice(["online", "venue", "hall", None])
                self._log(source, actor, self.random.choice(kinds), at, None, place=place)

    def _log(
        self,
        source: str,
        actor: str | None,
        kind: Kind,
        at: int,
        initiative: str | None,
        **more: object,
    ) -> None:
        activity = LoggedActivity(
            source=source,
            key=f"e{len(self.activities):05d}",
            actor=actor,
            kind=kind,
            happened_at=at,
            day=local_day(at),
            at_precision=self.random.choice([AtPrecision.EXACT, AtPrecision.NOT_AFTER]),
            initiative=initiative,
            **more,  # type: ignore[arg-type]
        )
        self.activities.append(activity)


@cache
def eventful(seed: int) -> Log:
    """Return the community of a seed with its events."""
    return Season(community(seed), seed).held()
