"""Whoever rewrites an issued brief and its sum is found, or what they rewrote is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.brief import Brief, BriefKind, Head
from jibungoto.explain.briefs.figures import Comparison
from jibungoto.explain.briefs.freeze import Frozen, frozen, package_of, sample_keys
from jibungoto.explain.briefs.verify import Outcome, Verdict, verify
from jibungoto.explain.claims import Claim, Drafted, Grade, Tone
from jibungoto.explain.document import Cell
from jibungoto.explain.drafting.draft import draft
from jibungoto.explain.trends import Way
from jibungoto.explain.wordings import CHANGED, WORDINGS
from jibungoto.ledger.words import Words
from tests.explain.brief_made import ALL_KINDS, ALL_READERS, ISSUED, planned, sampled
from tests.explain.briefs.test_freeze import rewritten

FIRST = Path(__file__).parent / "issued" / "format-1.zip"
Change = Callable[[str], str]


def made(
    kind: BriefKind = BriefKind.QUARTERLY, reader: AudienceKey = AudienceKey.SUPPORT
) -> Frozen:
    report, samples = sampled()
    brief = draft(replace(planned(), report=report), kind, audience=reader)
    return frozen(
        brief,
        {key: samples[key] for key in sample_keys(brief)},
        number=3,
        issued_at=ISSUED,
        product="1.0",
        rule_version=1,
    )


def swapped(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new)


def reworded(brief: Brief, change: Change) -> Brief:
    """Return a brief in which every text a reader sees is changed, and nothing else."""

    def of(words: Words) -> Words:
        return Words(change(words.ja), change(words.en))

    def cell(one: Cell) -> Cell:
        return replace(one, text=of(one.text))

    return replace(
        brief,
        parts=tuple(
            replace(
                part,
                claims=tuple(replace(one, text=of(one.text)) for one in part.claims),
                text=tuple(map(of, part.text)),
                tables=tuple(
                    replace(one, rows=tuple(tuple(map(cell, row)) for row in one.rows))
                    for one in part.tables
                ),
            )
            for part in brief.parts
        ),
    )


def judged(kept: Frozen, brief: Brief) -> Verdict:
    return verify(package_of(replace(kept, brief=brief)))


@pytest.mark.parametrize("reader", ALL_READERS)
@pytest.mark.parametrize("kind", ALL_KINDS)
def test_every_sentence_of_a_draft_can_be_written_again(
    kind: BriefKind, reader: AudienceKey
) -> None:
    kept = made(kind, reader)
    verdict = verify(package_of(kept))
    assert (verdict.remarks, verdict.is_sound, verdict.by_hand) == ((), True, ())
    drafted = [one.drafted for one in kept.brief.claims() if one.drafted is not None]
    assert drafted and {one.wording for one in drafted} <= WORDINGS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("30%", "130%"),
        ("30%", "3%"),
        ("24 of 81", "124 of 81"),
        ("81件中24件", "81件中4件"),
        ("rose from", "fell from"),
        ("上がり", "下がり"),
        ("at most 10%", "at most 40%"),
        ("14 members moved", "94 members moved"),
        ("at risk", "on track"),
        ("0 off", "2 off"),
    ],
)
def test_a_changed_sentence_is_found_in_either_language(old: str, new: str) -> None:
    kept = made()
    brief = reworded(kept.brief, swapped(old, new))
    assert brief != kept.brief
    assert not judged(kept, brief).is_sound


@pytest.mark.parametrize(("old", "new"), [("30%", "130%"), ("24 of 81", "94 of 81")])
def test_a_number_changed_wherever_it_stands_is_found(old: str, new: str) -> None:
    kept = made()

    def everywhere(content: dict[str, Any]) -> None:
        changed = json.loads(json.dumps(content, ensure_ascii=False).replace(old, new))
        content |= changed

    assert not verify(rewritten(kept, everywhere)).is_sound


def turned(claim: Claim) -> Claim:
    """Return a sentence that says the reverse, its wording exchanged as well."""
    up, down = CHANGED[Way.UP], CHANGED[Way.DOWN]
    if claim.drafted is None or claim.drafted.wording not in (up, down):
        return claim
    other = down if claim.drafted.wording == up else up
    pairs = (("rose", "fell"), ("上がり", "下がり"))
    ja, en = claim.text.ja, claim.text.en
    for one, two in (pair if other == down else pair[::-1] for pair in pairs):
        ja, en = ja.replace(one, two), en.replace(one, two)
    drafted = Drafted(other, claim.drafted.fills)
    return replace(claim, text=Words(ja, en), drafted=drafted)


def every_claim(brief: Brief, change: Callable[[Claim], Claim]) -> Brief:
    parts = tuple(
        replace(part, claims=tuple(change(one) for one in part.claims)) for part in brief.parts
    )
    return replace(brief, parts=parts)


def test_a_direction_exchanged_with_its_wording_is_found() -> None:
    kept = made(BriefKind.MONTHLY)
    brief = every_claim(kept.brief, turned)
    assert brief != kept.brief
    assert not judged(kept, brief).is_sound


def test_a_wording_this_product_never_wrote_is_found() -> None:
    kept = made(BriefKind.MONTHLY)
    praise = Words("すべて順調です。", "All is well.")

    def change(one: Claim) -> Claim:
        return replace(one, text=praise, drafted=Drafted(praise), figures=())

    assert not judged(kept, every_claim(kept.brief, change)).is_sound
    bare = every_claim(kept.brief, lambda one: replace(one, text=praise, drafted=None, figures=()))
    assert not judged(kept, bare).is_sound


@pytest.mark.parametrize("grade", [Grade.E0, Grade.E2, Grade.E3, Grade.E4])
def test_a_changed_grade_is_found(grade: Grade) -> None:
    kept = made()
    for one in kept.brief.claims():
        if one.grade is not grade:
            verdict = judged(kept, kept.brief.with_claim(replace(one, grade=grade)))
            assert not verdict.is_sound, one.text.en


def test_a_sentence_said_to_be_written_by_hand_has_its_numbers_and_grade_looked_at() -> None:
    kept = made(BriefKind.MONTHLY)
    (one, *_) = [each for each in kept.brief.claims() if each.figures]
    free = replace(one, text=Words("別の話です。", "Something else."), figures=(), is_edited=True)
    verdict = judged(kept, kept.brief.with_claim(free))
    assert verdict.is_sound and free.text in verdict.by_hand
    typed = replace(free, text=Words("新規は987人です。", "Newcomers: 987."))
    assert not judged(kept, kept.brief.with_claim(typed)).is_sound
    raised = replace(free, grade=Grade.E4)
    assert not judged(kept, kept.brief.with_claim(raised)).is_sound


def test_a_cell_that_prints_a_figure_is_held_against_it() -> None:
    kept = made()
    verdicts = next(part for part in kept.brief.parts if part.head is Head.VERDICTS)
    (table,) = verdicts.tables
    row = table.rows[0]
    assert row[2].of_figure
    other = (*row[:2], replace(row[2], text=Words("3%", "3%")), *row[3:])
    changed = replace(verdicts, tables=(replace(table, rows=(other, *table.rows[1:])),))
    parts = tuple(changed if one is verdicts else one for one in kept.brief.parts)
    remarks = judged(kept, replace(kept.brief, parts=parts)).remarks
    assert any("Left unanswered" in each.en for each in remarks)


def test_what_cannot_be_computed_is_named() -> None:
    named = [one.en for one in verify(package_of(made())).not_recomputed]
    for title in ("Cost", "Team", "Relation to the business"):
        assert any(f"table “{title}”" in one for one in named), title
    assert any("in the sentence “On the ownership ladder 14 members" in one for one in named)
    assert any("stay in the house" in one for one in named)


def test_a_verdict_turned_in_its_table_alone_contradicts_the_sentence() -> None:
    kept = made()
    brief = kept.brief
    parts = []
    for part in brief.parts:
        tables = tuple(
            replace(
                one,
                rows=tuple(
                    (*row[:-1], replace(row[-1], text=Words("● 順調", "● on track")))
                    for row in one.rows
                ),
            )
            if part.head is Head.VERDICTS
            else one
            for one in part.tables
        )
        parts.append(replace(part, tables=tables))
    assert not judged(kept, replace(brief, parts=tuple(parts))).is_sound


@pytest.mark.parametrize("said", ["5,000", "5000", "12 of 5,000", "5人", "-5"])
def test_a_withheld_value_that_tells_a_number_is_found(said: str) -> None:
    kept = made()
    hidden = next(one for one in kept.brief.figures if one.withheld is not None)
    assert hidden.withheld is not None
    told = replace(hidden.withheld, value=Words(said, said), said=Words(said, said))
    figures = tuple(
        replace(one, withheld=told) if one is hidden else one for one in kept.brief.figures
    )
    lines = judged(kept, replace(kept.brief, figures=figures)).lines
    assert [one.figure for one in lines if one.outcome is Outcome.DIFFERS] == [hidden.key]


def test_a_changed_value_is_printed_with_the_numbers_that_differ() -> None:
    kept = made()
    share = next(one for one in kept.brief.figures if one.key == "unanswered72@2026-10-31")
    assert share.value is not None
    figures = tuple(replace(one, value=0.99) if one is share else one for one in kept.brief.figures)
    lines = judged(kept, replace(kept.brief, figures=figures)).lines
    (line,) = [one for one in lines if one.outcome is Outcome.DIFFERS]
    assert line.said != line.now
    assert "0.99" in line.said.en and repr(share.value) in line.now.en


def test_a_change_said_to_be_for_the_better_is_found() -> None:
    kept = made(BriefKind.MONTHLY)
    found = next(one for one in kept.brief.comparisons if one.tone is Tone.WORSE)
    better = replace(found, tone=Tone.BETTER)

    def turn(one: Comparison) -> Comparison:
        return better if one is found else one

    brief = replace(kept.brief, comparisons=tuple(map(turn, kept.brief.comparisons)))
    assert not judged(kept, brief).is_sound


def test_a_package_of_the_first_format_still_verifies_and_says_which_version_made_it() -> None:
    verdict = verify(FIRST.read_bytes())
    assert (verdict.is_sound, verdict.made_by, len(verdict.lines)) == (True, "0.1.0", 92)
    assert "format 1 by jibungoto 0.1.0" in verdict.not_recomputed[0].en


def test_the_sum_its_issuer_shows_is_compared() -> None:
    raw = package_of(made(BriefKind.WEEKLY))
    digest = verify(raw).digest
    assert verify(raw, told=f" {digest.upper()} ").is_sound
    other = verify(raw, told="0" * 64)
    assert not other.is_sound and "it is not what was issued" in other.remarks[0].en
