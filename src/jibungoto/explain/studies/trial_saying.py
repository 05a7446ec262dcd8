"""What a randomised comparison may say, in the words its grade allows (domain.md 8.1)."""

from __future__ import annotations

from dataclasses import replace

from jibungoto.explain.claims import Claim, Evidence, EvidenceKind, Grade, claim
from jibungoto.explain.studies.printing import amount, between, gap
from jibungoto.explain.studies.registration import Unit
from jibungoto.explain.studies.trial import Trial
from jibungoto.ledger.words import Words

DRAWN = Words(
    "無作為に分けた比較で、「{deed}」を受けた側の{outcome}は受けなかった側と{gap}の差です"
    "(95%区間{spread}、{first}人と{other}人、{days}日間)。",
    "In a randomised comparison, “{deed}” went with a difference of {gap} in the {outcome} "
    "(95% interval {spread}; {first} and {other} people, {days} days).",
)
HIGHER = Words(
    "「{deed}」を受けた側は、{outcome}が{gap}高い(因果ではない。95%区間{spread}、{first}人と{other}人)。",
    "“{deed}” is associated with a higher {outcome}: {gap} (not a cause; 95% interval {spread}; "
    "{first} and {other} people).",
)
LOWER = Words(
    "「{deed}」を受けた側は、{outcome}が{gap}低い(因果ではない。95%区間{spread}、{first}人と{other}人)。",
    "“{deed}” is associated with a lower {outcome}: {gap} (not a cause; 95% interval {spread}; "
    "{first} and {other} people).",
)
UNCLEAR = Words(
    "「{deed}」を受けた側と受けなかった側とで、{outcome}にはっきりした差は見られない"
    "({gap}、95%区間{spread}、{first}人と{other}人)。",
    "No clear difference in the {outcome} between those who got “{deed}” and the others "
    "({gap}; 95% interval {spread}; {first} and {other} people).",
)
BY_SIDE = Words(
    "実際に受けたかどうかではなく、くじで決まった側どうしを比べた値です。",
    "Compared are the sides people were drawn for, whether or not each of them got it.",
)


def unit_of(trial: Trial) -> Unit:
    """Return what the outcome is counted in."""
    return Unit.SHARE if trial.question.outcome.is_share else Unit.NUMBER


def claims_of_trial(trial: Trial) -> tuple[Claim, ...]:
    """Return the one sentence a brief may quote, in the wording its grade allows; often none."""
    found = trial.estimate
    if found is None or trial.grade is None:
        return ()
    unit, question = unit_of(trial), trial.question
    values = {
        "deed": Words(question.deed, question.deed),
        "outcome": question.outcome.words,
        "gap": gap(found.value, unit),
        "spread": between(found.interval, unit),
        "first": _number(trial.treated),
        "other": _number(trial.held),
        "days": _number(question.days),
    }
    made = claim(_wording(trial), values, grade=trial.grade)
    evidence = Evidence(
        EvidenceKind.TRIAL,
        said=values["gap"],
        numbers=made.text,
        low=found.interval.low if found.interval else None,
        high=found.interval.high if found.interval else None,
        passed=tuple(one.passed for one in trial.checks),
    )
    return (replace(made, evidence=evidence),)


def _wording(trial: Trial) -> Words:
    if trial.grade is Grade.E4:
        return DRAWN
    if trial.estimate is None or not trial.estimate.excludes_zero:
        return UNCLEAR
    return HIGHER if trial.estimate.value > 0 else LOWER


def means(trial: Trial) -> tuple[Words, Words]:
    """Return the two means as they are printed."""
    unit = unit_of(trial)
    return amount(trial.means[0], unit), amount(trial.means[1], unit)


def _number(number: int) -> Words:
    return Words(f"{number:,}", f"{number:,}")
