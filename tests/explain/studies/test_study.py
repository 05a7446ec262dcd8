"""A study from records to its sentence: what it lacks, what lowers its grade, what it may say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from msgspec import structs

from jibungoto.explain.claims import Grade
from jibungoto.explain.studies.accounts import Laid, Record, lay_out
from jibungoto.explain.studies.lacks import (
    NO_CONTROL,
    NO_LINKS,
    NO_RECORDS,
    NOBODY_ACTED,
    NOBODY_JOINED,
    TOO_SHORT,
)
from jibungoto.explain.studies.panel import NEVER, Panel, rows_of
from jibungoto.explain.studies.registration import (
    Edit,
    Joining,
    Method,
    Registration,
    Unit,
    edits_between,
    late,
    registered,
)
from jibungoto.explain.studies.saying import claims_of_study, quality, sensitivity
from jibungoto.explain.studies.study import Asked, Study, has_heavy_tails, studied
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from tests.explain.studies.made import PERIODS, Making, made

QUESTION = Registration(
    objective="更新してもらう",
    outcome="売上",
    first="2025-01",
    last="2026-06",
    pre=6,
    post=4,
    unit=Unit.YEN,
)
MANY = Making(accounts=300, change=2.0)


ASKED = Asked(QUESTION)


def study_of(panel: Panel, asked: Asked = ASKED) -> Study:
    return studied(Laid(panel, segments=("A", "B")), asked)


def failed(study: Study) -> list[str]:
    return [check.key for check in study.checks if not check.passed]


def test_a_study_that_passes_every_check_is_estimated() -> None:
    study = study_of(made(3, MANY))
    assert (failed(study), study.grade) == ([], Grade.E3)
    (claim,) = claims_of_study(study)
    assert claim.grade is Grade.E3
    assert claim.text.ja.startswith("条件をそろえた推定で、参加したアカウントの売上の変化は")
    assert "前提:" in claim.text.ja and "It assumes" in claim.text.en


def test_every_check_is_named_in_both_languages() -> None:
    study = study_of(made(3, MANY))
    assert [check.key for check in study.checks] == [
        *("size", "balance", "trends", "placebo", "before", "first")
    ]


@pytest.mark.parametrize("method", Method)
def test_few_accounts_fall_to_e2(method: Method) -> None:
    asked = Asked(structs.replace(QUESTION, method=method))
    study = study_of(made(3, Making(accounts=44, change=2.0, share=0.5)), asked)
    assert "size" in failed(study) and study.grade is Grade.E2
    (claim,) = claims_of_study(study)
    assert "因果ではない" in claim.text.ja and "associated with" in claim.text.en


def test_a_rise_before_joining_falls_to_e2() -> None:
    panel = made(3, MANY)
    before = np.arange(PERIODS) == panel.joined[:, None] - 1
    study = study_of(replace(panel, values=panel.values + 1.5 * before))
    assert {"placebo", "before"} <= set(failed(study))
    assert study.grade is Grade.E2


def test_sides_that_drift_apart_fall_to_e2() -> None:
    panel = made(3, MANY)
    drift = 0.3 * np.arange(PERIODS) * (panel.joined != NEVER)[:, None]
    asked = Asked(structs.replace(QUESTION, method=Method.DIFFERENCE))
    study = study_of(replace(panel, values=panel.values + drift), asked)
    assert {"trends", "placebo"} <= set(failed(study))
    assert study.grade is Grade.E2


def test_a_question_asked_later_or_changed_later_falls_to_e2() -> None:
    panel = made(3, MANY)
    edit = Edit(at="2026-07-01", field="post", before="3", after="4", is_late=True)
    for asked in (Asked(QUESTION, is_first=False), Asked(QUESTION, edits=(edit,))):
        study = study_of(panel, asked)
        assert (failed(study), study.grade) == (["first"], Grade.E2)


def test_another_wording_of_the_objective_is_no_late_change() -> None:
    other = structs.replace(QUESTION, objective="更新", post=5)
    edits = edits_between(QUESTION, other, at="2026-07-01", is_late=True)
    assert [edit.field for edit in edits] == ["objective", "post"]
    assert [edit.field for edit in late(edits)] == ["post"]


def test_a_control_serves_one_account_only_and_is_of_its_segment() -> None:
    from jibungoto.explain.studies.matching import match
    from jibungoto.explain.studies.panel import rows_of

    rows, _ = rows_of(made(3, MANY), pre=6, post=4)
    matched = match(rows, ratio=3)
    controls = rows.account[matched.control]
    assert len(set(controls.tolist())) == len(controls)
    assert (rows.stratum[matched.treated] == rows.stratum[matched.control]).all()
    assert not rows.is_treated[matched.control].any()
    assert np.bincount(matched.treated).max() == 3


def test_who_joins_is_always_told() -> None:
    study = study_of(made(3, replace(MANY, selection=2.0)))
    told = {quality(one, study.segments).en: one for one in study.likeness}
    assert list(told) == [
        *("Mean before joining", "Trend before joining", "Segment: A", "Segment: B")
    ]
    assert told["Mean before joining"].before > 0.5
    assert abs(told["Mean before joining"].after) < 0.1


def test_the_bias_that_would_undo_an_estimate_is_its_nearer_end() -> None:
    study = study_of(made(3, MANY))
    assert study.estimate is not None and study.estimate.interval is not None
    low = study.estimate.interval.low
    assert f"+{low:.2f} yen" in sensitivity(study.estimate, Unit.YEN).en
    nothing = study_of(made(5, replace(MANY, change=0.0)))
    assert nothing.estimate is not None
    assert "contains 0" in sensitivity(nothing.estimate, Unit.YEN).en


def test_an_outcome_that_never_varies_has_no_interval_and_no_claim() -> None:
    panel = made(3, MANY)
    study = study_of(replace(panel, values=np.ones_like(panel.values)))
    assert study.grade is None
    assert claims_of_study(study) == ()


def test_accounts_with_gaps_are_left_out_and_counted_never_filled_in() -> None:
    panel = made(3, MANY)
    values = panel.values.copy()
    joined = np.flatnonzero(panel.joined != NEVER)[:3]
    values[joined, panel.joined[joined]] = np.nan
    study = study_of(replace(panel, values=values))
    assert (
        Words("参加したが、値のない期間があるアカウント: 3社", study.left_out[0].en)
        in study.left_out
    )
    everybody = int((panel.joined != NEVER).sum())
    assert study.joined + 3 <= everybody == study.all_joined
    (claim,) = claims_of_study(study)
    assert f"{study.joined} of the {everybody} that joined and" in claim.text.en
    assert f"参加した{everybody}社のうち{study.joined}社と" in claim.text.ja


def records(*lines: tuple[str, int, str]) -> list[Record]:
    """Return accounts with a value in each month of 2025: name, months, joined."""
    return [
        Record(name, name, "売上", f"2025-{month:02d}", float(month), joined=joined)
        for name, months, joined in lines
        for month in range(1, months + 1)
    ]


SHORT = structs.replace(QUESTION, last="2025-12", pre=3, post=2)


@pytest.mark.parametrize(
    ("given", "lack"),
    [
        ([], NO_RECORDS),
        (records(("a", 12, ""), ("b", 12, "")), NOBODY_JOINED),
        (records(("a", 12, "2025-05"), ("b", 12, "2025-06")), NO_CONTROL),
        (records(("a", 12, "2025-02"), ("b", 12, "")), TOO_SHORT),
        (records(("a", 12, "2025-12"), ("b", 12, "")), TOO_SHORT),
        (records(("a", 12, "2025-05"), ("b", 2, "")), NO_CONTROL),
    ],
    ids=["nothing", "nobody joined", "all joined", "too early", "too late", "no whole control"],
)
def test_what_is_missing_is_said_with_the_next_step(given: list[Record], lack: Words) -> None:
    study = studied(lay_out(given, SHORT), Asked(SHORT))
    assert (study.lacks, study.estimate, study.grade) == ((lack,), None, None)


def test_nobody_is_tied_to_an_account_without_a_persons_word() -> None:
    asked = structs.replace(SHORT, joining=Joining.LINKS)
    given = records(("a", 12, "2025-05"), ("b", 12, ""), ("c", 12, ""))
    assert studied(lay_out(given, asked, joined={}), Asked(asked)).lacks == (NO_LINKS,)
    laid = lay_out(given, asked, joined={"a": "", "b": ""})
    assert studied(laid, Asked(asked)).lacks == (NOBODY_ACTED,)
    laid = lay_out(given, asked, joined={"a": "2025-06", "b": ""})
    assert (laid.panel.joined.tolist(), laid.unlinked) == ([5, NEVER], 1)


def test_where_everybody_joins_in_the_end_later_ones_are_controls_of_earlier_ones() -> None:
    panel = made(3, replace(MANY, share=1.0, cohorts=(6, 12)))
    study = study_of(panel)
    assert study.lacks == () and study.estimate is not None
    assert study.estimate.interval is not None
    assert study.estimate.interval.low < 2.0 < study.estimate.interval.high


def test_two_dates_of_joining_and_other_grains_are_left_out() -> None:
    given = [
        *records(("a", 12, "2025-05"), ("b", 12, "")),
        Record("a", "a", "売上", "2025-01", 1.0, joined="2025-06"),
        Record("b", "b", "売上", "2025-01+3", 1.0),
        Record("b", "b", "売上", "2024-12", 1.0),
        Record("b", "b", "解約", "2025-01", 1.0),
    ]
    laid = lay_out(given, SHORT)
    assert (laid.unclear, laid.other_grain, laid.outside) == (1, 1, 1)
    assert laid.panel.names == ("b",)


@pytest.mark.parametrize(
    "wrong",
    [
        {"objective": " "},
        {"outcome": ""},
        {"pre": 2},
        {"post": 0},
        {"ratio": 4},
        {"last": "2025-06"},
        {"last": "2026-04+3"},
    ],
    ids=str,
)
def test_a_question_that_cannot_be_asked_says_which_field(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidChoice):
        registered(structs.replace(QUESTION, **wrong))
    assert registered(QUESTION) is QUESTION


@pytest.mark.parametrize(("shape", "says"), [("normal", False), ("skewed", True)])
def test_a_skewed_outcome_says_that_its_interval_holds_less_often(shape: str, says: bool) -> None:
    rows, _ = rows_of(made(3, Making(accounts=300, shape=shape)), pre=6, post=4)
    assert has_heavy_tails(rows) is says
