"""Facts of three communities for the report's tests: a lively one, one without threads, none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from jibungoto.explain.facts import (
    LadderFacts,
    ReportFacts,
    SourceFacts,
    StageCount,
    WaitingFacts,
)
from jibungoto.ledger.finding import Finding, Interval, Quality
from jibungoto.ledger.words import Words
from jibungoto.understand.answers import Stage, Unknown
from jibungoto.understand.findings import FEW
from jibungoto.understand.intervals import poisson, wilson
from jibungoto.understand.reasons import CANNOT_TELL, SHORT

LAST_DAY = date(2026, 10, 31)
END = LAST_DAY + timedelta(days=1)
MONTH_ENDS = [date(2025, 11, 1), date(2025, 12, 1)] + [date(2026, m, 1) for m in range(1, 11)]


def share(measure: str, k: int, n: int, *, end: date = END) -> Finding:
    quality = Quality.SMALL_N if n < FEW else Quality.OK
    return Finding(measure, end, k / n, "", k, n, interval=wilson(k, n), n=n, quality=quality)


def count(measure: str, n: int, *, end: date = END) -> Finding:
    spread = None if measure == "registered" else poisson(n)
    return Finding(measure, end, float(n), interval=spread, n=n)


def hours(value: float, n: int, *, end: date = END) -> Finding:
    return Finding("ttfr", end, value, interval=Interval(value * 0.6, value * 1.7), n=n)


def kinds(value: float, n: int, *, end: date = END) -> Finding:
    return Finding("early_diversity", end, value, interval=Interval(value / 2, value * 2), n=n)


def unknown(measure: str, reason: Words, *, end: date = END) -> Finding:
    return Finding(measure, end, None, quality=Quality.UNKNOWN, reason=reason)


def lively_past() -> list[Finding]:
    past = []
    for at, end in enumerate(MONTH_ENDS):
        past += [
            count("registered", 230 + 12 * at, end=end),
            count("active", 88 + 3 * at - 5 * (at % 3), end=end),
            count("new", 9 + at % 5, end=end),
            share("act30", 14 + at % 4, 31 + at % 6, end=end),
            share("welcome48", 29 - at % 3, 34, end=end),
            share("unanswered72", 8 + at % 4, 70 + at, end=end),
            hours(5.5 + at % 3, 70 + at, end=end),
            count("starters", 6 + at % 3, end=end),
        ]
    return past


def lively(**changes: object) -> ReportFacts:
    stages = (Stage.OWNING, 7, 1), (Stage.STARTING, 12, 3), (Stage.CONTRIBUTING, 41, 9)
    low = (Stage.SPEAKING, 38, 0), (Stage.ATTENDING, 66, 94), (Stage.REGISTERED, 103, 0)
    facts: dict[str, object] = {
        "community": "瀬戸内ものづくり広場",
        "as_of": LAST_DAY,
        "findings": [
            count("registered", 374),
            count("active", 121),
            count("new", 21),
            share("act30", 16, 29),
            share("welcome48", 19, 33),
            share("unanswered72", 24, 81),
            hours(6.4, 81),
            count("starters", 8),
        ],
        "history": lively_past(),
        "ladder": LadderFacts(
            now=[StageCount(*each) for each in (*stages, *low)],
            before=[StageCount(stage, max(n - 3, 0), d) for stage, n, d in (*stages, *low)],
            moved_up=14,
            moved_down=3,
        ),
        "waiting": WaitingFacts(first_posts=6, first_starts=2, gone_quiet=5),
        "staff_marked": True,
        "sources": [SourceFacts("Slack", date(2024, 11, 1), LAST_DAY)],
    }
    return ReportFacts(**{**facts, **changes})  # type: ignore[arg-type]  # names are the fields'


def without_threads() -> ReportFacts:
    """Return a community whose export tells joins and creators, but no threads."""
    untold = CANNOT_TELL["threads"]
    stages = [(Stage.OWNING, 0, 0), (Stage.STARTING, 2, 0), (Stage.CONTRIBUTING, 0, 0)]
    stages += [(Stage.SPEAKING, 9, 11), (Stage.ATTENDING, 6, 27), (Stage.REGISTERED, 16, 0)]
    return ReportFacts(
        community="Houston",
        as_of=date(2016, 7, 27),
        findings=[
            count("registered", 71, end=date(2016, 7, 28)),
            count("active", 8, end=date(2016, 7, 28)),
            count("new", 2, end=date(2016, 7, 28)),
            share("act30", 3, 7, end=date(2016, 7, 28)),
            unknown("welcome48", untold, end=date(2016, 7, 28)),
            unknown("unanswered72", untold, end=date(2016, 7, 28)),
            unknown("ttfr", untold, end=date(2016, 7, 28)),
            count("starters", 1, end=date(2016, 7, 28)),
        ],
        history=[count("active", 30, end=date(2016, 4, 1))],
        ladder=LadderFacts(
            now=[StageCount(*each) for each in stages],
            before=[StageCount(*each) for each in stages],
            moved_up=2,
            untold=[Unknown.HELP],
        ),
        sources=[SourceFacts("slack", date(2015, 6, 6), date(2016, 7, 27), (untold,))],
    )


def empty() -> ReportFacts:
    return ReportFacts(community="はじまりの村", as_of=LAST_DAY)


def crowded() -> ReportFacts:
    """Return a report with as much to say as three sources and a long name can give it."""
    lacking = tuple(CANNOT_TELL[name] for name in ("threads", "reactions", "creators"))
    until = date(2026, 6, 30)
    partial = [
        replace(each, quality=Quality.PARTIAL_SOURCE, reason=SHORT.filled(since="2024-11-01"))
        for each in lively().findings
    ]
    return lively(
        community="国際協働によるオープンソース地域防災マップ作りの集い・西日本連絡会議準備室",
        findings=partial,
        staff_marked=False,
        waiting=WaitingFacts(first_posts=12, first_starts=7, gone_quiet=9),
        sources=[
            SourceFacts("Slack", date(2024, 11, 1), LAST_DAY),
            SourceFacts("Discord", date(2024, 11, 1), until, lacking),
            SourceFacts("Discourse", date(2024, 11, 1), until, lacking),
        ],
    )
