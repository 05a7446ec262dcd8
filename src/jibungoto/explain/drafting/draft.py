"""Writes the draft of a brief from facts: nothing in it is typed in, and it is never only good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from jibungoto.explain.briefs.audiences import AUDIENCES, AudienceKey
from jibungoto.explain.briefs.brief import (
    LAYOUT,
    PERIODS,
    Brief,
    BriefKind,
    Head,
    Part,
    Show,
    ShowKind,
)
from jibungoto.explain.briefs.conditions import ConditionKept, without_course
from jibungoto.explain.briefs.figures import Comparison, comparison_of, definition_of
from jibungoto.explain.briefs.rewriting import with_bound_sentences
from jibungoto.explain.claims import Claim, Tone
from jibungoto.explain.drafting import long_parts as long
from jibungoto.explain.drafting.changes import COMPARED, changes, clear_changes, rule_of
from jibungoto.explain.drafting.circulating import circulation_table
from jibungoto.explain.drafting.conditions import bad_condition, standing_line
from jibungoto.explain.drafting.differences import with_their_shares
from jibungoto.explain.drafting.facts import BriefFacts
from jibungoto.explain.drafting.figures import course_of, figures_for
from jibungoto.explain.drafting.parts import (
    Material,
    asks,
    first_ask,
    objective,
    risks,
    small_print,
    strip_part,
    voices,
)
from jibungoto.explain.drafting.programmes import programmes, starts
from jibungoto.explain.drafting.reader import reader_lines
from jibungoto.explain.drafting.sentences import change, id_of, state, worded
from jibungoto.explain.report.health import HealthRow, health_of
from jibungoto.explain.wordings import (
    NOTHING_KNOWN,
    is_ask,
)
from jibungoto.ledger.words import Words
from jibungoto.understand.catalogue import measure_of

STRIP = ("new", "act30", "starters", "heat", "caf50")
"""The health strip of domain.md 14.1; what its reader asks for is added."""
STRIP_AT_MOST = 8
NOTHING_TO_COMPARE = Words(
    "比べられる数字が、まだありません。", "There is no number to compare with an earlier one yet."
)


def draft(facts: BriefFacts, kind: BriefKind, *, audience: AudienceKey) -> Brief:
    """Return a brief of one kind for one reader, with every figure it speaks of."""
    material = _material(with_their_shares(facts), kind, audience=audience)
    parts: list[Part] = []
    for head in LAYOUT[kind]:
        if head is Head.SURE:
            claims = [one for part in parts for one in part.claims if not is_ask(one)]
            parts.append(long.sure(claims, [*material.strip, *material.compared]))
        elif head in (Head.NOTES, Head.APPENDIX):
            rows = _rows_spoken_of(material, parts)
            rule = rule_of(material.compared, is_short=head is Head.NOTES)
            parts.append(small_print(material, head, rows=rows, more=(rule,)))
        else:
            parts.append(PARTS[head](material))
    brief = Brief(
        kind=kind,
        audience=audience,
        community=facts.report.community,
        since=_since(kind, facts.report.as_of),
        as_of=facts.report.as_of,
        parts=tuple(map(_keyed, parts)),
        conditions_kept=_conditions(facts),
        addressed_to=facts.addressed_to,
    )
    return _completed(brief, material)


def _conditions(facts: BriefFacts) -> tuple[ConditionKept, ...]:
    plan = facts.plan
    return tuple(one.kept for one in plan.conditions if one.kept) if plan is not None else ()


def _material(facts: BriefFacts, kind: BriefKind, *, audience: AudienceKey) -> Material:
    reader = AUDIENCES[audience]
    wanted = [*STRIP, *(key for key in reader.measures if key not in STRIP)]
    strip = [key for key in wanted if key not in reader.leaves_out][:STRIP_AT_MOST]
    others = [key for key in COMPARED if key not in reader.leaves_out]
    apart = PERIODS[kind]
    return Material(
        facts=facts,
        kind=kind,
        audience=reader,
        strip=health_of(facts.report, strip, apart=apart),
        compared=health_of(facts.report, others, apart=apart),
    )


def _since(kind: BriefKind, as_of: date) -> date:
    return as_of - timedelta(days=PERIODS[kind] - 1)


def _lines(material: Material) -> Part:
    """Return the three lines of a week: what changed most, what is bad or odd, what is asked."""
    found = _headline(material, at_most=2)
    return Part(Head.LINES, claims=(*found, first_ask(material))[:3])


def _bottom_line(material: Material, head: Head = Head.BOTTOM_LINE) -> Part:
    """Return the state against the victory conditions, the strongest change, what is asked."""
    plan = material.facts.plan
    standing = standing_line(plan) if plan is not None else None
    known = [standing] if standing is not None else []
    found = [*known, *_headline(material, at_most=1)] if known else _sized(material)
    return Part(head, claims=(*found, first_ask(material))[:3], text=reader_lines(material))


def _sized(material: Material) -> list[Claim]:
    """Return how many are active, then what changed most for the worse, or most of all."""
    size = material.row("active")
    if size is None or not material.compared:
        return _headline(material, at_most=2)
    told = _headline(material, at_most=2)
    bad = [one for one in told if one.tone is Tone.WORSE and "active" not in one.measures]
    others = bad or [one for one in told if "active" not in one.measures]
    return [state(size), *others[:1]]


def _headline(material: Material, *, at_most: int) -> list[Claim]:
    """Return the strongest change, then what is bad or a surprise; else how big it is.

    A victory condition that is off or at risk is what is bad.
    """
    bad = bad_condition(material.facts.plan)
    if not material.compared:
        return [bad or worded(NOTHING_KNOWN)]
    clear = clear_changes(material.compared)
    size = material.row("active")
    first = [change(clear[0])] if clear else [state(size)] if size is not None else []
    found = changes(material.compared)
    worse = [bad] if bad is not None else [one for one in found if one.tone is Tone.WORSE]
    others = worse or list(found)[1:]
    said = {one.text for one in first}
    return [*first, *(one for one in others if one.text not in said)][:at_most]


def _summary(material: Material) -> Part:
    """Return the bottom line of a long brief with the course of the active members."""
    part = _bottom_line(material, Head.SUMMARY)
    size = material.row("active")
    if size is None or size.trend.now.value is None:
        return part
    course = [*course_of("active", material.facts.report), size.trend.now]
    show = Show(ShowKind.COURSE, tuple(map(id_of, course)))
    return replace(part, shows=(show,))


def _verdicts(material: Material) -> Part:
    return objective(material, Head.VERDICTS)


def _changes(material: Material) -> Part:
    found = changes(material.compared, bad=bad_condition(material.facts.plan))
    return Part(Head.CHANGES, claims=found, text=() if found else (NOTHING_TO_COMPARE,))


def _health(material: Material) -> Part:
    return strip_part(Head.HEALTH, material.strip)


PARTS: dict[Head, Callable[[Material], Part]] = {
    Head.LINES: _lines,
    Head.BOTTOM_LINE: _bottom_line,
    Head.OBJECTIVE: objective,
    Head.CHANGES: _changes,
    Head.VOICES: voices,
    Head.HEALTH: _health,
    Head.RISKS: risks,
    Head.ASK: asks,
    Head.SUMMARY: _summary,
    Head.PLAN: long.plan_page,
    Head.VERDICTS: _verdicts,
    Head.LADDER: long.ladder,
    Head.STARTS: starts,
    Head.OUTPUTS: lambda material: replace(
        long.measures_part(material, Head.OUTPUTS, keys=long.OUTPUTS),
        tables=(circulation_table(),),
    ),
    Head.PROGRAMMES: programmes,
    Head.BUSINESS: long.business,
    Head.COST: long.cost,
    Head.TEAM: long.team,
    Head.NEXT: long.coming,
    Head.CONTINUE: long.case_for,
    Head.STOP: long.case_against,
    Head.DECISION: long.decision,
}
"""What writes the part under each heading."""


def _keyed(part: Part) -> Part:
    """Name the claims of a part, each by its heading and place."""
    claims = tuple(
        replace(one, key=f"{part.head}-{place}") for place, one in enumerate(part.claims, start=1)
    )
    return replace(part, claims=claims)


def _rows_spoken_of(material: Material, parts: Sequence[Part]) -> list[HealthRow]:
    """Return the strip's rows, and those of measures that claims speak of."""
    told = {key for part in parts for one in part.claims for key in one.measures}
    rows = {row.measure.key: row for row in material.strip}
    for row in material.compared:
        if row.measure.key in told:
            rows.setdefault(row.measure.key, row)
    return list(rows.values())


def _completed(brief: Brief, material: Material) -> Brief:
    """Add every figure that is spoken of, what each was compared with, and its definition."""
    rows = {row.measure.key: row for row in (*material.strip, *material.compared)}
    shown = {
        key.partition("@")[0] for part in brief.parts for show in part.shows for key in show.figures
    }
    extra = health_of(
        material.facts.report,
        [key for key in shown if "." not in key and key not in rows],
        apart=PERIODS[brief.kind],
    )
    rows |= {row.measure.key: row for row in extra}
    figures = figures_for(brief, material.facts, rows=list(rows.values()))
    kept = {figure.key for figure in figures}
    compared: dict[str, Comparison] = {}
    for row in rows.values():
        one = comparison_of(row.trend)
        if one is not None and {one.now, one.before} <= kept:
            compared[one.now] = one
    measures = dict.fromkeys(figure.measure for figure in figures)
    defined = [measure_of(key) for key in measures]
    hidden = {(one.measure, one.part) for one in figures if one.withheld is not None}
    whole = replace(
        brief,
        figures=figures,
        conditions_kept=tuple(
            without_course(one) if (one.measure, one.part) in hidden else one
            for one in brief.conditions_kept
        ),
        comparisons=tuple(compared.values()),
        definitions=tuple(definition_of(one) for one in defined if one is not None),
    )
    return with_bound_sentences(whole)
