"""Seeded random communities with everything in them that the rules must tell apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

from jibungoto.ledger.activity import AtPrecision, TieKind
from jibungoto.ledger.initiative import PlaceTag
from jibungoto.ledger.kinds import DEFAULT_KINDS, Kind
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

ZONE = "Asia/Tokyo"
OPENED = 1_672_500_000
DAY = 86_400
DAYS = 560
AS_OF = date(2024, 7, 10)


def local_day(happened_at: int) -> date:
    """Return the day a second falls on in the community's zone."""
    return datetime.fromtimestamp(happened_at, UTC).astimezone(ZoneInfo(ZONE)).date()


class Village:
    """Makes up one community; everything follows from the seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.activities: list[LoggedActivity] = []
        self.ties: list[LoggedTie] = []
        self.who: list[Standing] = []
        self.initiatives: list[LoggedInitiative] = []
        self.posts: dict[str, list[LoggedActivity]] = {"slack": [], "chat": []}
        self.handles: dict[str, list[str]] = {"slack": [], "chat": []}
        self.eager: list[str] = []
        self.arrived: dict[str, int] = {}
        self.left: dict[str, int] = {}
        self.nagged = ""

    def log(self) -> Log:
        """Let people in, let them act for a year and a half, and return what was logged."""
        for person in range(self.random.randint(12, 20)):
            self._person(person)
        places = self._places()
        for actor in self.handles["slack"]:
            if self.random.random() < 0.8:
                arrived = self.arrived[actor]
                self._log("slack", actor, Kind.JOIN, arrived, initiative="slack:C0")
                self._settle(actor, arrived)
        for _ in range(self.random.randint(450, 750)):
            self._act(places)
        kinds = DEFAULT_KINDS
        if self.random.random() < 0.4:
            kinds = tuple(replace(k, output=k.kind is Kind.COMMENT) for k in DEFAULT_KINDS)
        return Log(self.activities, self.ties, self.who, self.initiatives, self._sources(), kinds)

    def _sources(self) -> list[LoggedSource]:
        opened = local_day(OPENED)
        since = self.random.choice([None, opened - timedelta(1), opened + timedelta(90)])
        slack = CanTell(True, True, True, True, True, True, complete_since=since)
        chat = CanTell(mentions=True)
        last = AS_OF - timedelta(1)
        return [
            LoggedSource("slack", slack, opened, last),
            LoggedSource("chat", chat, opened + timedelta(120), last),
        ]

    def _person(self, person: int) -> None:
        kind = self.random.choices(
            [PersonKind.MEMBER, PersonKind.STAFF, PersonKind.BOT, PersonKind.GUEST],
            [10, 1, 1, 1],
        )[0]
        opted_out = self.random.random() < 0.06
        sources = self.random.choice([["slack"], ["slack"], ["chat"], ["slack", "chat"]])
        changed = local_day(OPENED + self.random.randrange(DAYS) * DAY)
        becomes_staff = kind is PersonKind.MEMBER and self.random.random() < 0.2
        for source in sources:
            actor = f"{source}-{person:02d}"
            span = Standing(actor, person, kind, source, opted_out=opted_out)
            if becomes_staff:
                self.who.append(replace(span, to_day=changed))
                span = replace(span, kind=PersonKind.STAFF, from_day=changed)
            self.who.append(span)
            self.handles[source].append(actor)
            self.arrived[actor] = (
                OPENED + self.random.choice([0, 1, 1]) * self.random.randrange(60, 560) * DAY
            )
            if self.random.random() < 0.4:
                self.left[actor] = self.arrived[actor] + self.random.randrange(30, 300) * DAY
            if self.random.random() < 0.35:
                self.eager.append(actor)

    def _places(self) -> list[tuple[str, int]]:
        """Open six channels, some of them later, most by a person who is known."""
        tags = [PlaceTag.NONE, PlaceTag.INTRO, PlaceTag.ANNOUNCE, *[PlaceTag.NONE] * 4]
        places = []
        is_shared = self.random.random() < 0.6
        eager = [actor for actor in self.eager if actor.startswith("slack")]
        starters = (eager or self.handles["slack"])[:]
        self.nagged = self.random.choice(starters) if starters else ""
        for number, tag in enumerate(tags):
            key = f"slack:C{number}"
            opened = OPENED + self.random.randrange(300) * DAY * (number > 2)
            is_default = number == 0
            if self.random.random() < 0.9:
                self.initiatives.append(LoggedInitiative(key, "slack", is_default, tag))
            if starters and self.random.random() < 0.9:
                starter = starters.pop() if is_shared else self.random.choice(starters)
                self._log("slack", starter, Kind.START, opened, initiative=key)
            places.append((key, opened))
        return places

    def _log(
        self, source: str, actor: str | None, kind: Kind, happened_at: int, **more: object
    ) -> LoggedActivity:
        activity = LoggedActivity(
            source=source,
            key=f"{len(self.activities):05d}",
            actor=actor,
            kind=kind,
            happened_at=happened_at,
            day=local_day(happened_at),
            place=more.pop("place", more.get("initiative")),  # type: ignore[arg-type]
            sequence=self.random.randrange(3),
            **more,  # type: ignore[arg-type]
        )
        self.activities.append(activity)
        return activity

    def _act(self, places: list[tuple[str, int]]) -> None:
        source = self.random.choices(["slack", "chat"], [5, 1])[0]
        if not self.handles[source]:
            return
        actor: str | None = self._somebody(source)
        if self.random.random() < 0.02:
            actor = None
        key, opened = self.random.choice(places)
        first = max(OPENED, opened) if source == "slack" else OPENED
        last = OPENED + DAYS * DAY
        if actor is not None and self.random.random() < 0.97:
            first = max(first, self.arrived[actor])
        moment = self.random.randrange(first, last)
        if self.random.random() < 0.5:
            moment = min(moment, first + self.random.randrange(90) * DAY + moment % DAY)
        initiative = key if source == "slack" else None
        place = key if source == "slack" else "chat:main"
        what = self.random.choices(
            [self._join, self._message, self._reply, self._reaction, self._mention],
            [1, 6, 7 if source == "slack" else 1, 4, 3],
        )[0]
        if self.left.get(actor or "", moment) < moment:
            return
        if actor == self.nagged and self.random.random() < 0.8:
            self._ask(moment)
        what(source, actor, moment, initiative=initiative, place=place)

    def _settle(self, actor: str, arrived: int) -> None:
        """Let a newcomer post some time after arriving, and perhaps be answered later."""
        key = self.random.choice(["slack:C1", "slack:C3", "slack:C4"])
        posted = arrived + self.random.choice([60, 7_200, 2 * DAY, 6 * DAY, 10 * DAY, 25 * DAY])
        post = self._log("slack", actor, Kind.MESSAGE, posted, initiative=key, is_question=True)
        self.posts["slack"].append(post)
        answer = posted + self.random.choice([3_600, DAY + 3_600, 2 * DAY, 3 * DAY, 24 * DAY])
        other = self.random.choice(self.handles["slack"])
        how = self.random.choice([None, Kind.REPLY, Kind.REACTION, Kind.MESSAGE])
        if how is None or other == actor:
            return
        thread = post.key if how is Kind.REPLY else None
        parent = None if how is Kind.MESSAGE else post.key
        back = self._log(
            "slack", other, how, answer, initiative=key, thread=thread, in_reply_to=parent
        )
        if how is Kind.REPLY:
            self._tie(back, actor, TieKind.REPLY)
        elif how is Kind.MESSAGE and self.random.random() < 0.5:
            self._tie(back, actor, TieKind.MENTION)

    def _ask(self, moment: int) -> None:
        """Let staff mention the nagged person shortly before they act."""
        staff = [each.actor for each in self.who if each.kind is PersonKind.STAFF]
        if staff:
            earlier = moment - self.random.choice([0, DAY, 6 * DAY + 70_000, 7 * DAY])
            post = self._log("slack", self.random.choice(staff), Kind.MESSAGE, earlier)
            self._tie(post, self.nagged, TieKind.MENTION)

    def _somebody(self, source: str) -> str:
        eager = [actor for actor in self.eager if actor.startswith(source)]
        pool = eager if eager and self.random.random() < 0.6 else self.handles[source]
        return self.random.choice(pool)

    def _join(self, source: str, actor: str | None, moment: int, **more: object) -> None:
        kind = self.random.choice([Kind.JOIN, Kind.JOIN, Kind.LEAVE, Kind.ADMIN])
        self._log(source, actor, kind, moment, **more)

    def _message(self, source: str, actor: str | None, moment: int, **more: object) -> None:
        text_hash = self.random.choice([None, None, self.random.randrange(6)])
        post = self._log(
            source,
            actor,
            Kind.TOPIC if text_hash == 3 else Kind.MESSAGE,
            moment,
            is_question=self.random.choice([True, False, None]),
            text_hash=text_hash,
            **more,
        )
        self.posts[source].append(post)
        if text_hash is not None and self.random.random() < 0.3:
            elsewhere = {"place": "slack:C9", "initiative": None}
            again = self._log(
                source, actor, Kind.MESSAGE, moment + 3600, text_hash=text_hash, **elsewhere
            )
            self.posts[source].append(again)

    def _reply(self, source: str, actor: str | None, moment: int, **more: object) -> None:
        if not self.posts[source]:
            return
        root = self.random.choice(self.posts[source])
        happened_at = root.happened_at
        if actor is not None:
            happened_at = max(happened_at, self.arrived[actor])
        soon = happened_at + self.random.choice([60, 3600, 80_000, 400_000])
        thread = root.key if self.random.random() < 0.95 else "gone"
        kind = Kind.REPLY if self.random.random() < 0.9 else Kind.COMMENT
        reply = self._log(
            source,
            actor,
            kind,
            soon,
            thread=thread,
            in_reply_to=thread,
            initiative=root.initiative,
            place=root.place,
        )
        if actor is not None:
            known = root.actor if self.random.random() < 0.7 else None
            self._tie(reply, known, TieKind.REPLY)

    def _reaction(self, source: str, actor: str | None, moment: int, **more: object) -> None:
        if not self.posts[source]:
            return
        post = self.random.choice(self.posts[source])
        precision = self.random.choice([AtPrecision.NOT_BEFORE, AtPrecision.EXACT])
        for _ in range(self.random.choice([1, 1, 2])):
            self._log(
                source,
                actor,
                Kind.REACTION,
                post.happened_at + self.random.choice([0, 50, 500_000]),
                in_reply_to=post.key if self.random.random() < 0.95 else None,
                initiative=post.initiative,
                place=post.place,
                at_precision=precision,
            )

    def _mention(self, source: str, actor: str | None, moment: int, **more: object) -> None:
        post = self._log(source, actor, Kind.MESSAGE, moment, **more)
        self.posts[source].append(post)
        if actor is not None:
            self._tie(post, self.random.choice(self.handles[source]), TieKind.MENTION)

    def _tie(self, made_by: LoggedActivity, to_actor: str | None, kind: TieKind) -> None:
        assert made_by.actor is not None
        self.ties.append(
            LoggedTie(
                made_by.source,
                made_by.key,
                made_by.actor,
                to_actor,
                kind,
                made_by.happened_at,
                made_by.day,
            )
        )


def closed(who: list[Standing], seed: int) -> list[Standing]:
    """Close some accounts; a person with two may keep one of them."""
    random = Random(-seed - 1)
    handles = {each.actor: random.random() < 0.15 for each in who}
    return [replace(each, is_deleted=handles[each.actor]) for each in who]


def answered_namelessly(log: Log, seed: int) -> Log:
    """Let some posts be answered by somebody erased, or only be said to be answered."""
    random, acts, ties = Random(-seed - 2), list(log.activities), list(log.ties)
    posts = [each for each in log.activities if each.kind in (Kind.MESSAGE, Kind.TOPIC)]
    for number, post in enumerate(random.sample(posts, len(posts) // 6)):
        how = random.choice([Kind.REPLY, Kind.REPLY, Kind.REACTION, Kind.MESSAGE, Kind.ADMIN])
        later = post.happened_at + random.choice([0, 3_600, DAY, 3 * DAY])
        turns = how in (Kind.REPLY, Kind.REACTION)
        back = LoggedActivity(
            source=post.source,
            key=f"nameless-{number}",
            actor=random.choice([None, "slack-erased"]),
            kind=how,
            happened_at=later,
            day=local_day(later),
            at_precision=random.choice([AtPrecision.EXACT, AtPrecision.NOT_BEFORE]),
            place=post.place,
            initiative=post.initiative,
            thread=post.key if how is Kind.REPLY else None,
            in_reply_to=post.key if turns else None,
        )
        acts.append(back)
        if how is Kind.MESSAGE:
            told = (back.source, back.key, back.actor, post.actor)
            ties.append(LoggedTie(*told, TieKind.MENTION, later, back.day))
    return replace(log, activities=acts, ties=ties)


@cache
def community(seed: int) -> Log:
    """Return the community of a seed."""
    log = Village(seed).log()
    return answered_namelessly(replace(log, who=closed(log.who, seed)), seed)
