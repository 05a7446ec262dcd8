"""What a money model may say: its claim with the range, and its table with every assumption."""

from __future__ import annotations

from dataclasses import replace

from jibungoto.explain.claims import Claim, Evidence, EvidenceKind, Grade, claim
from jibungoto.explain.document import Cell, Table
from jibungoto.explain.studies.money import CASES, Assumption, Case, Kind, Reckoned, Result, taken
from jibungoto.explain.studies.printing import DASH
from jibungoto.ledger.words import Words

SUMMED = Words(
    "{name}: {low}〜{high}(中心{middle})。置いた仮定: {assumed}。",
    "{name}: {low} to {high} (base {middle}). Assumed: {assumed}.",
)
UNRANGED = Words(
    "{name}: {middle}(幅は示されていない)。置いた仮定: {assumed}。",
    "{name}: {middle} (no range is stated). Assumed: {assumed}.",
)
ESTIMATED = Words(
    "{name}は、条件をそろえた推定で{low}〜{high}(中心{middle})。前提: {assumed}。",
    "{name}: estimated at {low} to {high} (base {middle}). It assumes: {assumed}.",
)
_NOT_COUNTED = Words("{name}は{without}", "{name}: {without}")
NO_SPENDING = Words(
    "費用が0のため、割り算ができません", "the cost is 0, so there is nothing to divide by"
)
_COLUMN = Words("仮定", "Assumption")
_RESULT = Words("結果", "Result")


def claims_of_money(reckoned: Reckoned) -> tuple[Claim, ...]:
    """Return one sentence for each headline, with range and assumptions; none while one lacks."""
    return tuple(
        _claim(reckoned, result)
        for result in reckoned.results
        if all(value is not None for value in result.cases.values())
    )


def _claim(reckoned: Reckoned, result: Result) -> Claim:
    shown = {case.value: worth(result, case) for case in Case}
    told = [_assumed(one, reckoned) for one in reckoned.model.assumptions]
    shown["assumed"] = Words("、".join(one.ja for one in told), "; ".join(one.en for one in told))
    name, line = reckoned.model.name, result.line.name
    shown["name"] = Words(f"{name.ja}({line.ja})", f"{name.en} ({line.en})")
    wording = ESTIMATED if reckoned.grade in (Grade.E3, Grade.E4) else SUMMED
    if len(set(result.cases.values())) == 1:
        wording = UNRANGED
    made = claim(wording, shown, grade=reckoned.grade)
    evidence = Evidence(
        EvidenceKind.MODEL,
        said=shown[Case.MIDDLE.value],
        numbers=made.text,
        rests_on=reckoned.grade,
    )
    return replace(made, evidence=evidence)


def _assumed(one: Assumption, reckoned: Reckoned) -> Words:
    said = reckoned.given[one.key]
    if not said.is_on:
        return Words(
            _NOT_COUNTED.ja.format(name=one.name.ja, without=one.without.ja),
            _NOT_COUNTED.en.format(name=one.name.en, without=one.without.en),
        )
    ends = [number(taken(one, said, case=case), one.kind) for case in Case]
    low, middle, high = ends if one.raises else reversed(ends)
    if low == middle == high:
        return Words(f"{one.name.ja} {middle.ja}", f"{one.name.en} {middle.en}")
    return Words(f"{one.name.ja} {low.ja}〜{high.ja}", f"{one.name.en} {low.en} to {high.en}")


def worth(result: Result, case: Case) -> Words:
    """Return a result in one case as it is printed."""
    value = result.cases[case]
    if value is None:
        return DASH
    if result.line.is_ratio:
        return Words(f"{value * 100:+,.0f}%", f"{value * 100:+,.0f}%")
    return number(value, Kind.YEN)


def number(value: float | None, kind: Kind) -> Words:
    """Return an assumption's number with its unit."""
    if value is None:
        return DASH
    if kind is Kind.SHARE:
        return Words(f"{value * 100:g}%", f"{value * 100:g}%")
    plain = f"{value:,.0f}" if value == round(value) or abs(value) >= 100 else f"{value:,.2f}"
    if kind is Kind.YEN:
        return Words(f"{plain}円", f"{plain} yen")
    return Words(f"{plain}時間", f"{plain} h") if kind is Kind.HOURS else Words(plain, plain)


def tables_of_money(reckoned: Reckoned) -> tuple[Table, Table]:
    """Return the results and the assumptions of a model, low, middle and high beside each other."""
    head = tuple(CASES[case] for case in Case)
    results = tuple(
        (
            Cell(result.line.name),
            *(
                Cell(
                    worth(result, case),
                    result.cases[case],
                    small=_why_none(result, case, reckoned=reckoned),
                )
                for case in Case
            ),
        )
        for result in reckoned.results
    )
    assumed = tuple(_row(one, reckoned) for one in reckoned.model.assumptions)
    title = reckoned.model.name
    return (
        Table(title, (_RESULT, *head), results),
        Table(_COLUMN, (_COLUMN, *head), assumed),
    )


def _why_none(result: Result, case: Case, *, reckoned: Reckoned) -> Words | None:
    """Return why a return has no value where everything it takes is there: nothing was spent."""
    if reckoned.missing or result.cases[case] is not None:
        return None
    return NO_SPENDING if result.line.is_ratio else None


def _row(one: Assumption, reckoned: Reckoned) -> tuple[Cell, ...]:
    said = reckoned.given[one.key]
    values = (said.low, said.middle, said.high) if said.is_on else (one.off,) * 3
    return (Cell(one.name), *(Cell(number(value, one.kind), value) for value in values))
