"""The stories told in the demo, line by line, so that the product can be checked against them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jibungoto.demo import chatter
from jibungoto.demo.daily_life import Life
from jibungoto.demo.people import Habit, Person
from jibungoto.demo.places import (
    BEGINNERS,
    DEFAULTS,
    INTRODUCTIONS,
    ISLANDS,
    KANTO,
    OWNED,
    QUESTIONS,
    RANDOM,
    Opener,
    Place,
)
from jibungoto.demo.rhythm import DAY, HOUR, moment, start_of, waking
from jibungoto.demo.town import Note, Post, Town

UNANSWERED_DAYS = (5, 8)
"""How many days before the last day the two unanswered first posts were written."""
NOT_VISIBLE_DAYS = 6
FIRST_START_DAYS = 9
SILENT_DAYS = (38, 47, 55)
FOUNDER_LEAVES = 15.2
_BUSY = (RANDOM, QUESTIONS, "オープンデータ_広場", "防災マップ")


@dataclass(frozen=True, slots=True)
class Cast:
    """The people whose stories are told."""

    founder: Person
    owner: Person
    first_timer: Person
    unanswered: tuple[Person, ...]
    not_visible: Person
    silent: tuple[Person, ...]


class Teller:
    """Tells the stories into a town whose ordinary days have been lived."""

    def __init__(self, town: Town, cast: Cast, life: Life) -> None:
        """Get ready to tell a cast's stories in a town."""
        self.town = town
        self.life = life
        self.rng = town.rng
        self.cast = cast

    def open_places(self) -> None:
        """Tell the first day of every channel."""
        for place in self.town.places.values():
            self._open(place)

    def tell(self) -> None:
        """Tell all stories."""
        self._founder()
        self._owner()
        self._first_timer()
        self._silent()
        self._newcomers()

    def _days(self, first: date, last: date, *, step: tuple[int, int]) -> list[date]:
        days, day = [], first
        while day <= last:
            days.append(day)
            day += timedelta(days=self.rng.randint(*step))
        return days

    def _open(self, place: Place) -> None:
        """A channel's first day: its opener enters, describes it and writes the first words."""
        town, rng, sketch, at = self.town, self.rng, place.sketch, place.opened_at
        town.enter(place.opener, place=place, at=at)
        self._set_up(place)
        if sketch.opener is Opener.STAFF:
            return
        words = chatter.opening(rng, sketch.purpose)
        post = town.say(place.opener, words, place=place, at=at + 300)
        if sketch.lonely:
            town.enter(rng.choice(town.answerers(at)), place=place, at=at + 2 * HOUR)
        elif post is not None:
            self._first_visits(post)

    def _set_up(self, place: Place) -> None:
        """What Slack notes when a channel is described, renamed or archived."""
        sketch, at = place.sketch, place.opened_at
        former = f"has renamed the channel from “{sketch.former_name}” to “{sketch.name}”"
        archived = f"<@{place.opener.id}> archived the channel (w/ 2 members)"
        described = place.name not in DEFAULTS
        for happened, note, text, later in (
            (described, Note.PURPOSE, f"set the channel description: {sketch.purpose}", 40),
            (sketch.topic, Note.TOPIC, f"set the channel topic: {sketch.topic}", 9 * DAY),
            (sketch.former_name, Note.RENAME, former, 63 * DAY),
            (sketch.archived, Note.ARCHIVE, archived, 40 * DAY),
        ):
            if happened:
                self.town.record(place.opener, text, place=place, at=at + later, note=note)

    def _first_visits(self, post: Post) -> None:
        """At least three others write within a week of a channel's opening."""
        rng, town = self.rng, self.town
        people = [one for one in town.answerers(post.at) if one.id != post.author.id]
        for number, who in enumerate(rng.sample(people, k=min(len(people), rng.randint(3, 5)))):
            at = waking(rng, post.at + number * 20 * HOUR + rng.randrange(600, 9 * HOUR))
            town.reply(who, chatter.first_visit(rng), to=post, at=at)
            town.cheer(who, to=post, name=chatter.cheer(rng))

    def _answer(self, who: Person, day: date, *, names: tuple[str, ...] = _BUSY) -> None:
        """Somebody answers another member's recent message, if there is one."""
        at = moment(self.rng, day)
        roots = self.town.recent_roots(at, days=5, names=names)
        roots = [one for one in roots if one.author.id != who.id and one.author.habit in _OPEN]
        if roots:
            post = self.rng.choice(roots)
            say = chatter.answer if "？" in post.text else chatter.comment
            text = say(self.rng, post.place.sketch.theme)
            self.town.reply(who, text, to=post, at=at)

    def _react(self, who: Person, day: date) -> None:
        at = moment(self.rng, day)
        for post in self.town.recent_roots(at, days=3, names=_BUSY)[-2:]:
            if post.author.habit in _OPEN:
                self.town.cheer(who, to=post, name=chatter.cheer(self.rng))

    def _tell(self, who: Person, day: date, *, place: Place) -> None:
        text = chatter.news(self.rng, place.sketch.theme)
        post = self.town.say(who, text, place=place, at=moment(self.rng, day))
        if post is not None:
            self.life.respond(post)

    def _founder(self) -> None:
        """Opens much, helps daily, grows quiet after a year, says goodbye and leaves."""
        town, month, who = self.town, self.town.rhythm.month, self.cast.founder
        own = [town.places[BEGINNERS], town.places[KANTO], town.places["オープンデータ_広場"]]
        for day in self._days(month(0.4), month(9), step=(2, 3)):
            place = self.rng.choice(own)
            self._tell(who, day, place=place)
            self._answer(who, day, names=(*_BUSY, BEGINNERS, KANTO))
        for day in self._days(month(9), month(11.7), step=(5, 8)):
            self._answer(who, day)
        for number in (12.6, 13.4, 14.3):
            text = chatter.news(self.rng, "talk")
            town.say(who, text, place=town.places[RANDOM], at=moment(self.rng, month(number)))
        farewell = (
            "仕事が変わるため、このあたりで離れることにしました。"
            "みなさんのおかげで楽しい一年でした。ありがとうございました:bow:"
        )
        at = start_of(month(FOUNDER_LEAVES)) + 20 * HOUR
        town.say(who, farewell, place=town.places[RANDOM], at=at)
        places = [one for one in town.places.values() if (who.id, one.id) in town.seated]
        for number, place in enumerate(places):
            line = f"<@{who.id}> has left the channel"
            town.record(who, line, place=place, at=at + HOUR + number * 7, note=Note.LEAVE)

    def _owner(self) -> None:
        """Reacts for months, then speaks, then answers, then opens two channels and keeps them."""
        town, month, who = self.town, self.town.rhythm.month, self.cast.owner
        last = town.rhythm.before_end(1)
        for day in self._days(month(2.3), last, step=(3, 6)):
            self._react(who, day)
        for day in self._days(month(6), month(12), step=(6, 10)):
            self._tell(who, day, place=town.places[RANDOM])
        for day in self._days(month(10), month(16), step=(6, 9)):
            self._answer(who, day)
        for day in self._days(month(16), last, step=(3, 5)):
            self._answer(who, day, names=(*_BUSY, *OWNED))
        for name in OWNED:
            place = town.places[name]
            first = month(place.sketch.month + 0.3)
            for day in self._days(first, last, step=(5, 9)):
                self._tell(who, day, place=place)

    def _first_timer(self) -> None:
        """Speaks now and then, and in the last fortnight opens a first channel."""
        town, who = self.town, self.cast.first_timer
        first, last = town.rhythm.month(19.3), town.rhythm.before_end(2)
        for day in self._days(first, last, step=(9, 14)):
            self._tell(who, day, place=town.places[RANDOM])
        place = town.places[ISLANDS]
        for days in (6, 3):
            self._tell(who, town.rhythm.before_end(days), place=place)

    def _silent(self) -> None:
        """Answer every week for a year and more, then are heard of no more."""
        town = self.town
        for number, (who, days) in enumerate(zip(self.cast.silent, SILENT_DAYS, strict=True)):
            first = town.rhythm.month(7 + number * 2)
            for day in self._days(first, town.rhythm.before_end(days), step=(4, 7)):
                self._answer(who, day)
                if self.rng.random() < 0.3:
                    self._tell(who, day, place=town.places[RANDOM])

    def _newcomers(self) -> None:
        """Two first posts nobody saw, and one lost among others' messages."""
        town, rng = self.town, self.rng
        first, second = self.cast.unanswered
        introductions, beginners = town.places[INTRODUCTIONS], town.places[BEGINNERS]
        at = unanswered_at(town, 0)
        town.say(first, chatter.introduction(rng, first), place=introductions, at=at)
        text = (
            "はじめて投稿します。"
            "町内の掲示板の場所を地図にしたいのですが、何から始めればよいでしょうか？"
        )
        town.say(second, text, place=beginners, at=unanswered_at(town, 1))
        third, place = self.cast.not_visible, town.places[RANDOM]
        day = town.rhythm.before_end(NOT_VISIBLE_DAYS)
        at = start_of(day) + 18 * HOUR
        town.say(third, "はじめまして。転勤で引っ越してきたばかりです。", place=place, at=at)
        for hours, who in zip((3, 16, 27), town.answerers(at, settled=60 * DAY), strict=False):
            text = chatter.news(rng, "talk")
            town.say(who, text, place=place, at=at + hours * HOUR)


_OPEN = (Habit.SPEAKS, Habit.HELPS)


def unanswered_at(town: Town, number: int) -> int:
    """When one of the two unanswered first posts was written."""
    day = town.rhythm.before_end(UNANSWERED_DAYS[number])
    return start_of(day) + 20 * HOUR + number * 1800
