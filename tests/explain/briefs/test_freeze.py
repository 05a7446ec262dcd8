"""An issued brief can be computed again from its package, and any tampering shows."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from jibungoto.explain.briefs.as_document import document_of
from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.brief import Brief, BriefKind
from jibungoto.explain.briefs.freeze import (
    JSON_NAME,
    SUM_NAME,
    Frozen,
    canonical,
    digest_of,
    frozen,
    package_of,
    sample_kept,
    samples_of,
)
from jibungoto.explain.briefs.package import opened
from jibungoto.explain.briefs.verify import Outcome, Verdict, verify
from jibungoto.explain.drafting.draft import draft
from jibungoto.explain.drafting.facts import BriefFacts
from jibungoto.understand.intervals import Sample, bootstrap_mean, bootstrap_median, wilson
from tests.explain.brief_made import ALL_KINDS, ISSUED, issued, samples_for
from tests.explain.examples import END, lively

Change = Callable[[dict[str, Any]], None]


def rewritten(kept: Frozen, change: Change) -> bytes:
    """Return a package somebody has changed, with a sum that fits what they made of it."""
    content = json.loads(canonical(kept))
    change(content)
    raw = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr(JSON_NAME, raw)
        package.writestr(SUM_NAME, f"{digest_of(raw)}  {JSON_NAME}\n")
    return held.getvalue()


def untouched(kept: Frozen) -> Verdict:
    return verify(rewritten(kept, lambda _: None))


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_every_figure_comes_out_as_it_stands(kind: BriefKind) -> None:
    brief, kept = issued(kind)
    verdict = verify(package_of(kept))
    assert (verdict.is_sound, verdict.remarks) == (True, ())
    assert [one.figure for one in verdict.lines] == [one.key for one in brief.figures]
    assert Outcome.DIFFERS not in {one.outcome for one in verdict.lines}
    assert all(one.now == one.said for one in verdict.lines if one.outcome is Outcome.EQUAL)


def test_medians_concentrations_and_waiting_times_are_among_them() -> None:
    _, kept = issued(BriefKind.MONTHLY)
    resting = {one.measure for one in kept.brief.figures if one.inputs.sample}
    assert {"ttfr", "caf50"} <= resting
    equal = {one.figure for one in verify(package_of(kept)).lines if one.outcome is Outcome.EQUAL}
    assert {"ttfr@2026-10-31", "caf50@2026-10-31", "active@2026-10-31"} <= equal


def test_the_same_brief_is_the_same_file() -> None:
    _, kept = issued()
    assert package_of(kept) == package_of(opened(package_of(kept)).frozen)


def test_a_copy_that_says_the_same_is_sound() -> None:
    _, kept = issued(BriefKind.WEEKLY)
    assert untouched(kept).is_sound


@pytest.mark.parametrize("field", ["value", "low", "high", "n"])
def test_any_changed_figure_is_found(field: str) -> None:
    _, kept = issued(BriefKind.MONTHLY)
    kinds = {one.measure: one.interval for one in kept.brief.definitions}
    places = {
        kinds[one.measure]: at
        for at, one in enumerate(kept.brief.figures)
        if getattr(one, field) is not None and one.as_of == kept.brief.as_of
    }
    assert len(places) >= 4
    for place in places.values():

        def change(content: dict[str, Any], at: int = place) -> None:
            content["brief"]["figures"][at][field] += 1

        verdict = verify(rewritten(kept, change))
        assert not verdict.is_sound
        assert verdict.lines[place].outcome is Outcome.DIFFERS


def test_any_changed_input_is_found() -> None:
    _, kept = issued(BriefKind.WEEKLY)
    for at, one in enumerate(kept.brief.figures):
        for name in ("count", "numerator"):
            if getattr(one.inputs, name) is None:
                continue

            def change(content: dict[str, Any], at: int = at, name: str = name) -> None:
                content["brief"]["figures"][at]["inputs"][name] += 1

            assert not verify(rewritten(kept, change)).is_sound


def test_a_sample_that_was_changed_or_taken_out_is_found() -> None:
    _, kept = issued(BriefKind.MONTHLY)

    def larger(content: dict[str, Any]) -> None:
        for sample in content["samples"]:
            sample["groups"][0]["times"] += 5

    def gone(content: dict[str, Any]) -> None:
        content["samples"] = []

    assert not verify(rewritten(kept, larger)).is_sound
    assert not verify(rewritten(kept, gone)).is_sound


def test_figure_and_input_changed_alike_still_contradict_the_sentence() -> None:
    _, kept = issued(BriefKind.MONTHLY)
    quoted = "unanswered72@2026-10-31"
    assert any(quoted in one.figures for one in kept.brief.claims())

    def change(content: dict[str, Any]) -> None:
        for one in content["brief"]["figures"]:
            if one["key"] == quoted:
                around = wilson(60, 81)
                one["inputs"]["numerator"] = 60
                one["value"], one["low"], one["high"] = 60 / 81, around.low, around.high

    verdict = verify(rewritten(kept, change))
    assert [each for each in verdict.remarks if "is not the one its figures give" in each.en]


def test_a_changed_sentence_is_found() -> None:
    _, kept = issued(BriefKind.MONTHLY)

    def change(content: dict[str, Any]) -> None:
        texts = [one["text"] for one in content["brief"]["parts"][0]["claims"]]
        (text,) = (one for one in texts if "30%" in one["en"])
        text["en"] = text["en"].replace("30%", "3%")

    assert len(verify(rewritten(kept, change)).remarks) == 1


def test_a_changed_direction_is_found() -> None:
    _, kept = issued(BriefKind.MONTHLY)

    def change(content: dict[str, Any]) -> None:
        went = [one for one in content["brief"]["comparisons"] if one["way"] != "steady"]
        went[0]["way"] = "steady"

    (remark,) = verify(rewritten(kept, change)).remarks
    assert remark.en.endswith("is not the one computed.")


def test_a_sum_that_does_not_fit_and_an_added_field_are_found() -> None:
    _, kept = issued(BriefKind.WEEKLY)
    raw = canonical(kept)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr(JSON_NAME, raw)
        package.writestr(SUM_NAME, "0" * 64)
    (remark,) = verify(held.getvalue()).remarks
    assert remark.en == "brief.json does not match its SHA-256: it was changed."

    def more(content: dict[str, Any]) -> None:
        content["secret"] = "a message beside the brief"

    (remark,) = verify(rewritten(kept, more)).remarks
    assert remark.en == "brief.json is not written as it was issued: it was changed."


def test_a_withheld_figure_given_a_value_is_found() -> None:
    _, kept = issued(BriefKind.QUARTERLY)
    place = next(at for at, one in enumerate(kept.brief.figures) if one.withheld is not None)

    def change(content: dict[str, Any]) -> None:
        content["brief"]["figures"][place]["value"] = 3.0

    assert not verify(rewritten(kept, change)).is_sound


def test_no_small_cell_and_nobody_is_in_the_package() -> None:
    brief = draft(BriefFacts(lively()), BriefKind.QUARTERLY, audience=AudienceKey.CEO)
    kept = frozen(brief, {}, number=1, issued_at=ISSUED, product="1.0", rule_version=1)
    content = json.loads(canonical(kept))
    for one in content["brief"]["figures"]:
        for name in ("count", "numerator"):
            amount = one["inputs"][name]
            assert amount is None or amount == 0 or amount >= 5, one
    assert not {"actor", "person", "name_of", "source_key"} & set(json.dumps(content).split('"'))


def test_a_sample_is_kept_without_who_is_in_it_and_in_no_order_of_theirs() -> None:
    samples = samples_for("ttfr", END)
    others = [replace(one, person=1000 - one.person) for one in reversed(samples)]
    assert sample_kept("a", samples) == sample_kept("a", others)
    again = samples_of(sample_kept("a", samples))
    assert bootstrap_mean(again) == bootstrap_mean(samples) == bootstrap_mean(others)
    assert bootstrap_median(again) == bootstrap_median(samples)
    assert {one.person for one in again} == set(range(60))


def test_an_interval_does_not_hang_on_who_is_who() -> None:
    one = [Sample(1.0, True, 1), Sample(5.0, True, 1), Sample(9.0, True, 2), Sample(2.0, True, 3)]
    other = [replace(each, person=9 - each.person) for each in one]
    assert bootstrap_mean(one) == bootstrap_mean(other)


def test_what_is_shown_comes_from_the_frozen_figures_alone() -> None:
    brief, kept = issued()
    again: Brief = opened(package_of(kept)).frozen.brief
    assert document_of(again) == document_of(brief)
