"""From counts to findings: value, interval, how far it can be relied on, and why not further."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jibungoto.ledger.finding import Finding, Interval, Quality
from jibungoto.ledger.source import source_name
from jibungoto.ledger.words import Words
from jibungoto.understand.catalogue import IntervalKind, Measure, Needs
from jibungoto.understand.intervals import (
    Sample,
    bootstrap_mean,
    bootstrap_median,
    bootstrap_survivals,
    mean_of,
    median_of,
    poisson,
    survival_quantile,
    wilson,
)
from jibungoto.understand.log import LoggedSource

FEW = 30
"""Below this denominator a share is printed with the word small n (domain.md 7)."""

CANNOT_TELL: dict[str, Words] = {
    "joins": Words("加わった日の記録がありません。", "No export tells when people joined."),
    "replies": Words(
        "返信のつながりの記録がありません。", "No export links replies to what they answer."
    ),
    "threads": Words("スレッドの記録がありません。", "No export tells threads."),
    "mentions": Words("メンションの記録がありません。", "No export tells mentions."),
    "reactions": Words("リアクションの記録がありません。", "No export tells who reacted."),
    "creators": Words("誰が始めたかの記録がありません。", "No export says who started what."),
}
NO_LOG = Words("まだデータがありません。", "There is nothing in the log yet.")
NOT_YET = Words("この日より前の記録がありません。", "The log begins later than this day.")
ENDED = Words(
    "この期間の記録がありません。データは{until}で終わっています。",
    "The log holds nothing of this window; it ends on {until}.",
)
NO_INTRO = Words(
    "自己紹介の場に指定されたチャンネルがありません。",
    "No place is marked as one for introductions.",
)
NOBODY = Words("期間内に対象がありません。", "There is nobody to count in this window.")
NOT_REACHED = Words(
    "まだ十分な数の質問に答えがなく、時間を言えません。",
    "Too few questions have been answered so far for this time to exist.",
)
SOME_CANNOT = Words(
    "次のデータからは分からないため、含まれていません: {sources}",
    "Not included, as it cannot be told from: {sources}",
)
AT_LEAST = Words(
    "「少なくともこの値」です。返信のつながりなど、必要な記録の一部が次のデータからは"
    "分かりません: {sources}",
    "At least this much: some of what counts, such as replies, cannot be told from: {sources}",
)
SHORT = Words(
    "データは{since}からで、期間の一部しかありません。",
    "The log begins on {since}, so it covers only part of the window.",
)
OLD = Words("次のデータは古くなっています: {sources}", "These exports end earlier: {sources}")
SMALL = Words("少数({n}件)です。", "Small n: {n}.")
DOUBTFUL: dict[str, Words] = {
    "new": Words(
        "ほかに{n}人は、加わった日が確かではありません。",
        "For {n} more people the day of joining is not exact.",
    ),
    "registered": Words(
        "記録のない{n}人は、いつからいるか分からないため含まれていません。",
        "Not included: {n} people without any record, who cannot be dated.",
    ),
    "stage_stock.S0": Words(
        "記録のない{n}人は、いつからいるか分からないため含まれていません。",
        "Not included: {n} people without any record, who cannot be dated.",
    ),
    "": Words(
        "{n}人は、少なくともこの段にいるとしか言えません。",
        "Of {n} people it is only known that they stand here or higher.",
    ),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """A count as a step gives it; ``doubtful`` are those that could not be counted surely."""

    as_of: date
    part: str
    numerator: int
    denominator: int | None
    doubtful: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the log holds: its sources, and whether a place is marked for introductions."""

    sources: tuple[LoggedSource, ...]
    has_intro: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far a value can be relied on, and the reason if not wholly."""

    quality: Quality
    reason: Words | None = None


def finding_of_tally(measure: Measure, tally: Tally, *, coverage: Coverage) -> Finding:
    """Return the finding of a count or a share."""
    verdict = verdict_on(
        measure, tally.as_of, coverage=coverage, part=tally.part, is_seen=tally.numerator > 0
    )
    blank = _blank(measure, tally.as_of, part=tally.part)
    if verdict.quality is Quality.UNKNOWN:
        return replace(blank, quality=verdict.quality, reason=verdict.reason)
    if tally.denominator == 0:
        return replace(
            blank, numerator=0, denominator=0, n=0, quality=Quality.UNKNOWN, reason=NOBODY
        )
    verdict = _doubted(measure, tally, verdict=verdict)
    n = tally.numerator if tally.denominator is None else tally.denominator
    is_share = tally.denominator is not None
    if is_share:
        verdict = _sized(n, verdict)
    return replace(
        blank,
        value=tally.numerator / n if is_share else float(tally.numerator),
        numerator=tally.numerator if is_share else None,
        denominator=tally.denominator,
        interval=_interval_of(measure, tally),
        n=n,
        quality=verdict.quality,
        reason=verdict.reason,
    )


def _interval_of(measure: Measure, tally: Tally) -> Interval | None:
    if measure.interval is IntervalKind.WILSON and tally.denominator:
        return wilson(tally.numerator, tally.denominator)
    if measure.interval is IntervalKind.POISSON:
        return poisson(tally.numerator)
    return None


def findings_of_sample(
    measure: Measure, as_of: date, *, samples: Sequence[Sample], coverage: Coverage
) -> list[Finding]:
    """Return the finding of a mean, a median or a waiting time, a part each."""
    verdict = verdict_on(measure, as_of, coverage=coverage)
    parts = ["", *measure.parts]
    if verdict.quality is Quality.UNKNOWN or not samples:
        reason = verdict.reason if verdict.quality is Quality.UNKNOWN else NOBODY
        return [
            replace(_blank(measure, as_of, part=part), quality=Quality.UNKNOWN, reason=reason)
            for part in parts
        ]
    verdict = _sized(len(samples), verdict)
    found = []
    statistics = _statistics(measure, parts, samples=samples)
    for part, (value, interval) in zip(parts, statistics, strict=True):
        blank = replace(_blank(measure, as_of, part=part), n=len(samples))
        if value is None:
            found.append(replace(blank, quality=Quality.UNKNOWN, reason=NOT_REACHED))
        else:
            found.append(
                replace(
                    blank,
                    value=value,
                    interval=interval,
                    quality=verdict.quality,
                    reason=verdict.reason,
                )
            )
    return found


def _statistics(
    measure: Measure, parts: Sequence[str], *, samples: Sequence[Sample]
) -> list[tuple[float | None, Interval | None]]:
    if measure.interval is IntervalKind.BOOTSTRAP_MEAN:
        return [(mean_of(samples), bootstrap_mean(samples))]
    if measure.interval is IntervalKind.BOOTSTRAP_MEDIAN:
        return [(median_of(samples), bootstrap_median(samples))]
    shares = [0.75 if part == "p75" else 0.5 for part in parts]
    values = [survival_quantile(samples, share) for share in shares]
    return list(zip(values, bootstrap_survivals(samples, shares), strict=True))


def verdict_on(
    measure: Measure, as_of: date, *, coverage: Coverage, part: str = "", is_seen: bool = False
) -> Verdict:
    """Say how far the sources can tell a measure, or a part of it, on a day (domain.md 0, BR1).

    ``is_seen`` says that something was counted all the same: where no source tells what a part
    needs, nobody is NULL and anybody is "at least".
    """
    needs = measure.needs_of(part)
    telling = [source for source in coverage.sources if tells(source, needs)]
    if is_seen and not telling:
        needs = measure.needs
        telling = [source for source in coverage.sources if tells(source, needs)]
    unknown = _why_unknown(measure, as_of, coverage=coverage, telling=telling, needs=needs)
    if unknown is not None:
        return Verdict(Quality.UNKNOWN, unknown)
    partly = _why_partial(measure, as_of, coverage=coverage, telling=telling, part=part)
    if partly is not None:
        return Verdict(Quality.PARTIAL_SOURCE, partly)
    last_day = as_of - timedelta(days=1)
    stale = [each for each in telling if each.covered_until < last_day]
    if stale:
        return Verdict(Quality.STALE, _naming(OLD, stale))
    return Verdict(Quality.OK)


def _why_partial(
    measure: Measure, as_of: date, *, coverage: Coverage, telling: list[LoggedSource], part: str
) -> Words | None:
    """Say what is missing though something can be told, or None if nothing is."""
    missing = []
    untold = [each for each in coverage.sources if each not in telling]
    if untold:
        missing.append(_naming(SOME_CANNOT, untold))
    wanted = (*measure.needs_of(part), *measure.at_least_without)
    lower = [each for each in telling if not tells(each, wanted)]
    if lower:
        missing.append(_naming(AT_LEAST, lower))
    if missing:
        return Words(
            " ".join(words.ja for words in missing), " ".join(words.en for words in missing)
        )
    since = min(source.covered_from for source in telling)
    begins = as_of - timedelta(days=measure.window)
    if measure.window and begins < since and not _is_complete(telling):
        return SHORT.filled(since=since)
    return None


def _why_unknown(
    measure: Measure,
    as_of: date,
    *,
    coverage: Coverage,
    telling: list[LoggedSource],
    needs: Needs,
) -> Words | None:
    """Say why nothing at all can be told, or None if something can."""
    if not telling:
        return _why_untold(coverage.sources, needs) if coverage.sources else NO_LOG
    if measure.needs_intro and not coverage.has_intro:
        return NO_INTRO
    if as_of <= min(source.covered_from for source in telling):
        return NOT_YET
    until = max(source.covered_until for source in telling)
    if measure.window and until < as_of - timedelta(days=measure.window):
        return ENDED.filled(until=until)
    return None


def tells(source: LoggedSource, needs: Needs) -> bool:
    """Say whether a source tells everything that is needed."""
    return all(any(_tells(source, name) for name in group) for group in needs)


def _tells(source: LoggedSource, name: str) -> bool:
    return bool(getattr(source.can_tell, name))


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


def _doubted(measure: Measure, tally: Tally, *, verdict: Verdict) -> Verdict:
    if tally.doubtful and verdict.quality in (Quality.OK, Quality.STALE):
        key = f"{measure.key}.{tally.part}" if tally.part else measure.key
        words = DOUBTFUL.get(key) or DOUBTFUL.get(measure.key, DOUBTFUL[""])
        return Verdict(Quality.PARTIAL_SOURCE, words.filled(n=tally.doubtful))
    return verdict


def _sized(n: int, verdict: Verdict) -> Verdict:
    if n < FEW and verdict.quality is Quality.OK:
        return Verdict(Quality.SMALL_N, SMALL.filled(n=n))
    return verdict


def _blank(measure: Measure, as_of: date, *, part: str) -> Finding:
    return Finding(
        measure=measure.key,
        as_of=as_of,
        value=None,
        part=part,
        definition_version=measure.version,
    )
