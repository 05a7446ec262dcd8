"""Small communities told act by act, read by the plain rules and by the steps alike."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import duckdb

from jibungoto.engine.steps import Params, run
from jibungoto.ledger.activity import AtPrecision, TieKind
from jibungoto.ledger.initiative import PlaceTag
from jibungoto.ledger.kinds import DEFAULT_KINDS, Kind, KindRule
from jibungoto.ledger.person import PersonKind
from jibungoto.ledger.source import CanTell
from jibungoto.understand.log import (
    Log,
    LoggedActivity,
    LoggedInitiative,
    LoggedSource,
    LoggedTie,
    Standing,
)
from tests.understand.communities import ZONE, local_day
from tests.understand.relations import connection

SLACK = CanTell(True, True, True, True, True, True, complete_since=date(2022, 12, 31))
OPENED = date(2023, 1, 1)


class Story:
    """A community with the channels general, intro and talk; people are numbers."""

    def __init__(self, can_tell: CanTell = SLACK) -> None:
        self.activities: list[LoggedActivity] = []
        self.ties: list[LoggedTie] = []
        self.who: dict[int, list[Standing]] = {}
        self.initiatives = [
            LoggedInitiative("general", "slack", is_default=True),
            LoggedInitiative("intro", "slack", tag=PlaceTag.INTRO),
            LoggedInitiative("talk", "slack"),
        ]
        self.can_tell = can_tell
        self.kinds: tuple[KindRule, ...] = DEFAULT_KINDS

    def person(self, person: int, kind: PersonKind = PersonKind.MEMBER, **more: object) -> None:
        """Say in which capacity somebody takes part; members need no saying."""
        standing = Standing(f"a{person}", person, kind, "slack", **more)  # type: ignore[arg-type]
        self.who.setdefault(person, []).append(standing)

    def act(
        self, person: int, when: str, kind: Kind = Kind.MESSAGE, **more: object
    ) -> LoggedActivity:
        """Log an act at a local time such as ``2023-02-01 09:30``."""
        if person not in self.who:
            self.person(person)
        moment = datetime.fromisoformat(when).replace(tzinfo=UTC) - timedelta(hours=9)
        place = more.setdefault("initiative", "talk")
        activity = LoggedActivity(
            source="slack",
            key=f"{len(self.activities):04d}",
            actor=f"a{person}",
            kind=kind,
            happened_at=int(moment.timestamp()),
            day=local_day(int(moment.timestamp())),
            place=str(place),
            sequence=len(self.activities),
            **more,  # type: ignore[arg-type]
        )
        self.activities.append(activity)
        return activity

    def reply(self, person: int, when: str, to: LoggedActivity) -> LoggedActivity:
        """Log a reply in the thread of a post."""
        reply = self.act(
            person, when, Kind.REPLY, thread=to.key, in_reply_to=to.key, initiative=to.initiative
        )
        self._tie(reply, None, TieKind.REPLY)
        return reply

    def react(
        self,
        person: int,
        when: str,
        to: LoggedActivity,
        precision: AtPrecision = AtPrecision.EXACT,
    ) -> LoggedActivity:
        """Log a reaction to a post."""
        return self.act(
            person,
            when,
            Kind.REACTION,
            in_reply_to=to.key,
            initiative=to.initiative,
            at_precision=precision,
        )

    def mention(self, person: int, when: str, whom: int, **more: object) -> LoggedActivity:
        """Log a message that mentions somebody."""
        post = self.act(person, when, **more)  # type: ignore[arg-type]
        self._tie(post, f"a{whom}", TieKind.MENTION)
        return post

    def start(self, person: int, when: str, key: str) -> LoggedActivity:
        """Let somebody start a channel."""
        self.initiatives.append(LoggedInitiative(key, "slack"))
        return self.act(person, when, Kind.START, initiative=key)

    def join(self, person: int, when: str) -> LoggedActivity:
        """Let somebody join the channel everybody is in."""
        return self.act(person, when, Kind.JOIN, initiative="general")

    def _tie(self, post: LoggedActivity, to_actor: str | None, kind: TieKind) -> None:
        assert post.actor is not None
        self.ties.append(
            LoggedTie("slack", post.key, post.actor, to_actor, kind, post.happened_at, post.day)
        )

    def log(self, as_of: date) -> Log:
        """Return the log so far, covered to the day before ``as_of``."""
        source = LoggedSource("slack", self.can_tell, OPENED, as_of - timedelta(days=1))
        who = [standing for standings in self.who.values() for standing in standings]
        return Log(self.activities, self.ties, who, self.initiatives, [source], self.kinds)

    def told(
        self, as_of: str, *nights: str, names: tuple[str, ...] | None = None
    ) -> duckdb.DuckDBPyConnection:
        """Run every step, or what some need, as of a day and return the engine."""
        day = date.fromisoformat(as_of)
        con = connection(self.log(day))
        run(
            con,
            Params(day, ZONE, tuple(date.fromisoformat(night) for night in nights)),
            names=names,
        )
        return con
