"""What a study may say: the claim its grade allows, who joins, and how much bias it would take."""

from __future__ import annotations

from dataclasses import replace

from jibungoto.explain.claims import Claim, Evidence, EvidenceKind, Grade, Tone, claim
from jibungoto.explain.studies.intervals import Estimate
from jibungoto.explain.studies.matching import Likeness
from jibungoto.explain.studies.printing import between, gap
from jibungoto.explain.studies.registration import Method, Unit
from jibungoto.explain.studies.study import Study
from jibungoto.ledger.words import Words

ESTIMATED = {
    Method.MATCHED: Words(
        "条件をそろえた推定で、参加したアカウントの{outcome}の変化は、似たアカウントと比べて{gap}"
        "(95%区間{spread}、{joined}社と{controls}社)。"
        "前提: 組にした両者が、参加がなければ同じように動いたこと。",
        "Estimated from matched accounts: {outcome} of accounts that joined changed by {gap} "
        "against similar ones (95% interval {spread}; {joined} and {controls} accounts). It "
        "assumes that both would have moved alike without joining.",
    ),
    Method.DIFFERENCE: Words(
        "条件をそろえた推定で、参加したアカウントの{outcome}の変化は、まだ参加していないアカウントと比べて{gap}"
        "(95%区間{spread}、{joined}社と{controls}社)。前提: 参加がなければ両者が平行に動いたこと。",
        "Estimated by difference-in-differences: {outcome} of accounts that joined changed by "
        "{gap} against those that have not (95% interval {spread}; {joined} and {controls} "
        "accounts). It assumes that both would have moved in parallel without joining.",
    ),
}
HIGHER = Words(
    "参加したアカウントは、{outcome}の伸びが{gap}高い(因果ではない。95%区間{spread}、{joined}社と{controls}社)。",
    "Having joined is associated with a higher change of {outcome}: {gap} (not a cause; 95% "
    "interval {spread}; {joined} and {controls} accounts).",
)
LOWER = Words(
    "参加したアカウントは、{outcome}の伸びが{gap}低い(因果ではない。95%区間{spread}、{joined}社と{controls}社)。",
    "Having joined is associated with a lower change of {outcome}: {gap} (not a cause; 95% "
    "interval {spread}; {joined} and {controls} accounts).",
)
UNCLEAR = Words(
    "参加したアカウントとその他とで、{outcome}の変化にはっきりした差は見られない"
    "({gap}、95%区間{spread}、{joined}社と{controls}社)。",
    "No clear difference in the change of {outcome} between accounts that joined and others "
    "({gap}; 95% interval {spread}; {joined} and {controls} accounts).",
)
SOME_JOINED = Words("参加した{all}社のうち{n}", "{n} of the {all} that joined")
EAGER = Words(
    "もともと熱心な顧客ほどコミュニティに参加しがちです。参加前の違いを下に示します。",
    "Eager customers join communities. How they differed before joining stands below.",
)
_QUALITIES = {
    "level": Words("参加前の平均", "Mean before joining"),
    "trend": Words("参加前の動き", "Trend before joining"),
    "tenure": Words("取引の長さ", "Tenure"),
}
_SEGMENT = Words("セグメント: {name}", "Segment: {name}")
_NO_SEGMENT = Words("セグメントなし", "No segment")


def claims_of_study(study: Study) -> tuple[Claim, ...]:
    """Return the one sentence a brief may quote, in the wording its grade allows; often none."""
    found, told = study.estimate, study.asked.registration
    if found is None or study.grade is None:
        return ()
    shown = {"outcome": Words(told.outcome, told.outcome), **_numbers(study, found, unit=told.unit)}
    made = claim(_wording(study, found), shown, grade=study.grade, tone=Tone.NEITHER)
    evidence = Evidence(
        EvidenceKind.STUDY,
        said=shown["gap"],
        numbers=made.text,
        low=found.interval.low if found.interval else None,
        high=found.interval.high if found.interval else None,
        passed=tuple(one.passed for one in study.checks),
    )
    return (replace(made, caveats=study.cautions, evidence=evidence),)


def _wording(study: Study, found: Estimate) -> Words:
    if study.grade is Grade.E3:
        return ESTIMATED[study.asked.registration.method]
    if not found.excludes_zero:
        return UNCLEAR
    return HIGHER if found.value > 0 else LOWER


def _numbers(study: Study, found: Estimate, *, unit: Unit) -> dict[str, Words]:
    return {
        "gap": gap(found.value, unit),
        "spread": between(found.interval, unit),
        "joined": _joined(study),
        "controls": Words(str(study.controls), str(study.controls)),
    }


def _joined(study: Study) -> Words:
    """Return on how many that joined it rests, and of how many where some are left out."""
    n = str(study.joined)
    if study.all_joined <= study.joined:
        return Words(n, n)
    return SOME_JOINED.filled(n=n, all=study.all_joined)


def sensitivity(found: Estimate, unit: Unit) -> Words:
    """Say how large a hidden bias would bring the end of the interval nearest to 0 down to it."""
    if not found.excludes_zero or found.interval is None:
        return Words(
            "区間に0が入るため、隠れた偏りがなくても差があるとは言えません。",
            "The interval contains 0: even without any hidden bias no difference can be claimed.",
        )
    low, high = found.interval.low, found.interval.high
    needed = low if low > 0 else high
    says = Words(
        "記録にない違いだけで{gap}の差がつくなら、区間の端は0に届きます(推定値の{share}%)。",
        "A hidden difference between both sides of {gap} would bring the interval to 0 "
        "({share}% of the estimate).",
    )
    shown, share = gap(needed, unit), f"{100 * needed / found.value:.0f}"
    return Words(
        says.ja.format(gap=shown.ja, share=share), says.en.format(gap=shown.en, share=share)
    )


def quality(one: Likeness, segments: tuple[str, ...]) -> Words:
    """Return the name of a quality in which both sides may differ."""
    known = _QUALITIES.get(one.key)
    if known is not None:
        return known
    name = segments[int(one.key.removeprefix("segment "))]
    return _SEGMENT.filled(name=name) if name else _NO_SEGMENT
