"""Ordinary days: topics, answers, thanks, cheers, introductions, notices and two bots."""

from __future__ import annotations

from datetime import date
from random import Random

from jibungoto.demo import chatter, phrases
from jibungoto.demo.people import Habit, Person, Sort
from jibungoto.demo.places import GENERAL, INTRODUCTIONS, KANTO, NOTICES, PHOTOS, RANDOM, Place
from jibungoto.demo.rhythm import HOUR, liveliness, local_day, moment, start_of, waking
from jibungoto.demo.town import Note, Post, Town

_STAFF_ANSWERS = 0.18
_FRIENDS_ANSWER = 0.4
_UNANSWERED = 0.14
_LATE = 0.08


class Life:
    """Fills the days of a town; who once helped somebody is more likely to be helped back."""

    def __init__(self, town: Town) -> None:
        """Get ready to fill a town's days."""
        self.town = town
        self.rng = town.rng
        self.friends: dict[str, list[Person]] = {}
        self.helped_once: set[str] = set()

    def live(self) -> None:
        """Live all days, then welcome everybody who came."""
        rhythm = self.town.rhythm
        for day in rhythm.days():
            mean = liveliness(day) * (2.6 + 6.4 * rhythm.progress(day))
            present = _Present(self.town, day)
            for _ in range(max(0, round(self.rng.gauss(mean, mean**0.5)))):
                self._topic(day, present)
            self._official(day, present)
        for person in self.town.people:
            if person.habit in (Habit.SPEAKS, Habit.HELPS) and person.sort is Sort.MEMBER:
                self._introduce(person)

    def respond(self, post: Post) -> None:
        """Let the people of the day react to a post of a story, and answer it."""
        present = _Present(self.town, local_day(post.at))
        self._cheered(post, present, count=self.rng.choice((0, 1, 1, 2, 3)))
        self._answered(post, present, asks=False)

    def _topic(self, day: date, present: _Present) -> None:
        author, place = present.speaker(self.rng), present.place(self.rng)
        if author is None:
            return
        at = moment(self.rng, day)
        theme = place.sketch.theme
        asks = self.rng.random() < (0.72 if theme in ("tool", "dev", "wish") else 0.22)
        text = chatter.question(self.rng, theme) if asks else chatter.news(self.rng, theme)
        mates = self.friends.get(author.id)
        if mates and self.rng.random() < 0.06:
            text = f"{chatter.mention(self.rng.choice(mates))} さん、{text}"
        post = self.town.say(author, text, place=place, at=at)
        if post is None:
            return
        if place.name == PHOTOS and self.rng.random() < 0.35:
            post.note = Note.FILE
        post.edited = self.rng.random() < 0.04
        self._cheered(post, present, count=self.rng.choice((0, 0, 0, 1, 1, 2, 4)))
        self._answered(post, present, asks=asks)

    def _answered(self, post: Post, present: _Present, *, asks: bool) -> None:
        rng = self.rng
        if rng.random() < (_UNANSWERED if asks else 0.5):
            return
        delay = rng.lognormvariate(0.9, 1.2) * HOUR
        if asks and rng.random() < _LATE:
            delay = (74 + rng.expovariate(1 / 60)) * HOUR
        at = post.at + int(delay)
        for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4) if asks else (1, 1, 2))):
            at = waking(rng, at)
            answered = self._one_answer(post, present, at=at, asks=asks)
            if answered is not None and rng.random() < 0.4:
                at += rng.randrange(120, 4 * HOUR)
                thanks = self.town.reply(
                    post.author, chatter.thanks(rng, asked=asks), to=post, at=at
                )
                self._nice_touches(thanks)
            at += int(rng.expovariate(1 / 3) * HOUR) + 60

    def _one_answer(self, post: Post, present: _Present, *, at: int, asks: bool) -> Post | None:
        rng, theme = self.rng, post.place.sketch.theme
        who = self._who_answers(post, present)
        if who is None or who.id == post.author.id:
            return None
        text = chatter.answer(rng, theme) if asks else chatter.comment(rng, theme)
        if rng.random() < 0.1:
            text = f"{chatter.mention(post.author)} さん、{text}"
        answer = self.town.reply(who, text, to=post, at=at)
        if answer is None:
            return None
        self._nice_touches(answer)
        self._cheered(answer, present, count=rng.choice((0, 0, 0, 0, 1, 1, 2)))
        self.friends.setdefault(who.id, []).append(post.author)
        return answer

    def _nice_touches(self, reply: Post | None) -> None:
        if reply is not None and reply.thread is not None:
            reply.edited = self.rng.random() < 0.03
            if self.rng.random() < 0.02:
                reply.note = Note.BROADCAST

    def _who_answers(self, post: Post, present: _Present) -> Person | None:
        """Staff, an old friend or any helper; somebody who only speaks answers once in a life."""
        rng = self.rng
        chance = rng.random()
        staff = present.staff
        if chance < _STAFF_ANSWERS and staff:
            return rng.choice(staff)
        mates = [one for one in self.friends.get(post.author.id, ()) if one.id in present.helpful]
        if chance < _STAFF_ANSWERS + _FRIENDS_ANSWER and mates:
            return rng.choice(mates)
        shy = present.speaker(rng) if chance > 0.9 else None
        if shy is not None and shy.habit is Habit.SPEAKS and shy.id not in self.helped_once:
            self.helped_once.add(shy.id)
            return shy
        return present.answerer(rng)

    def _cheered(self, post: Post, present: _Present, *, count: int) -> None:
        first = chatter.cheer(self.rng)
        for _ in range(count):
            name = first if self.rng.random() < 0.6 else chatter.cheer(self.rng)
            who = present.onlooker(self.rng)
            if who is not None:
                self.town.cheer(who, to=post, name=name)

    def _introduce(self, person: Person) -> None:
        rng = self.rng
        if rng.random() > (0.85 if person.habit is Habit.HELPS else 0.65):
            return
        at = waking(rng, person.joined_at + int(rng.expovariate(1 / 20) * HOUR) + 240)
        place = self.town.places[INTRODUCTIONS]
        post = self.town.say(person, chatter.introduction(rng, person), place=place, at=at)
        if post is None:
            return
        present = _Present(self.town, local_day(at))
        self._cheered(post, present, count=rng.choice((1, 2, 3, 4, 5, 7)))
        if rng.random() < 0.85:
            self._welcomed(post, present)

    def _welcomed(self, post: Post, present: _Present) -> None:
        rng, at = self.rng, post.at
        for _ in range(rng.choice((1, 1, 2, 2, 3))):
            at = waking(rng, at + int(rng.lognormvariate(1.2, 1) * HOUR) + 60)
            staff = present.staff
            who = rng.choice(staff) if rng.random() < 0.35 and staff else present.answerer(rng)
            if who is not None and who.id != post.author.id:
                self.town.reply(who, chatter.welcome(rng), to=post, at=at)
        if rng.random() < 0.5:
            self.town.reply(
                post.author, chatter.thanks(rng, asked=False), to=post, at=at + 2 * HOUR
            )

    def _official(self, day: date, present: _Present) -> None:
        """Notices on Tuesdays and the two bots on Fridays and Mondays."""
        town, rng = self.town, self.rng
        weekday = day.weekday()
        staff = present.staff
        if weekday == 1 and staff:
            at = start_of(day) + 10 * HOUR + rng.randrange(HOUR)
            author, place = rng.choice(staff), town.places[NOTICES]
            post = town.say(author, chatter.notice(rng), place=place, at=at)
            if post is not None:
                self._cheered(post, present, count=rng.randrange(2, 9))
        bots = [one for one in town.people if one.sort is Sort.BOT]
        if weekday == 0:
            text = chatter.robot_line(rng, phrases.DIGEST_LINES)
            where, at = town.places[RANDOM], start_of(day) + 9 * HOUR
            town.record(bots[1], text, place=where, at=at, note=Note.BOT)
        if weekday == 4:
            text = chatter.robot_line(rng, phrases.EVENT_LINES)
            where, at = town.places[KANTO], start_of(day) + 18 * HOUR
            town.record(bots[0], text, place=where, at=at, note=Note.BOT)


class _Present:
    """Who is around on a day, ready to be drawn from by chance."""

    def __init__(self, town: Town, day: date) -> None:
        at = start_of(day) + 12 * HOUR
        self._people = [one for one in town.people if one.there(at) and one.sort is Sort.MEMBER]
        self._speakers = [one for one in self._people if one.habit in (Habit.SPEAKS, Habit.HELPS)]
        self._answerers = [one for one in self._speakers if one.habit is Habit.HELPS]
        quiet = (Habit.WATCHES, Habit.STORY)
        self._onlookers = [one for one in self._people if one.habit not in quiet]
        self.staff = town.staff(at)
        self.helpful = {one.id for one in self._answerers}
        self._places = [one for one in town.places.values() if one.opened_at <= at]

    def speaker(self, rng: Random) -> Person | None:
        """Somebody who opens a topic; newcomers of the last weeks a little more often."""
        people = self._speakers
        return rng.choices(people, [one.energy for one in people])[0] if people else None

    def answerer(self, rng: Random) -> Person | None:
        """Somebody who answers."""
        people = self._answerers
        return rng.choices(people, [one.energy for one in people])[0] if people else None

    def onlooker(self, rng: Random) -> Person | None:
        """Somebody who reacts."""
        return rng.choice(self._onlookers) if self._onlookers else None

    def place(self, rng: Random) -> Place:
        """Where the topic belongs."""
        return rng.choices(self._places, [one.sketch.pull for one in self._places])[0]


def arrive(town: Town) -> None:
    """Everybody joins the two default channels, in the same minute."""
    for person in town.people:
        if person.announced and person.sort is not Sort.BOT:
            for place in (town.places[GENERAL], town.places[RANDOM]):
                at = max(person.joined_at, place.opened_at + 1)
                town.enter(person, place=place, at=at)
