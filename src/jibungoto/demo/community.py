"""The demo community やまびこユーザー会, lived day by day from a seed and written as real files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

from jibungoto.demo import chatter
from jibungoto.demo.aliases import Alias, aliases_of, outsiders
from jibungoto.demo.daily_life import Life, arrive
from jibungoto.demo.event_files import (
    write_early_list,
    write_events,
    write_participants,
    write_webinar_report,
    write_zoom_report,
)
from jibungoto.demo.gatherings import Gathering, crowd_of, gatherings
from jibungoto.demo.output_files import makers, write_discord, write_feeds, write_git_log
from jibungoto.demo.people import (
    Habit,
    Person,
    Sort,
    bots,
    fresh_names,
    guests,
    members,
    staff,
    story_member,
)
from jibungoto.demo.places import (
    BEGINNERS,
    DEFAULTS,
    INTRODUCTIONS,
    ISLANDS,
    QUESTIONS,
    RANDOM,
    SKETCHES,
    WISHES,
    Opener,
    Sketch,
    open_place,
)
from jibungoto.demo.profile_links import ProfileLink, profile_links
from jibungoto.demo.rhythm import DAY, HOUR, Rhythm, moment, start_of
from jibungoto.demo.slack_export import write_slack_export
from jibungoto.demo.stories import FIRST_START_DAYS, SILENT_DAYS, Cast, Teller, unanswered_at
from jibungoto.demo.town import Note, Post, Town
from jibungoto.demo.truth import Truth, truth_of

NAME = "やまびこユーザー会"
_TOMBSTONES = 6
_FIRST_IN_UTF8 = 8
_ON_ZOOM = 3
"""For so many of the last live sessions people registered on Zoom itself."""


def write_demo(folder: Path, *, last_day: date, seed: int = 2030) -> tuple[Path, ...]:
    """Write the demo community's export files into a folder and return their paths.

    The 24 months end on the evening of ``last_day`` in Asia/Tokyo. The same day and seed give the
    same bytes; no clock is read.
    """
    town, _ = _lived(last_day, seed)
    return (_slack_export(town, folder, seed=seed),)


def _slack_export(town: Town, folder: Path, *, seed: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "yamabiko-slack-export.zip"
    links = profile_links(town, aliases_of(Random(seed + 2), town.people))
    write_slack_export(town, path, rng=Random(seed + 1), links=links)
    return path


def write_everything(folder: Path, *, last_day: date, seed: int = 2030) -> tuple[Path, ...]:
    """Write the exports of every tool the demo community uses, in the order to bring them in.

    The Slack export is that of ``write_demo``. The same people have other names in every tool.
    """
    town, cast = _lived(last_day, seed)
    slack = _slack_export(town, folder, seed=seed)
    rng = Random(seed + 2)
    aliases = aliases_of(rng, town.people)
    crowd = crowd_of(town, cast, aliases=aliases, others=outsiders(rng, town.people))
    held = gatherings(rng, town.rhythm, crowd=crowd)
    making = makers(rng, town.rhythm, people=[*crowd.members])
    blogs, git, discord = folder / "blogs", folder / "git-log.txt", folder / "discord-sanpo.json"
    write_feeds(rng, blogs, makers=making, gatherings=held)
    write_git_log(rng, git, makers=making, rhythm=town.rhythm)
    write_discord(rng, discord, makers=making, rhythm=town.rhythm)
    return (slack, *_event_files(held, folder), blogs, git, discord)


def everybody(*, last_day: date, seed: int = 2030) -> tuple[Alias, ...]:
    """Return who stands behind the names in the files that ``write_everything`` writes."""
    town, _ = _lived(last_day, seed)
    rng = Random(seed + 2)
    return (*aliases_of(rng, town.people), *outsiders(rng, town.people))


def declared(*, last_day: date, seed: int = 2030) -> tuple[ProfileLink, ...]:
    """Return the links in the profiles of the Slack export, and whose account each really is."""
    town, _ = _lived(last_day, seed)
    return profile_links(town, aliases_of(Random(seed + 2), town.people))


def _event_files(held: list[Gathering], folder: Path) -> tuple[Path, ...]:
    events = folder / "connpass-events.json"
    early, lists, reports = (folder / name for name in ("connpass-early", "connpass", "zoom"))
    for one_folder in (early, lists, reports):
        one_folder.mkdir(exist_ok=True)
    write_events(held, events)
    write_early_list(max(held, key=lambda one: (one.is_hybrid, one.starts_at)), early)
    lately = [one.number for one in held if not one.is_hybrid][-_ON_ZOOM:]
    for number, one in enumerate(held):
        encoding = "cp932" if number < _FIRST_IN_UTF8 else "utf-8-sig"
        if one.number in lately:
            write_webinar_report(one, reports)
            continue
        write_participants(one, lists, encoding=encoding)
        write_zoom_report(one, reports)
    return events, early, lists, reports


def truth(*, last_day: date, seed: int = 2030) -> Truth:
    """Who is who in the stories of the community that ``write_demo`` writes."""
    return truth_of(*_lived(last_day, seed))


def _lived(last_day: date, seed: int) -> tuple[Town, Cast]:
    rng = Random(seed)
    town = Town(rng, Rhythm.until(last_day))
    cast = _settle(town)
    for sketch in SKETCHES:
        _open(town, sketch, cast=cast)
    town.hush(town.places[INTRODUCTIONS], after=unanswered_at(town, 0))
    town.hush(town.places[BEGINNERS], after=unanswered_at(town, 1))
    arrive(town)
    life = Life(town)
    teller = Teller(town, cast, life)
    teller.open_places()
    life.live()
    teller.tell()
    _let_guests_write(town)
    _keep_in_touch(town)
    _see_first_posts(town, cast)
    _delete_some(town)
    _date_everything(town)
    return town, cast


def _settle(town: Town) -> Cast:
    """Give the town its people, in the order in which Slack would list them."""
    rng, rhythm = town.rng, town.rhythm
    names = fresh_names(rng)
    team = staff(rng, rhythm, names=names)

    def somebody(joined: date, until: int = rhythm.end) -> Person:
        at = start_of(joined) + 12 * HOUR + rng.randrange(8 * HOUR)
        return story_member(rng, next(names), joined_at=at, until=until)

    gone = [start_of(rhythm.before_end(days)) + DAY for days in SILENT_DAYS]
    cast = Cast(
        founder=somebody(rhythm.first_day, start_of(rhythm.month(15.3)) + DAY),
        owner=somebody(rhythm.month(2.1)),
        first_timer=somebody(rhythm.month(19.1)),
        unanswered=(somebody(rhythm.before_end(7)), somebody(rhythm.before_end(10))),
        not_visible=somebody(rhythm.before_end(12)),
        silent=tuple(somebody(rhythm.month(6.5 + n * 2), until) for n, until in enumerate(gone)),
    )
    others = [*members(rng, rhythm, names=names), *guests(rng, rhythm, names=names)]
    others += [cast.founder, cast.owner, cast.first_timer, *cast.unanswered, cast.not_visible]
    others += cast.silent
    town.people = [*team, *bots(rng, rhythm), *sorted(others, key=lambda one: one.joined_at)]
    return cast


def _open(town: Town, sketch: Sketch, *, cast: Cast) -> None:
    rng, rhythm = town.rng, town.rhythm
    at = moment(rng, rhythm.month(sketch.month))
    owner = town.people[0]
    if sketch.opener is Opener.STAFF:
        number = sum(1 for one in town.places if one not in DEFAULTS)
        at = owner.joined_at + (0 if sketch.name in DEFAULTS else 300 * (number + 1))
    if sketch.name == ISLANDS:
        at = start_of(rhythm.before_end(FIRST_START_DAYS)) + 20 * HOUR
    known = {
        Opener.STAFF: owner,
        Opener.FOUNDER: cast.founder,
        Opener.OWNER: cast.owner,
        Opener.FIRST_TIMER: cast.first_timer,
    }
    opener = known.get(sketch.opener) or _volunteer(town, sketch, at=at)
    town.places[sketch.name] = open_place(rng, sketch, opener=opener, opened_at=at)


def _volunteer(town: Town, sketch: Sketch, *, at: int) -> Person:
    """A member who has opened nothing yet: a helper who stays, or a speaker where nobody comes."""
    habit = Habit.SPEAKS if sketch.lonely else Habit.HELPS
    busy = {one.opener.id for one in town.places.values()}
    stay = at + 45 * DAY if sketch.lonely else town.rhythm.end
    willing = [
        one
        for one in town.people
        if one.habit is habit
        and one.sort is Sort.MEMBER
        and one.id not in busy
        and one.joined_at + 20 * DAY < at
        and one.until >= stay
    ]
    return town.rng.choice(willing)


def _let_guests_write(town: Town) -> None:
    """Guests were invited to one channel each and wrote there a little."""
    visited = (QUESTIONS, WISHES)
    for number, person in enumerate(one for one in town.people if one.sort is Sort.GUEST):
        place = town.places[visited[number % 2]]
        town.enter(person, place=place, at=person.joined_at)
        for days in (1, 4, 20)[: number % 4]:
            at = person.joined_at + days * DAY
            town.say(person, chatter.question(town.rng, "tool"), place=place, at=at)


def _keep_in_touch(town: Town) -> None:
    """Whoever still helps was heard of in the last three weeks; the last evening has a message."""
    end, rng = town.rhythm.end, town.rng
    heard = {one.author.id for one in town.posts if one.at > end - 20 * DAY}
    people = town.answerers(end) + town.staff(end)
    for person in people:
        if person.id not in heard:
            at = moment(rng, town.rhythm.before_end(rng.randint(1, 19)))
            town.say(person, chatter.news(rng, "talk"), place=town.places[RANDOM], at=at)
    last = rng.choice(people)
    text = "今日も一日おつかれさまでした。また明日、ここで。"
    town.say(last, text, place=town.places[RANDOM], at=end)


def _see_first_posts(town: Town, cast: Cast) -> None:
    """Somebody reacts to every first post of the last month, but for those of the stories."""
    told = {one.id for one in (*cast.unanswered, cast.not_visible)}
    since = town.rhythm.end - 30 * DAY
    spoken = sorted(
        (one for one in town.posts if one.note in (Note.MESSAGE, Note.BROADCAST, Note.FILE)),
        key=lambda one: one.at,
    )
    seen = set(told)
    for post in spoken:
        if post.author.id not in seen:
            seen.add(post.author.id)
            if post.at > since and not post.cheers:
                kind = [one for one in town.answerers(post.at) if one.id != post.author.id]
                town.cheer(town.rng.choice(kind), to=post, name="wave")


def _delete_some(town: Town) -> None:
    """A few old questions were deleted by their authors after somebody had answered."""
    before = town.rhythm.end - 90 * DAY
    asked = [
        one
        for one in town.roots[QUESTIONS]
        if one.replies
        and one.at < before
        and one.author.habit is Habit.SPEAKS
        and all(answer.author is not one.author for answer in one.replies)
    ]
    for post in town.rng.sample(asked, k=min(_TOMBSTONES, len(asked))):
        post.note = Note.TOMBSTONE


def _date_everything(town: Town) -> None:
    """Put every joining before the first words, and give each record its unique time stamp."""
    first: dict[tuple[str, str], int] = {}
    for post in town.posts:
        if post.note is not Note.JOIN:
            key = (post.author.id, post.place.id)
            first[key] = min(first.get(key, post.at), post.at)
    for post in town.posts:
        if post.note is Note.JOIN:
            earliest = first.get((post.author.id, post.place.id), post.at)
            post.at = max(post.place.opened_at, post.author.joined_at, min(post.at, earliest))
    taken: set[tuple[str, str]] = set()
    for post in sorted(town.posts, key=_order):
        post.ts = _stamp(town, post, taken=taken)


def _order(post: Post) -> tuple[int, bool, str]:
    return (post.at, post.note is not Note.JOIN, post.place.id)


def _stamp(town: Town, post: Post, *, taken: set[tuple[str, str]]) -> str:
    """A time stamp no other record of the channel has; joinings come early in their second."""
    low, high = (0, 200_000) if post.note is Note.JOIN else (200_000, 1_000_000)
    while True:
        ts = f"{post.at}.{town.rng.randrange(low, high):06d}"
        if (post.place.id, ts) not in taken:
            taken.add((post.place.id, ts))
            return ts
