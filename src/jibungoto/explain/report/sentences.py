"""The sentences of a report: its bottom line, what changed, and what needs a decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from jibungoto.explain.claims import Claim, Tone, claim
from jibungoto.explain.facts import ReportFacts
from jibungoto.explain.printing import day, printed, said
from jibungoto.explain.report.health import HealthRow
from jibungoto.explain.trends import Way
from jibungoto.ledger.finding import Finding
from jibungoto.ledger.source import expected_days, source_name
from jibungoto.ledger.words import Words
from jibungoto.understand.catalogue import Measure

AT_MOST = 3
STALE_AFTER = 35
"""Days after which a source that ended earlier than the others is asked for again."""

CARE = ("welcome48", "unanswered72")
"""What the third line speaks of: the first of these that is known."""
SPARE = ("starters", "act30", "new")
"""What fills up the lines where the ladder has no past yet."""

NO_LOG = Words(
    "まだデータがないため、報告できる数字はありません。",
    "There is no data yet, so there is no number to report.",
)
NOW = Words("{name}は{now}です。", "{name}: {now}.")
SINCE = Words(
    "{name}は{now}です。{day}時点は{before}で、差は誤差の幅を超えています。",
    "{name}: {now}; it was {before} on {day}. The difference exceeds its margin of error.",
)
SINCE_STEADY = Words(
    "{name}は{now}です。{day}時点は{before}で、差は誤差の幅の内です。",
    "{name}: {now}; it was {before} on {day}. The difference is within its margin of error.",
)
MOVES = Words(
    "直近28日に自分ゴト化の段が上がったメンバーは{up}、下がったメンバーは{down}です。",
    "Ownership ladder, last 28 days: {up} members moved up, {down} moved down.",
)
UNKNOWN = Words("{name}は分かりません。{why}", "{name}: not known. {why}")

CHANGED = {
    Way.UP: Words(
        "{name}が、{day}時点の{before}から{now}に上がりました。差は誤差の幅を超えています。",
        "{name}: up from {before} on {day} to {now}. The difference exceeds its margin of error.",
    ),
    Way.DOWN: Words(
        "{name}が、{day}時点の{before}から{now}に下がりました。差は誤差の幅を超えています。",
        "{name}: down from {before} on {day} to {now}. The difference exceeds its margin of error.",
    ),
}
NO_CHANGE = Words(
    "過去の自分たちと比べられる指標のうち、誤差の幅を超えて変わったものはありません。",
    "No measure that can be compared differs from its own past by more than the margin of error.",
)
NO_PAST = Words(
    "比べられる過去の期間が、まだデータにありません。",
    "The data holds no earlier period to compare with yet.",
)

NO_SOURCE = Words(
    "最初のデータをいつ、誰が取り込むかを決めてください。",
    "Decide who brings in the first export, and when.",
)
FIRST_POSTS = Words(
    "返事のない初めての投稿は{n}です。誰が声をかけるかを決めてください。",
    "First posts nobody has answered: {n}. Decide who gets in touch.",
)
FIRST_STARTS = Words(
    "初めて何かを始めたメンバーは{n}です。どう支えるかを決めてください。",
    "Members who started something for the first time: {n}. Decide how to stand by them.",
)
GONE_QUIET = Words(
    "ふだんより長く姿の見えない担い手は{n}です。誰が様子をたずねるかを決めてください。",
    "Contributors silent for longer than is usual for them: {n}. Decide who asks how they are.",
)
WAITING_UNKNOWN = Words(
    "返事を待っている人がいるかは、このデータからは分かりません。"
    "返信のつながりが残る書き出しを使うかを決めてください。",
    "Whether anybody is waiting for an answer cannot be told from these sources. Decide whether "
    "to use an export that keeps replies.",
)
UNMARKED = Words(
    "スタッフの印付けがまだです。誰がスタッフかを決めてください。"
    "それまでは、スタッフもメンバーとして数えています。",
    "Staff are not marked yet. Decide who is staff; until then they count as members.",
)
OLD_SOURCE = Words(
    "{name}のデータは{day}で終わっています。新しい書き出しを用意するかを決めてください。",
    "The {name} data ends on {day}. Decide whether to export it again.",
)
NOTHING_TO_DECIDE = Words(
    "今回、決めていただくことはありません。", "Nothing needs a decision this time."
)


def bottom_line(facts: ReportFacts, rows: Sequence[HealthRow]) -> tuple[Claim, ...]:
    """Return at most three lines: size, movement, care; what fails is made up by the next best."""
    if not rows:
        return (claim(NO_LOG),)
    of = {row.measure.key: row for row in rows}
    known = [key for key in (*CARE, *SPARE) if of[key].shown.why is None]
    lines = [_line(of["active"])]
    if facts.ladder.before:
        moved = {"up": said(facts.ladder.moved_up), "down": said(facts.ladder.moved_down)}
        lines.append(claim(MOVES, moved, measures=("stage_stock",)))
    care = next((key for key in known if key in CARE), CARE[0])
    lines.append(_line(of[care]))
    lines += [_line(of[key]) for key in known if key in SPARE]
    return tuple(lines[:AT_MOST])


def _line(row: HealthRow) -> Claim:
    trend, key = row.trend, row.measure.key
    values = {"name": _named(row.measure), "now": row.shown.said}
    if row.shown.why is not None:
        values["why"] = row.shown.why
        return claim(UNKNOWN, values, measures=(key,))
    if trend.before is None or trend.way is Way.UNKNOWN:
        return claim(NOW, values, measures=(key,))
    values |= {"before": printed(trend.before).said, "day": _last_day(trend.before)}
    words = SINCE if trend.is_clear else SINCE_STEADY
    return claim(words, values, measures=(key,), tone=trend.tone)


def _named(measure: Measure) -> Words:
    """Return a measure's name with the days it looks back on."""
    if not measure.window:
        return measure.name
    name, days = measure.name, measure.window
    return Words(f"{name.ja}(直近{days}日)", f"{name.en} (last {days} days)")


def what_changed(rows: Sequence[HealthRow]) -> tuple[Claim, ...]:
    """Return at most three changes, the strongest first, one of them for the worse if any is.

    Only what exceeds its margin of error is a change; where nothing does, one sentence says so.
    """
    if not rows:
        return ()
    clear = [row for row in rows if row.trend.strength > 1 and row.trend.is_clear]
    clear.sort(key=lambda row: -row.trend.strength)
    chosen = clear[:AT_MOST]
    if not any(row.trend.tone is Tone.WORSE for row in chosen):
        worse = [row for row in clear if row.trend.tone is Tone.WORSE]
        chosen = [*chosen[: AT_MOST - 1], *worse[:1]] if worse else chosen
    if not clear:
        could = any(row.trend.way is not Way.UNKNOWN for row in rows)
        return (claim(NO_CHANGE if could else NO_PAST),)
    return tuple(_change(row) for row in chosen)


def _change(row: HealthRow) -> Claim:
    before = row.trend.before
    values = {
        "name": _named(row.measure),
        "now": row.shown.said,
        "before": printed(before).said,
        "day": _last_day(before or row.trend.now),
    }
    measures = (row.measure.key,)
    return claim(CHANGED[row.trend.way], values, measures=measures, tone=row.trend.tone)


def decisions(facts: ReportFacts) -> tuple[Claim, ...]:
    """Return what the team has to decide; who waits comes before how the numbers are made."""
    if not facts.sources:
        return (claim(NO_SOURCE),)
    asked = (
        (FIRST_POSTS, facts.waiting.first_posts, "件"),
        (GONE_QUIET, facts.waiting.gone_quiet, "人"),
        (FIRST_STARTS, facts.waiting.first_starts, "人"),
    )
    found = [claim(words, {"n": said(n, counter)}) for words, n, counter in asked if n]
    if facts.waiting.first_posts is None:
        found.append(claim(WAITING_UNKNOWN))
    if not facts.staff_marked:
        found.append(claim(UNMARKED))
    for source in facts.sources:
        quiet = max(STALE_AFTER, expected_days(source.name))
        if source.covered_until < facts.as_of - timedelta(days=quiet):
            name = source_name(source.name)
            found.append(claim(OLD_SOURCE, {"name": name, "day": day(source.covered_until)}))
    return tuple(found) or (claim(NOTHING_TO_DECIDE),)


def _last_day(finding: Finding) -> Words:
    return day(finding.as_of - timedelta(days=1))
