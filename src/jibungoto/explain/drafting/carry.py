"""Carries what a person wrote from one draft of a brief into the next, numbers checked anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeGuard

from jibungoto.explain.briefs.as_document import filled
from jibungoto.explain.briefs.brief import Brief, BriefKind, Correction, Head, Part
from jibungoto.explain.briefs.figures import Figure, shown_of
from jibungoto.explain.briefs.quoting import quotes
from jibungoto.explain.claims import Claim, Grade
from jibungoto.explain.document import Cell, Table
from jibungoto.explain.drafting.sentences import worded
from jibungoto.explain.printing import Printed, day
from jibungoto.explain.wordings import SAID_MONTH, SAID_QUARTER, SAID_WEEK, SAID_YEAR
from jibungoto.ledger.words import Words

SAID: dict[BriefKind, Words] = {
    BriefKind.WEEKLY: SAID_WEEK,
    BriefKind.MONTHLY: SAID_MONTH,
    BriefKind.QUARTERLY: SAID_QUARTER,
    BriefKind.YEARLY: SAID_YEAR,
}
NEW_RULE = Words(
    "指標の定義が第{before}版から第{now}版に変わっています。",
    "The definition of the measure changed from version {before} to version {now}.",
)
GONE = Words("分からない", "not known")
MEASURE = Words("指標", "Measure")
DAY = Words("時点", "On")
SAID_THEN = Words("書いた値", "Said")
NOW = Words("正しい値", "Right")
SAID_AT_MOST = 12


def carried(old: Brief, fresh: Brief, *, known: Mapping[str, Figure]) -> Brief:
    """Return a fresh draft with the claims a person wrote in the old one.

    A figure such a claim quotes is kept where it still reads so; otherwise the claim loses it,
    and its number has to be looked at again.
    """
    held = {one.key: one for one in fresh.figures}
    for part in old.parts:
        for claim in part.claims:
            if claim.is_edited:
                fresh = _with(fresh, part.head, claim=_requoted(claim, known))
    for claim in fresh.claims():
        held |= {key: known[key] for key in claim.figures if key not in held and key in known}
    figures = sorted(held.values(), key=lambda one: (one.measure, one.part, one.as_of))
    measures = {one.measure for one in figures}
    definitions = {one.measure: one for one in (*old.definitions, *fresh.definitions)}
    return replace(
        fresh,
        figures=tuple(figures),
        definitions=tuple(one for key, one in definitions.items() if key in measures),
        consents=old.consents,
    )


def _requoted(claim: Claim, known: Mapping[str, Figure]) -> Claim:
    still = tuple(key for key in claim.figures if key in known and quotes(claim.text, known[key]))
    return replace(claim, figures=still)


def _with(brief: Brief, head: Head, *, claim: Claim) -> Brief:
    if brief.claim(claim.key) is not None:
        return brief.with_claim(claim)
    return brief.with_more(head, claim)


def corrections(old: Brief, known: Mapping[str, Figure]) -> tuple[Correction, ...]:
    """Return every figure of an issued brief that reads otherwise today, as of the same day."""
    found = []
    for figure in old.figures:
        now = known.get(figure.key)
        said, reads = shown_of(figure), shown_of(now) if now is not None else None
        if not (_is_told(said) or _is_told(reads)):
            continue  # it was not known then, and is not now
        is_interval = reads is not None and reads.said == said.said
        if is_interval and (figure.inputs.sample or reads == said):
            continue  # other draws of the same sample are no news
        why = None
        if now is not None and now.version != figure.version:
            why = NEW_RULE.filled(before=figure.version, now=now.version)
        found.append(
            Correction(
                figure.key,
                said=_told(said, with_interval=is_interval),
                now=_told(reads, with_interval=is_interval),
                why=why,
            )
        )
    return tuple(found)


def _is_told(shown: Printed | None) -> TypeGuard[Printed]:
    return shown is not None and shown.why is None


def _told(shown: Printed | None, *, with_interval: bool) -> Words:
    if not _is_told(shown):
        return GONE
    if not with_interval:
        return shown.said
    return filled(
        Words("{said}(95%区間{around})", "{said} (95% interval {around})"),
        said=shown.said,
        around=shown.interval,
    )


def correcting(old: Brief, fresh: Brief, *, number: int, found: tuple[Correction, ...]) -> Brief:
    """Return a fresh brief that opens with what the old one, of some number, said otherwise.

    What sentences quoted or strips showed is said in words; every change stands in the table.
    """
    quoted = {key for claim in old.claims() for key in claim.figures}
    told = [one for one in found if one.figure in quoted or one.figure.endswith(f"@{old.as_of}")]
    ranked = sorted(told, key=lambda one: one.figure not in quoted)[:SAID_AT_MOST]
    part = Part(
        Head.CORRECTIONS,
        claims=tuple(_claim(old, one, place=place) for place, one in enumerate(ranked, start=1)),
        tables=(_table(old, found),),
    )
    return replace(fresh, parts=(part, *fresh.parts), corrections=found, corrects=number)


def _table(old: Brief, found: tuple[Correction, ...]) -> Table:
    rows = tuple(
        (Cell(_name(old, one)), Cell(_day(old, one)), Cell(one.said), Cell(one.now))
        for one in found
    )
    return Table(Head.CORRECTIONS.words, (MEASURE, DAY, SAID_THEN, NOW), rows)


def _name(old: Brief, one: Correction) -> Words:
    figure = old.figure(one.figure)
    for each in old.definitions:
        if figure is not None and each.measure == figure.measure:
            part = each.parts.get(figure.part)
            named = Words("{name}: {part}", "{name}: {part}")
            return filled(named, name=each.name, part=part) if part is not None else each.name
    return Words(one.figure, one.figure)


def _day(old: Brief, one: Correction) -> Words:
    figure = old.figure(one.figure)
    return day(figure.as_of) if figure is not None else Words("-", "-")


def _claim(old: Brief, one: Correction, *, place: int) -> Claim:
    values = {
        "name": _name(old, one),
        "day": _day(old, one),
        "said": one.said,
        "now": one.now,
    }
    claim = worded(SAID[old.kind], values, grade=Grade.E1)
    return replace(
        claim,
        key=f"{Head.CORRECTIONS}-{place}",
        caveats=(one.why,) if one.why is not None else (),
    )
