"""A package is a file from outside: bounded, opened in memory, and never trusted."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jibungoto.explain.briefs.brief import BriefKind
from jibungoto.explain.briefs.figures import shown_of
from jibungoto.explain.briefs.freeze import JSON_NAME, SUM_NAME, canonical, digest_of, package_of
from jibungoto.explain.briefs.package import MOST_BYTES, MOST_ENTRIES, MOST_SAMPLES
from jibungoto.explain.briefs.verify import verify
from jibungoto.ledger.problems import DamagedExport, ExportProblem, NotAnExport, UnsafeExport
from jibungoto.ledger.words import Words
from tests.explain.brief_made import issued
from tests.explain.briefs.test_freeze import rewritten


def zipped(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return held.getvalue()


def packed(raw: bytes) -> bytes:
    return zipped({JSON_NAME: raw, SUM_NAME: digest_of(raw).encode()})


def test_a_bomb_stays_closed() -> None:
    with pytest.raises(UnsafeExport):
        verify(packed(b" " * (MOST_BYTES + 1)))


def test_a_bomb_that_lies_about_its_size_stays_closed() -> None:
    raw = packed(b"[" + b" " * 200_000)
    place = raw.rindex(b"PK\x01\x02", 0, raw.rindex(b"PK\x01\x02"))
    lied = raw[: place + 24] + (10).to_bytes(4, "little") + raw[place + 28 :]
    with pytest.raises(ExportProblem):
        verify(lied)


def test_a_sample_that_would_fill_the_machine_stays_closed() -> None:
    _, kept = issued(BriefKind.MONTHLY)

    def change(content: dict[str, Any]) -> None:
        content["samples"][0]["groups"][0]["times"] = MOST_SAMPLES + 1

    with pytest.raises(UnsafeExport):
        verify(rewritten(kept, change))


def test_a_package_verifies_whose_sentences_name_the_number_of_cases_as_they_once_did() -> None:
    brief, kept = issued()
    figure = next(one for one in brief.figures if "(対象" in shown_of(one).said.ja)
    said = shown_of(figure).said
    was = Words(f"{said.ja.replace('(対象', '(')}です。", f"It is {said.en}.")
    claim = replace(next(brief.claims()), text=was, figures=(figure.key,))
    brief = brief.with_claim(claim)
    assert verify(package_of(replace(kept, brief=brief, format=1))).is_sound


@pytest.mark.parametrize(
    "change",
    [
        {"times": 0},
        {"times": -3},
        {"amounts": []},
        {"amounts": [1.0, 2.0], "observed": [True]},
    ],
    ids=str,
)
def test_a_sample_that_makes_no_sense_is_damaged(change: dict[str, Any]) -> None:
    _, kept = issued(BriefKind.MONTHLY)
    with pytest.raises(DamagedExport):
        verify(rewritten(kept, lambda one: one["samples"][0]["groups"][0].update(change)))


def test_too_many_entries_and_two_of_a_name_stay_closed() -> None:
    raw = canonical(issued(BriefKind.WEEKLY)[1])
    many = {f"{at}.txt": b"" for at in range(MOST_ENTRIES)}
    with pytest.raises(UnsafeExport):
        verify(zipped({JSON_NAME: raw, SUM_NAME: b"", **many}))
    held = io.BytesIO(packed(raw))
    with pytest.warns(UserWarning), zipfile.ZipFile(held, "a") as package:
        package.writestr(JSON_NAME, raw)
    with pytest.raises(UnsafeExport):
        verify(held.getvalue())


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        pytest.param({"other.json": b"{}"}, NotAnExport, id="another zip"),
        pytest.param({JSON_NAME: b"{}", SUM_NAME: b""}, DamagedExport, id="empty"),
        pytest.param({JSON_NAME: b"[" * 100_000, SUM_NAME: b""}, DamagedExport, id="deep"),
        pytest.param({JSON_NAME: b'{"format":99}', SUM_NAME: b""}, NotAnExport, id="newer"),
        pytest.param({JSON_NAME: b'{"format":1}', SUM_NAME: b""}, DamagedExport, id="lacking"),
        pytest.param({JSON_NAME: b"\xff\xfe", SUM_NAME: b""}, DamagedExport, id="no text"),
    ],
)
def test_what_is_no_package_is_said_plainly(
    files: dict[str, bytes], problem: type[ExportProblem]
) -> None:
    with pytest.raises(problem) as told:
        verify(zipped(files))
    assert told.value.what.ja and told.value.next_step.en


def test_an_encrypted_package_asks_for_another() -> None:
    raw = bytearray(packed(canonical(issued(BriefKind.WEEKLY)[1])))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + offset] |= 1
            at = raw.find(mark, at + 1)
    with pytest.raises(ExportProblem) as told:
        verify(bytes(raw))
    assert told.value.what.en == "The package asks for a password."


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_end_in_a_problem_and_never_in_a_crash(raw: bytes) -> None:
    with pytest.raises(ExportProblem):
        verify(raw)


PACKAGE = package_of(issued(BriefKind.WEEKLY)[1])


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(PACKAGE) - 1), st.integers(1, 255), st.booleans())
def test_a_flipped_or_missing_byte_never_passes_as_another_figure(
    place: int, flip: int, is_cut: bool
) -> None:
    raw = bytearray(PACKAGE)
    raw[place] ^= flip
    try:
        verdict = verify(bytes(raw[:place]) if is_cut else bytes(raw))
    except ExportProblem:
        return
    same = verify(PACKAGE)
    assert not verdict.is_sound or (verdict.digest, verdict.lines) == (same.digest, same.lines)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_absurd_inputs_end_as_a_figure_that_differs(pick: st.DataObject) -> None:
    _, kept = issued(BriefKind.WEEKLY)
    strange = st.sampled_from([-1.0, 0.0, 1e308, 1e-308, 5e15, None, 0.5])

    def change(content: dict[str, Any]) -> None:
        for one in content["brief"]["figures"]:
            one["inputs"] = {
                "count": pick.draw(strange),
                "numerator": pick.draw(strange),
                "denominator": pick.draw(strange),
                "sample": "",
            }

    assert not verify(rewritten(kept, change)).is_sound
    assert json.loads(canonical(kept))["format"] == 3
