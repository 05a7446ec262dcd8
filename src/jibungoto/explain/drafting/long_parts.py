"""The parts of the quarterly review and of the yearly paper on continuing or stopping."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from jibungoto.explain.briefs.advice import NO_COSTS, NO_STOPS, NO_STUDIES, NO_TEAM
from jibungoto.explain.briefs.as_document import STAGE_MEASURE, filled
from jibungoto.explain.briefs.brief import Head, Part, Show, ShowKind
from jibungoto.explain.briefs.figures import figure_of
from jibungoto.explain.claims import Claim, Grade, Tone
from jibungoto.explain.document import Cell, Table
from jibungoto.explain.drafting.advancing import (
    CURVES,
    HOW,
    advance_claims,
    advance_tables,
    few_joined,
)
from jibungoto.explain.drafting.changes import clear_changes
from jibungoto.explain.drafting.facts import AbilityFacts, StudyFacts
from jibungoto.explain.drafting.parts import (
    NO_NUMBERS,
    STUDIES_SINCE,
    Material,
    asks,
    decide_by,
    fiscal_year_end,
    no_plan,
    of_another_day,
    spread,
    strip_part,
)
from jibungoto.explain.drafting.reader import priced
from jibungoto.explain.drafting.sentences import change, id_of, named, state, worded
from jibungoto.explain.printing import day, said
from jibungoto.explain.report.health import HealthRow, health_of
from jibungoto.explain.wording import first_sentence
from jibungoto.explain.wordings import (
    LEFT_BEHIND,
    MOVES,
    STARTS_END,
    TEAM_COUNTED,
)
from jibungoto.ledger.finding import Finding
from jibungoto.ledger.words import Words

STARTS = (
    *("starters", "starter_rate", "new_starter_share", "start_survival90", "start_pull"),
    *("failed_starts", "staff_start_share"),
)
OUTPUTS = ("outputs", "outputters", "output_rate", "heat")
PROGRAMMES = ("entries_total", "reach_total", "show", "first_time_rate", "stay", "ret_event")
MODES = ("venue", "online")
ALL_MODES = (*MODES, "unsaid", "gone")
CLAIMS_AT_MOST = 3
STUDIES_AT_MOST = 6

HIDDEN_LADDER = Words(
    "この読み手には、メンバーの段を示しません。", "Stages of members are not shown to this reader."
)
NOT_LIKE = Words(
    "登録だけの人の以前の数は、いまの数と比べられません。{why}",
    "The registered of before cannot be compared with those now. {why}",
)
APART = Words(
    "エントリー(申込み)と参加は別の数です。会場とオンラインは、分かる範囲で分けています。",
    "Registrations and attendance are different counts; venue and online stand apart where told.",
)
ABILITY = Words("能力", "Ability")
HOLDERS = Words("担い手", "Cover")
BACKUPS = Words("控え", "Backup")
HOURS = Words("時間(月)", "Hours a month")
STATE = Words("状態", "State")
COST = Words("費用", "Cost")
RANGE = Words("幅", "Range")
MODEL = Words("見方", "Model")
SAVED = Words(
    "やめた場合に減る費用は、次の「費用」の幅です。", "What stopping saves is the range under Cost."
)
PLAN_ENDS = Words(
    "計画の勝利条件のうち、期日が先のもの{n}は判定の前に終わります(最初の期日は{day})。",
    "Victory conditions still ahead of their due date: {n}; they end undecided (the first is due "
    "on {day}).",
)
SERIES_END = Words(
    "番組{n}({names})は、次の回がなくなります。", "Series without a next event: {n} ({names})."
)
ON_ONE = Words(
    "控えのいない能力が{n}件、1人しか開けないアカウントが{accounts}件あり、終わりの作業はその人に頼ることになります。",
    "Abilities without a backup: {n}; accounts that one person alone can open: {accounts}. "
    "Closing down hangs on these people.",
)
HOW_TO_STOP = Words(
    "やめる場合も、終わりの日の告知、記録の引渡し、記録の削除の3つを先に決めます。",
    "Stopping too begins with three things: the announced day, the handover, the deletion.",
)
WHY_CONTINUE = Words(
    "続ける場合の材料は、前の年より良くなったものと、計画の予測の幅です。",
    "For continuing stand what got better against the year before, and the plan's forecast ranges.",
)
GRADED = Words(
    "この資料の主張は、{told}です。E1は件数・推移で、理由までは示しません。",
    "The claims of this paper: {told}. E1 is a count or a trend and does not say why.",
)
NOT_KNOWN = Words("分からない指標: {names}", "Measures not known: {names}")
DECIDE_BY = Words(
    "会計年度は{end}に終わるため、その{n}日前の{by}までに決めると、どちらの場合にも備えられます。",
    "The fiscal year ends on {end}; an answer {n} days before, by {by}, leaves time either way.",
)


def plan_page(material: Material) -> Part:
    """Return the plan in force, line by line."""
    plan = material.facts.plan
    if plan is None:
        return Part(Head.PLAN, text=(no_plan(material),))
    return Part(Head.PLAN, text=(*plan.objectives, *plan.lines) or (no_plan(material),))


def ladder(material: Material) -> Part:
    """Return the stocks of the ladder now and before, and how many moved."""
    report = material.facts.report
    if not material.audience.shows_ladder:
        return Part(Head.LADDER, text=(HIDDEN_LADDER,))
    if not report.ladder.now:
        return Part(Head.LADDER, text=(NO_NUMBERS,))
    claims: tuple[Claim, ...] = ()
    if report.ladder.before:
        moved = {"up": said(report.ladder.moved_up), "down": said(report.ladder.moved_down)}
        claims = (replace(worded(MOVES, moved), measures=(STAGE_MEASURE,), rows=(STAGE_MEASURE,)),)
    told = {one.stage for one in report.ladder.before}
    keys = tuple(ladder_keys(report.as_of, before=[f"S{one}" for one in sorted(told)]))
    shows, advance = (Show(ShowKind.LADDER, keys),), material.facts.advance
    unlike = report.ladder.unlike
    why = () if unlike is None else (filled(NOT_LIKE, why=unlike),)
    if advance is None:
        return Part(Head.LADDER, claims=claims, text=(*why, few_joined()), shows=shows)
    tables = advance_tables(advance)
    return Part(
        Head.LADDER,
        claims=(*claims, *advance_claims(advance)),
        text=(*why, HOW if any(one.title is CURVES for one in tables) else few_joined()),
        shows=shows,
        tables=tables,
    )


def ladder_keys(as_of: date, *, before: Sequence[str]) -> list[str]:
    """Return the ids of the ladder's figures: stocks now, the dormant ones, some of before."""
    parts = [f"S{n}" for n in range(6)]
    now = [*parts, *(f"{part}.dormant" for part in parts[1:])]
    keys = [f"{STAGE_MEASURE}.{part}@{as_of}" for part in now]
    then = as_of - timedelta(days=28)
    return keys + [f"{STAGE_MEASURE}.{part}@{then}" for part in before]


def measures_part(material: Material, head: Head, *, keys: Sequence[str]) -> Part:
    """Return the measures of one heading: the strongest said in words, all of them as a strip."""
    wanted = [key for key in keys if key not in material.audience.leaves_out]
    rows = health_of(material.facts.report, wanted, apart=84)
    known = [row for row in rows if row.shown.why is None]
    ranked = sorted(known, key=lambda row: -row.trend.strength)
    told = [row for row in ranked if row.trend.now.value] or ranked[:1]
    part = strip_part(head, rows, claims=[state(row) for row in told[:CLAIMS_AT_MOST]])
    return _by_mode(material, part) if head is Head.PROGRAMMES and rows else part


def _by_mode(material: Material, part: Part) -> Part:
    """Return a strip in which venue and online stand below each measure that tells them apart."""
    keys = []
    for key in (key for show in part.shows for key in show.figures):
        keys += [key, *map(id_of, _modes(key.partition("@")[0], material.facts.report.findings))]
    return replace(part, text=(APART,), shows=(Show(ShowKind.STRIP, tuple(keys)),))


def _modes(measure: str, findings: Sequence[Finding]) -> list[Finding]:
    """Return a measure's parts by mode; none where one is of few people, as the rest would tell."""
    parts = [one for one in findings if one.measure == measure and one.part in ALL_MODES]
    if any(figure_of(one).withheld is not None for one in parts):
        return []
    return [one for one in parts if one.part in MODES]


def business(material: Material) -> Part:
    """Return every comparison and estimate with its grade, assumptions and range."""
    studies, later = material.facts.studies, _left_out(material)
    if not studies:
        return Part(Head.BUSINESS, text=later or (NO_STUDIES,))
    claims = [_of_study(one) for one in studies]
    rows = [row for one in studies for row in _range_rows(one)]
    table = Table(Head.BUSINESS.words, (MODEL, RANGE), tuple(rows))
    return Part(
        Head.BUSINESS,
        claims=tuple(claims[:STUDIES_AT_MOST]),
        text=later,
        tables=(table,) if rows else (),
    )


def _left_out(material: Material) -> tuple[Words, ...]:
    """Return how many studies came to stand so after the day of a brief of a day gone by."""
    n = material.facts.left_out
    if not n:
        return ()
    return (filled(STUDIES_SINCE, day=day(material.as_of), n=Words(str(n), str(n))),)


def _of_study(one: StudyFacts) -> Claim:
    """Return one sentence of a study; what it adds, its assumptions above all, is a caveat."""
    first, rest = first_sentence(one.text)
    more = (rest,) if rest.ja or rest.en else ()
    return Claim(first, one.grade, caveats=(*more, *one.caveats), evidence=one.evidence)


def _range_rows(one: StudyFacts) -> list[tuple[Cell, ...]]:
    return [(Cell(name), Cell(spread(around))) for name, around in one.ranges]


def cost(material: Material) -> Part:
    """Return what was spent, each line a range."""
    costs = material.facts.costs
    if not costs:
        return Part(Head.COST, text=(NO_COSTS,))
    rows = tuple(
        (
            Cell(one.name),
            Cell(
                filled(
                    Words("{spent}{unit}", "{spent} {unit}"), spent=spread(one.spent), unit=one.unit
                )
            ),
        )
        for one in costs
    )
    worth = priced(material)
    return Part(
        Head.COST,
        text=() if worth is None else (_sentence(worth),),
        tables=(Table(Head.COST.words, (COST, RANGE), rows),),
    )


def _sentence(line: Words) -> Words:
    """Return a line as a sentence of its own."""
    ja, en = line.ja.removesuffix("。"), line.en.removesuffix(".")
    return Words(f"{ja}。", f"{en[:1].upper()}{en[1:]}.")


def team(material: Material) -> Part:
    """Return how the five abilities are covered, and what of the isolation is released."""
    facts = material.facts.team
    if facts is None or not facts.abilities:
        return Part(Head.TEAM, text=(NO_TEAM,))
    counts = {
        "all": len(facts.abilities),
        "held": sum(one.holders > 0 for one in facts.abilities),
        "backed": sum(one.backups > 0 for one in facts.abilities),
    }
    heads = (ABILITY, HOLDERS, BACKUPS, HOURS, STATE)
    rows = tuple(_ability_row(one) for one in facts.abilities)
    return Part(
        Head.TEAM,
        claims=(worded(TEAM_COUNTED, {k: Words(str(n), str(n)) for k, n in counts.items()}),),
        text=(*of_another_day(material), *facts.gaps, *facts.released),
        tables=(Table(Head.TEAM.words, heads, rows),),
    )


def _ability_row(one: AbilityFacts) -> tuple[Cell, ...]:
    """Return one ability; the team is not the members, so small counts of it may be shown."""
    hours = f"{one.hours:g}" if one.hours is not None else "-"
    return (
        Cell(one.ability),
        Cell(Words(str(one.holders), str(one.holders)), one.holders),
        Cell(Words(str(one.backups), str(one.backups)), one.backups),
        Cell(Words(hours, hours), one.hours),
        Cell(one.state or Words("-", "-")),
    )


def coming(material: Material) -> Part:
    """Return what is asked for the next quarter, and what is stopped."""
    plan = material.facts.plan
    stops = tuple(plan.stops) if plan is not None and plan.stops else (NO_STOPS,)
    return replace(asks(material, Head.NEXT), text=stops)


def case_for(material: Material) -> Part:
    """Return the case for continuing: what got better against a year before."""
    better = [row for row in clear_changes(material.compared) if row.trend.tone is Tone.BETTER]
    claims = [change(row) for row in better[:CLAIMS_AT_MOST]]
    if not claims:
        known = [row for row in material.strip if row.shown.why is None]
        claims = [state(row) for row in known[:CLAIMS_AT_MOST]]
    return Part(Head.CONTINUE, claims=tuple(claims), text=(WHY_CONTINUE,))


def case_against(material: Material) -> Part:
    """Return the case for stopping: what got worse, who would lose what, and what it saves."""
    worse = [row for row in clear_changes(material.compared) if row.trend.tone is Tone.WORSE]
    claims = [change(row) for row in worse[:2]]
    for words, key in ((LEFT_BEHIND, "active"), (STARTS_END, "starters")):
        row = material.row(key)
        if row is not None and row.shown.why is None:
            claims.append(worded(words, {"now": row.shown.said}, row=row))
    return Part(Head.STOP, claims=tuple(claims), text=(*_ends(material), SAVED, HOW_TO_STOP))


def _n(count: int, counter: str) -> Words:
    """Return how many there are of what is no person, however few."""
    return Words(f"{count}{counter}", f"{count}")


def _ends(material: Material) -> Iterator[Words]:
    """Yield what else is known to end with it: the plan, the series, what hangs on one person."""
    facts = material.facts
    ahead = facts.plan.conditions if facts.plan is not None else ()
    dues = sorted(one.due for one in ahead if one.due >= material.as_of)
    if dues:
        yield filled(PLAN_ENDS, n=_n(len(dues), "件"), day=day(dues[0]))
    series = facts.programmes or ()
    if series:
        names = Words("、".join(one.name for one in series), ", ".join(one.name for one in series))
        yield filled(SERIES_END, n=_n(len(series), "本"), names=names)
    if facts.team is not None and facts.team.abilities:
        bare = sum(one.holders > 0 and not one.backups for one in facts.team.abilities)
        if bare or facts.team.alone:
            yield ON_ONE.filled(n=bare, accounts=facts.team.alone)


def sure(claims: Sequence[Claim], rows: Sequence[HealthRow]) -> Part:
    """Return how many claims there are of each grade, and which measures are not known."""
    counts = {grade: sum(one.grade is grade for one in claims) for grade in Grade}
    told = {grade: n for grade, n in counts.items() if n}
    lines = [
        filled(
            GRADED,
            told=Words(
                "、".join(f"{grade}が{n}件" for grade, n in told.items()),
                ", ".join(f"{n} of {grade}" for grade, n in told.items()),
            ),
        )
    ]
    unknown = list(dict.fromkeys(named(row.measure) for row in rows if row.shown.why is not None))
    if unknown:
        listed = Words("、".join(one.ja for one in unknown), ", ".join(one.en for one in unknown))
        lines.append(filled(NOT_KNOWN, names=listed))
    return Part(Head.SURE, text=tuple(lines))


def decision(material: Material) -> Part:
    """Return the decision asked and the day by which it leaves time either way."""
    end = fiscal_year_end(material.as_of, material.facts.fiscal_month)
    by = decide_by(material)
    left = str((end - by).days)
    line = filled(DECIDE_BY, end=day(end), by=day(by), n=Words(left, left))
    return replace(asks(material, Head.DECISION), text=(line,))
