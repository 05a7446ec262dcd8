"""The parts every kind of brief is put together from; one without data says what to bring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jibungoto.explain.briefs.advice import NO_PLAN, NO_VOICES
from jibungoto.explain.briefs.as_document import filled
from jibungoto.explain.briefs.audiences import Audience, called
from jibungoto.explain.briefs.brief import Brief, BriefKind, Head, Part, Show, ShowKind
from jibungoto.explain.briefs.conditions import STANDINGS
from jibungoto.explain.claims import Claim, Grade, Tone
from jibungoto.explain.document import Cell, Table
from jibungoto.explain.drafting.conditions import condition_claim, keep_or_change, titled
from jibungoto.explain.drafting.facts import (
    AskFacts,
    BriefFacts,
    ConditionFacts,
)
from jibungoto.explain.drafting.sentences import id_of, last_day, worded
from jibungoto.explain.printing import day, printed, said
from jibungoto.explain.report.health import HealthRow
from jibungoto.explain.report.notes import NO_TARGET, notes_of, short_notes
from jibungoto.explain.wording import blocked_words, is_one_sentence
from jibungoto.explain.wordings import (
    ASK,
    FIRST_POSTS,
    GONE_QUIET,
    NO_RISK,
    OLD_SOURCE,
    WORSENED,
)
from jibungoto.ledger.finding import Interval
from jibungoto.ledger.source import expected_days, source_name
from jibungoto.ledger.words import Words
from jibungoto.plan.standing import Standing

RISKS_AT_MOST = 3
LINES_AT_MOST = 4
STALE_AFTER = 35
"""Days after which a source that ended earlier than the others is asked for again."""
ANSWER_WITHIN = {
    BriefKind.WEEKLY: 7,
    BriefKind.MONTHLY: 14,
    BriefKind.QUARTERLY: 28,
    BriefKind.YEARLY: 60,
}
"""Days until an answer is asked for, where no date is given."""

NO_NUMBERS = Words(
    "この見出しに使える数字が、まだデータにありません。",
    "The data holds no number for this heading yet.",
)
NO_PLAN_THEN = Words(
    "{day}の時点で、実行中の計画はありませんでした。", "No plan was in force on {day}."
)
OF_TODAY = Words(
    "体制は{today}現在のものです。{day}時点の体制は残していません。",
    "The team is as it stands on {today}; how it stood on {day} is not kept.",
)
STUDIES_SINCE = Words(
    "{day}より後に登録・集計・変更した比較と見積もり{n}件は、この資料に入れていません。",
    "Comparisons and models registered, counted or changed after {day} are left out: {n}.",
)
RISKS_OF_TODAY = Words(
    "注意(アラート)は今日の状態だけを残しているため、{day}の資料には入れていません。",
    "Alerts are kept as they stand today, so this brief of {day} leaves them out.",
)
AGREE_ON_ONE = Words(
    "目的と勝利条件を1つ決めること", "agree on one objective and one victory condition"
)
CONTINUE_OR_STOP = Words("続けるか、やめるかの判断", "decide whether to continue or to stop")
YEAR_NOTICE = 60
"""Days before the end of the fiscal year by which the yearly paper wants its answer."""
CONDITIONS = Words("勝利条件", "Victory condition")
TARGET = Words("目標", "Target")
NOW = Words("いま", "Now")
INTERVAL = Words("95%区間", "95% interval")
FORECAST = Words("予測の幅", "Forecast range")
DUE = Words("期日", "Due")
VERDICT = Words("判定", "Verdict")
DASH = Words("-", "-")
CARE = Words("手当て: {care}", "What we do: {care}")


@dataclass(frozen=True, slots=True)
class Material:
    """What a draft is written from: the facts, its reader, its strip, and all that was compared."""

    facts: BriefFacts
    kind: BriefKind
    audience: Audience
    strip: tuple[HealthRow, ...]
    compared: tuple[HealthRow, ...]

    @property
    def as_of(self) -> date:
        """The last local day covered."""
        return self.facts.report.as_of

    def row(self, key: str) -> HealthRow | None:
        """Return the row of a measure, None if it is not shown to this reader."""
        rows = (*self.strip, *self.compared)
        return next((one for one in rows if one.measure.key == key), None)


def objective(material: Material, head: Head = Head.OBJECTIVE) -> Part:
    """Return target, now, interval, forecast range and due date of every victory condition."""
    plan = material.facts.plan
    if plan is None or not plan.conditions:
        return Part(head, text=(no_plan(material),))
    at_most = 3 if material.kind is BriefKind.MONTHLY else 6
    heads = (CONDITIONS, TARGET, NOW, INTERVAL, FORECAST, DUE, VERDICT)
    table = Table(head.words, heads, tuple(map(_condition_row, plan.conditions)))
    return Part(
        head,
        claims=tuple(condition_claim(one) for one in plan.conditions[:at_most]),
        text=tuple(plan.objectives)[:LINES_AT_MOST] if head is Head.OBJECTIVE else (),
        tables=(table,),
    )


def no_plan(material: Material) -> Words:
    """Return that there is no plan; of a day gone by that none was in force then."""
    if material.facts.written is None:
        return NO_PLAN
    return filled(NO_PLAN_THEN, day=day(material.as_of))


def of_another_day(material: Material) -> tuple[Words, ...]:
    """Return that a state is kept as of today alone, in a brief of a day gone by."""
    written = material.facts.written
    if written is None:
        return ()
    return (filled(OF_TODAY, today=day(written), day=day(material.as_of)),)


def _condition_row(one: ConditionFacts) -> tuple[Cell, ...]:
    shown = printed(one.now)
    now = one.told if one.told is not None and one.now is None else shown.value
    of_figure = id_of(one.now) if one.now is not None else ""
    return (
        Cell(titled(one)),
        Cell(one.target),
        Cell(now, of_figure=of_figure),
        Cell(shown.interval, of_figure=of_figure, of_aspect="interval"),
        Cell(one.forecast or DASH),
        Cell(day(one.due)),
        Cell(STANDINGS[one.standing]),
    )


def spread(around: Interval) -> Words:
    """Return a range; money and forecasts are never one number."""
    low, high = (f"{end:,.4g}" if abs(end) < 1000 else f"{end:,.0f}" for end in _ends(around))
    if low == high:
        return Words(low, low)
    return Words(f"{low}〜{high}", f"{low} to {high}")


def _ends(around: Interval) -> tuple[float, float]:
    return around.low, around.high


def strip_part(head: Head, rows: Sequence[HealthRow], *, claims: Sequence[Claim] = ()) -> Part:
    """Return measures as a strip with their course; without any value, what is missing."""
    if not rows:
        return Part(head, claims=tuple(claims), text=(NO_NUMBERS,))
    keys = tuple(id_of(row.trend.now) for row in rows)
    return Part(head, claims=tuple(claims), shows=(Show(ShowKind.STRIP, keys),))


def voices(material: Material) -> Part:
    """Return what members said with permission; never made up."""
    told = [
        Claim(one.text, Grade.E0)
        for one in (material.facts.voices or ())[:2]
        if not blocked_words(one.text, Grade.E0)
    ]
    return Part(Head.VOICES, claims=tuple(told), text=() if told else (NO_VOICES,))


def risks(material: Material) -> Part:
    """Return at most three risks with what is done: those seen by somebody, then from records."""
    told = [
        Claim(
            one.text,
            Grade.E1,
            measures=one.measures,
            rows=one.measures,
            caveats=(filled(CARE, care=one.care),),
        )
        for one in material.facts.risks or ()
        if is_one_sentence(one.text) and not blocked_words(one.text, Grade.E1)
    ]
    found = [*told, *_waiting(material), *_stale(material), *_worsened(material)]
    is_past = material.facts.written is not None
    return Part(
        Head.RISKS,
        claims=tuple(found[:RISKS_AT_MOST]) or (worded(NO_RISK),),
        text=(filled(RISKS_OF_TODAY, day=day(material.as_of)),) if is_past else (),
    )


def _worsened(material: Material) -> list[Claim]:
    found = []
    for key in ("caf50", "unanswered72", "ttfr", "welcome48"):
        row = material.row(key)
        if row is None or row.trend.tone is not Tone.WORSE or row.trend.before is None:
            continue
        before = row.trend.before
        values = {
            "name": row.measure.name,
            "before": printed(before).said,
            "day": last_day(before),
            "now": row.shown.said,
        }
        found.append(worded(WORSENED, values, row=row, tone=Tone.WORSE))
    return found


def _waiting(material: Material) -> list[Claim]:
    waiting = material.facts.report.waiting
    asked = ((FIRST_POSTS, waiting.first_posts, "件"), (GONE_QUIET, waiting.gone_quiet, "人"))
    return [worded(words, {"n": said(n, counter)}) for words, n, counter in asked if n]


def _stale(material: Material) -> list[Claim]:
    report = material.facts.report
    found = []
    for source in report.sources:
        quiet = max(STALE_AFTER, expected_days(source.name))
        if source.covered_until < report.as_of - timedelta(days=quiet):
            values = {"name": source_name(source.name), "day": day(source.covered_until)}
            found.append(worded(OLD_SOURCE, values))
    return found


def asks(material: Material, head: Head = Head.ASK) -> Part:
    """Return what is asked of whom by when: what was entered, else what the plan calls for."""
    return Part(head, claims=tuple(_asked(material, one) for one in asked_of(material)[:2]))


def asked_of(material: Material) -> list[AskFacts]:
    """Return the asks in their order; there is always one, as a brief without one is idle."""
    if material.facts.asks:
        return list(material.facts.asks)
    reader = material.audience.key
    person = _beginning(called(material.facts.addressed_to) or material.audience.addressed)
    if material.kind is BriefKind.YEARLY:
        return [AskFacts(person, CONTINUE_OR_STOP, decide_by(material))]
    soonest = soonest_answer(material)
    by = max(material.as_of + timedelta(days=ANSWER_WITHIN[material.kind]), soonest)
    plan = material.facts.plan
    if plan is None or not plan.conditions:
        return [AskFacts(person, AGREE_ON_ONE, by)]
    shaky = (Standing.OFF, Standing.LOST, Standing.AT_RISK)
    for standing in shaky:
        for one in plan.conditions:
            if one.standing is standing:
                return [AskFacts(person, keep_or_change(one, reader), by)]
    first = min(plan.conditions, key=lambda one: one.due)
    return [AskFacts(person, keep_or_change(first, reader), max(first.due, soonest))]


def _beginning(words: Words) -> Words:
    """Return words as a sentence begins with them."""
    return Words(words.ja, words.en[:1].upper() + words.en[1:])


def _asked(material: Material, one: AskFacts) -> Claim:
    return worded(ASK, {"who": one.person, "action": one.action, "day": day(one.by)})


def decide_by(material: Material) -> date:
    """Return the day by which the yearly decision leaves time either way; never a day gone by."""
    end = fiscal_year_end(material.as_of, material.facts.fiscal_month)
    return max(end - timedelta(days=YEAR_NOTICE), soonest_answer(material))


def soonest_answer(material: Material) -> date:
    """Return the earliest day an answer may be asked for by: never one gone by."""
    return (material.facts.written or material.as_of) + timedelta(days=7)


def fiscal_year_end(as_of: date, month: int) -> date:
    """Return the last day of the fiscal year in which a day lies."""
    year = as_of.year if as_of.month < month else as_of.year + 1
    return date(year, month, 1) - timedelta(days=1)


def first_ask(material: Material) -> Claim:
    """Return the one decision that is asked for."""
    return _asked(material, asked_of(material)[0])


def small_print(
    material: Material, head: Head, *, rows: Sequence[HealthRow], more: Sequence[Words] = ()
) -> Part:
    """Return sources, coverage, how to read and definitions, and the rules of the draft.

    One page has room for the first three; definitions go with it in its file.
    """
    if head is Head.NOTES:
        lines = list(short_notes(material.facts.report, rows))
    else:
        notes = notes_of(material.facts.report, rows)
        lines = [line for note in notes for line in note.lines]
    plan = material.facts.plan
    if plan is not None and plan.conditions:
        lines = [line for line in lines if line != NO_TARGET]
    return Part(head, text=tuple(dict.fromkeys((*more, *lines))))


def all_keys(brief: Brief) -> set[str]:
    """Return the ids of every figure that claims and shows of a brief speak of."""
    keys = {key for one in brief.claims() for key in one.figures}
    return keys | {key for part in brief.parts for show in part.shows for key in show.figures}
