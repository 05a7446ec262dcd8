"""What members make after events, and how much that is for those who came (domain.md 7.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jibungoto.ledger.kinds import Kind
from jibungoto.understand.acts import MEMBER, Act
from jibungoto.understand.gatherings import Gathering, Turnout
from jibungoto.understand.log import Log
from jibungoto.understand.newcomers import Rate
from jibungoto.understand.thresholds import DEFAULTS, Thresholds
from jibungoto.understand.turnout import ended_lately

NAMED, TAGGED, GUESTS, FEED, POSTS = "named", "tagged", "guests", "feed", "posts"
LINES = ("", NAMED, TAGGED, GUESTS, FEED, POSTS)
"""All outputs; how they belong to an event; those from feeds; and short posts, never added."""

Bearing = dict[tuple[str, str], frozenset[str]]
"""What bears which tags, by source and key."""


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags that sources tell of: of records, and of the activities that they speak of."""

    of_records: Bearing
    of_activities: Bearing

    def of_output(self, output: Act) -> frozenset[str]:
        """Return the tags of the record that something made came in."""
        activity = output.told.activity
        return self.of_records.get((activity.source, activity.record or activity.key), frozenset())

    def of_post(self, post: Act) -> frozenset[str]:
        """Return the tags of a topic."""
        return self.of_activities.get(post.told.row, frozenset())


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what was made: how much, of it for told attendances, and whether it is told.

    ``is_told`` is False while nothing of the kind was ever made, or no event was held that could
    have it: then it may be that no source tells it.
    """

    outputs: int
    per_attended: Rate
    is_told: bool


@dataclass(frozen=True, slots=True)
class Heat:
    """What was made after the events of a period; ``untold`` events do not tell who came."""

    lines: dict[str, Line]
    outputters: int
    rate: Rate
    untold: int


@dataclass(frozen=True, slots=True)
class Counted:
    """One output or post that counts for an event, with the lines it stands in."""

    event: str
    person: int
    lines: frozenset[str]


def tags_of(log: Log) -> Tags:
    """Return what bears which tags."""
    told = [
        (one.source, one.record or one.key, one.thread, one.place)
        for one in log.activities
        if one.kind is Kind.TAG and one.thread is not None and one.place is not None
    ]
    return Tags(
        _bearing((source, record, tag) for source, record, _, tag in told),
        _bearing((source, key, tag) for source, _, key, tag in told),
    )


def _bearing(told: Iterable[tuple[str, str, str]]) -> Bearing:
    found: dict[tuple[str, str], set[str]] = {}
    for source, key, tag in told:
        found.setdefault((source, key), set()).add(tag)
    return {place: frozenset(tags) for place, tags in found.items()}


def outputs_in(acts: list[Act]) -> list[Act]:
    """Return everything made, and changes taken in; the same address by one person is one.

    A talk is given at an event, and is no output of it.
    """
    kept: dict[tuple[int, str], Act] = {}
    for act in acts:
        if (act.is_output and act.told.activity.kind is not Kind.TALK) or is_code(act):
            activity = act.told.activity
            address = activity.url or f"{activity.source} {activity.key}"
            kept.setdefault((act.person, address), act)
    return list(kept.values())


def is_code(act: Act) -> bool:
    """Say whether this is a change taken in: an event's only if it says so itself."""
    return act.told.activity.kind is Kind.MERGE


def event_of(
    output: Act, turnout: Turnout, *, tags: Tags, thresholds: Thresholds = DEFAULTS
) -> tuple[Gathering, str] | None:
    """Return the event an output counts for and how it belongs to it, if any.

    That is the event it names; else the newest whose tag it bears; else, unless it is code, the
    newest its author registered for or attended. It must be published from the beginning until
    14 x 24 hours after the end.
    """
    if output.initiative in turnout.events:
        named = _newest([turnout.events[output.initiative]], output, thresholds=thresholds)
        return (named, NAMED) if named else None
    bearing = _tagged(turnout, tags.of_output(output))
    tagged = _newest(bearing, output, thresholds=thresholds)
    if tagged is not None or is_code(output):
        return (tagged, TAGGED) if tagged else None
    parts = turnout.entries | turnout.seen
    taken = {part.event for part in parts if part.person == output.person}
    attended = _newest([turnout.events[key] for key in taken], output, thresholds=thresholds)
    return (attended, GUESTS) if attended else None


def _tagged(turnout: Turnout, tags: frozenset[str]) -> list[Gathering]:
    return [event for event in turnout.events.values() if event.told.hashtag in tags]


def _newest(events: list[Gathering], output: Act, *, thresholds: Thresholds) -> Gathering | None:
    near = [
        event
        for event in events
        if event.starts_at <= output.happened_at
        and output.happened_at - event.ended_at < thresholds.output_seconds
    ]
    return min(near, key=lambda event: (-event.starts_at, event.key), default=None)


def posts_in(acts: list[Act], tags: Tags) -> list[Act]:
    """Return the topics that members opened under a tag."""
    return [
        act
        for act in acts
        if act.told.activity.kind is Kind.TOPIC
        and act.capacity is MEMBER
        and not act.is_output
        and tags.of_post(act)
    ]


def heat(
    acts: list[Act],
    turnout: Turnout,
    *,
    tags: Tags,
    until: int,
    thresholds: Thresholds = DEFAULTS,
) -> Heat:
    """Return what members made for the events whose 14 days have just passed."""
    t = thresholds
    settled = {
        event.key: turnout.is_told(event.key)
        for event in ended_lately(turnout, until=until, after=t.output_seconds, thresholds=t)
    }
    outputs, posts = outputs_in(acts), posts_in(acts, tags)
    made_for = _counted(outputs, turnout, tags=tags, thresholds=t)
    counted = [one for one in made_for if one.event in settled]
    posted_for = _posted(posts, turnout, tags=tags, thresholds=t)
    posted = [one for one in posted_for if one.event in settled]
    came = {(part.event, part.person) for part in turnout.seen if part.event in settled}
    made = {(one.event, one.person) for one in counted}
    told = _told(outputs, posts, turnout=turnout, tags=tags, until=until)
    return Heat(
        lines={
            line: _line(
                [one for one in (*counted, *posted) if line in one.lines],
                settled,
                came=len(came),
                is_told=told[line],
            )
            for line in LINES
        },
        outputters=len({person for _, person in made}),
        rate=Rate(len(came & made), len(came)),
        untold=sum(not is_told for is_told in settled.values()),
    )


def _line(counted: list[Counted], settled: dict[str, bool], *, came: int, is_told: bool) -> Line:
    seen = sum(settled[one.event] for one in counted)
    return Line(len(counted), Rate(seen, came), is_told)


def _counted(
    outputs: Iterable[Act], turnout: Turnout, *, tags: Tags, thresholds: Thresholds
) -> Iterable[Counted]:
    for output in outputs:
        found = event_of(output, turnout, tags=tags, thresholds=thresholds)
        if found is not None and output.capacity is MEMBER:
            event, way = found
            feed = {FEED} if output.told.activity.source == "feed" else set()
            yield Counted(event.key, output.person, frozenset({"", way, *feed}))


def _posted(
    posts: Iterable[Act], turnout: Turnout, *, tags: Tags, thresholds: Thresholds
) -> Iterable[Counted]:
    for post in posts:
        bearing = _tagged(turnout, tags.of_post(post))
        event = _newest(bearing, post, thresholds=thresholds)
        if event is not None:
            yield Counted(event.key, post.person, frozenset({POSTS}))


def _told(
    outputs: list[Act], posts: list[Act], *, turnout: Turnout, tags: Tags, until: int
) -> dict[str, bool]:
    """Say of each line whether such a thing was ever made, and an event held that could have it."""
    over = [event for event in turnout.events.values() if event.ended_at < until]
    is_held, is_tagged = bool(over), any(event.told.hashtag for event in over)
    made = [act for act in outputs if not is_code(act)]
    is_bearing = any(tags.of_output(act) for act in outputs)
    is_made = bool(made) and is_held
    is_fed = any(act.told.activity.source == "feed" for act in made) and is_held
    return {
        **dict.fromkeys(("", NAMED, GUESTS), is_made),
        FEED: is_fed,
        TAGGED: is_bearing and is_tagged,
        POSTS: bool(posts) and is_tagged,
    }
