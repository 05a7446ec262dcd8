"""How far the sources can tell a measure on a day, and why not further (domain.md 0, BR1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from jibungoto.ledger.finding import Quality
from jibungoto.ledger.source import (
    Subject,
    expected_days,
    source_name,
    sources_about,
    subjects_of,
)
from jibungoto.ledger.words import Words
from jibungoto.understand.log import LoggedSource
from jibungoto.understand.measure import WORKS, Measure, Needs
from jibungoto.understand.reasons import (
    AT_LEAST,
    CANNOT_TELL,
    ENDED,
    NO_CHAT,
    NO_EVENTS,
    NO_INTRO,
    NO_LOG,
    NO_ORGANISATIONS,
    NO_QUARTER,
    NO_STAFF,
    NOT_YET,
    OLD,
    ONLY_EVENTS,
    SHORT,
    SOME_CANNOT,
    SOME_MISSING,
    UNTOLD,
)

CONVERSING = frozenset({"replies", "threads", "mentions", "reactions", "joins", "complete_since"})
"""What conversations tell or do not; a list of guests or a blog is no partial source of it."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the log holds: its sources, and whether introductions and staff are marked.

    ``sources`` hold dated records of people; ``events`` tell of events, though perhaps of nobody
    who came. ``has_organisations`` says whether it is known of anybody where they belong.
    """

    sources: tuple[LoggedSource, ...]
    has_intro: bool
    has_staff: bool = True
    has_organisations: bool = True
    events: tuple[LoggedSource, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far a value can be relied on, and the reason if not wholly."""

    quality: Quality
    reason: Words | None = None


def verdict_on(
    measure: Measure, as_of: date, *, coverage: Coverage, part: str = "", is_seen: bool = False
) -> Verdict:
    """Say how far the sources can tell a measure, or a part of it, on a day (domain.md 0, BR1).

    ``is_seen`` says that something was counted all the same: where no source tells what a part
    needs, nobody is NULL and anybody is "at least".
    """
    coverage = _that_can_hold(measure, coverage, part=part)
    needs = measure.needs_of(part)
    telling = [source for source in coverage.sources if tells(source, needs)]
    if is_seen and not telling:
        needs = measure.needs
        telling = [source for source in coverage.sources if tells(source, needs)]
    span = measure.span(as_of)
    unknown = _why_unknown(measure, span, coverage=coverage, telling=telling, needs=needs)
    if unknown is not None:
        return Verdict(Quality.UNKNOWN, unknown)
    partly = _why_partial(measure, span[0], coverage=coverage, telling=telling, part=part)
    if partly is not None:
        return Verdict(Quality.PARTIAL_SOURCE, partly)
    stale = [each for each in telling if is_stale(each, span[1])]
    if stale:
        return Verdict(Quality.STALE, _naming(OLD, stale))
    return Verdict(Quality.OK)


def is_stale(source: LoggedSource, night: date) -> bool:
    """Say whether a source ends longer before a night than its kind is ever quiet."""
    quiet = timedelta(days=expected_days(source.source))
    return source.covered_until < night - timedelta(days=1) - quiet


def _why_partial(
    measure: Measure, begins: date, *, coverage: Coverage, telling: list[LoggedSource], part: str
) -> Words | None:
    """Say what is missing though something can be told, or None if nothing is."""
    missing = []
    needs = measure.needs_of(part)
    untold = [each for each in coverage.sources if each not in telling and _lacks(each, needs)]
    if untold:
        missing.append(_naming(SOME_CANNOT, untold))
    lower = [each for each in telling if _lacks(each, (*needs, *measure.at_least_without))]
    if lower:
        missing.append(_naming(AT_LEAST, lower))
    partly = [each for each in telling if _lacks(each, measure.partial_without)]
    if partly:
        missing.append(_naming(SOME_MISSING, partly))
    if missing:
        return Words(
            " ".join(words.ja for words in missing), " ".join(words.en for words in missing)
        )
    since = min(source.covered_from for source in telling)
    begins -= timedelta(days=measure.reach.get(part, 0))
    if measure.window and begins < since and not _is_complete(telling):
        return SHORT.filled(since=since)
    return None


def _why_unknown(
    measure: Measure,
    span: tuple[date, date],
    *,
    coverage: Coverage,
    telling: list[LoggedSource],
    needs: Needs,
) -> Words | None:
    """Say why nothing at all can be told, or None if something can."""
    if not telling:
        return _why_nobody_tells(measure, coverage, needs=needs)
    unmarked = _why_unmarked(measure, coverage)
    if unmarked is not None:
        return unmarked
    since = min(source.covered_from for source in telling)
    if span[1] <= since:
        return NO_QUARTER.filled(since=since) if measure.is_quarterly else NOT_YET
    until = max(source.covered_until for source in telling)
    if measure.window and until < span[0]:
        return ENDED.filled(until=until)
    return None


def _why_nobody_tells(measure: Measure, coverage: Coverage, *, needs: Needs) -> Words:
    if coverage.sources:
        return _why_untold(coverage.sources, needs)
    is_of_events = measure.of_sources == sources_about(Subject.EVENTS)
    if measure.of_sources and not is_of_events:
        return NO_CHAT
    if coverage.events:
        return UNTOLD.get(measure.key, ONLY_EVENTS) if is_of_events else ONLY_EVENTS
    return NO_EVENTS if is_of_events else NO_LOG


def _why_unmarked(measure: Measure, coverage: Coverage) -> Words | None:
    """Say what a person has to mark first, or None if there is nothing."""
    if measure.needs_intro and not coverage.has_intro:
        return NO_INTRO
    if measure.needs_organisations and not coverage.has_organisations:
        return NO_ORGANISATIONS
    return NO_STAFF if measure.needs_staff and not coverage.has_staff else None


def _that_can_hold(measure: Measure, coverage: Coverage, *, part: str) -> Coverage:
    """Leave out the sources in which what a measure counts cannot be."""
    if part in measure.by_events and coverage.events:
        return replace(coverage, sources=coverage.events)
    if not measure.of_sources:
        return coverage
    kept = tuple(each for each in coverage.sources if each.source in measure.of_sources)
    return replace(coverage, sources=kept)


def tells(source: LoggedSource, needs: Needs) -> bool:
    """Say whether a source tells everything that is needed."""
    return all(any(_tells(source, name) for name in group) for group in needs)


def _tells(source: LoggedSource, name: str) -> bool:
    if name == WORKS:
        return Subject.WORKS in subjects_of(source.source)
    return bool(getattr(source.can_tell, name))


def _lacks(source: LoggedSource, needs: Needs) -> bool:
    """Say whether a source does not tell something needed that it could hold."""
    return any(not tells(source, (group,)) and _could_hold(source, group) for group in needs)


def _could_hold(source: LoggedSource, group: tuple[str, ...]) -> bool:
    """Only where people talk are there answers: a list of guests is no partial source of them.

    Nor are works alone, such as blogs, a source that fails to say who started something.
    """
    subjects = subjects_of(source.source)
    if group == ("creators",):
        return subjects != {Subject.WORKS}
    is_talk = {*CONVERSING, WORKS}.issuperset(group)
    return (
        not is_talk or Subject.CONVERSATION in subjects or WORKS in group and _tells(source, WORKS)
    )


def _is_complete(sources: Sequence[LoggedSource]) -> bool:
    """True if the sources say they hold everything from before their first record on."""
    return all(
        source.can_tell.complete_since is not None
        and source.can_tell.complete_since <= source.covered_from
        for source in sources
    )


def _why_untold(sources: Sequence[LoggedSource], needs: Needs) -> Words:
    for group in needs:
        if not any(_tells(source, name) for source in sources for name in group):
            return CANNOT_TELL[group[0]]
    return _naming(SOME_CANNOT, sources)


def _naming(words: Words, sources: Sequence[LoggedSource]) -> Words:
    """Fill in the names of sources as their makers write them."""
    names = [source_name(each.source) for each in sources]
    return Words(
        words.ja.format(sources="、".join(name.ja for name in names)),
        words.en.format(sources=", ".join(name.en for name in names)),
    )
