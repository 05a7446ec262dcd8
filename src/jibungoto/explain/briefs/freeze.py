"""Freezes an issued brief: one canonical JSON with its inputs and its sum, inside a zip."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter

import msgspec

from jibungoto.explain.briefs.brief import Brief
from jibungoto.explain.briefs.figures import Group, SampleKept
from jibungoto.understand.intervals import DRAWS, SEED, Sample

FORMAT = 3
"""Raised when the shape of the JSON changes, so that an old package is read as what it was."""
FIRST_FORMAT = 1
"""The oldest that is read: its sentences do not say how they were drafted."""
JUDGED_SINCE = 3
"""From here on victory conditions are kept with what they are judged by."""
_SINCE_SECOND = frozenset({"drafted", "evidence", "of_figure", "of_aspect", "consents"})
_SINCE_THIRD = frozenset({"conditions_kept", "addressed_to"})
JSON_NAME = "brief.json"
SUM_NAME = "brief.json.sha256"
READ_ME_NAME = "README.txt"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_person = attrgetter("person")

READ_ME = """\
この資料の数字は、この zip の中の値だけで、もう一度計算できます。
  jibungoto verify このファイル.zip
メンバーの記録も、もとのデータベースも要りません。少数の人を指しうる値は入れていません。
brief.json.sha256 は brief.json の SHA-256 です。発行した画面の値と見比べてください。

Every figure of this brief can be computed again from what is in this zip.
  jibungoto verify this-file.zip
Neither members' records nor a database are needed. Values that could point at a few people
are not in it. brief.json.sha256 holds the SHA-256 of brief.json: compare it with the one shown
where the brief was issued.
"""


@dataclass(frozen=True, slots=True)
class Frozen:
    """An issued brief for ever: what it says, its definitions, and what it was counted from."""

    format: int
    number: int
    issued_at: datetime
    product: str
    rule_version: int
    seed: int
    draws: int
    brief: Brief
    samples: tuple[SampleKept, ...]


def frozen(
    brief: Brief,
    samples: Mapping[str, Sequence[Sample]],
    *,
    number: int,
    issued_at: datetime,
    product: str,
    rule_version: int,
) -> Frozen:
    """Return a brief with the samples its figures rest on; who is in them is left out.

    So is who agreed to be named, which stays in the house.
    """
    return Frozen(
        format=FORMAT,
        number=number,
        issued_at=issued_at,
        product=product,
        rule_version=rule_version,
        seed=SEED,
        draws=DRAWS,
        brief=replace(brief, consents=()),
        samples=tuple(
            sample_kept(key, samples[key]) for key in sample_keys(brief) if key in samples
        ),
    )


def sample_keys(brief: Brief) -> tuple[str, ...]:
    """Return the names of the samples the figures of a brief rest on, in order."""
    return tuple(sorted({one.inputs.sample for one in brief.figures if one.inputs.sample}))


def sample_kept(key: str, samples: Sequence[Sample]) -> SampleKept:
    """Return a sample without who is in it: people who brought the same are counted together."""
    brought = Counter(
        tuple(sorted((one.amount, one.is_observed) for one in own))
        for _, own in groupby(sorted(samples, key=_person), key=_person)
    )
    groups = tuple(
        Group(
            times=times,
            amounts=tuple(float(amount) for amount, _ in own),
            observed=tuple(is_observed for _, is_observed in own),
        )
        for own, times in sorted(brought.items())
    )
    return SampleKept(key, groups)


def samples_of(kept: SampleKept) -> list[Sample]:
    """Return a kept sample as samples again, its people numbered from nought."""
    found: list[Sample] = []
    person = 0
    for group in kept.groups:
        for _ in range(group.times):
            found += [
                Sample(amount, observed, person)
                for amount, observed in zip(group.amounts, group.observed, strict=True)
            ]
            person += 1
    return found


def canonical(kept: Frozen) -> bytes:
    """Return the one way in which a frozen brief is written: names in order, no space.

    It is read once before, so that a whole number is written as its field has it.
    """
    read = msgspec.json.decode(msgspec.json.encode(kept), type=Frozen)
    if kept.format == FORMAT:
        return msgspec.json.encode(read, order="sorted")
    later = _SINCE_THIRD if kept.format > FIRST_FORMAT else _SINCE_THIRD | _SINCE_SECOND
    return msgspec.json.encode(_without(later, msgspec.to_builtins(read)), order="sorted")


def _without(later: frozenset[str], content: object) -> object:
    """Return plain values without what an older format did not have."""
    if isinstance(content, dict):
        return {key: _without(later, value) for key, value in content.items() if key not in later}
    if isinstance(content, list | tuple):
        return [_without(later, value) for value in content]
    return content


def digest_of(raw: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def package_of(kept: Frozen) -> bytes:
    """Return the zip: the same brief gives the same bytes."""
    raw = canonical(kept)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (
            (JSON_NAME, raw),
            (SUM_NAME, f"{digest_of(raw)}  {JSON_NAME}\n".encode()),
            (READ_ME_NAME, READ_ME.encode()),
        ):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            package.writestr(entry, content)
    return held.getvalue()


def brief_of_bytes(raw: bytes) -> Brief:
    """Return a brief from its JSON."""
    return msgspec.json.decode(raw, type=Brief)


def brief_content(brief: Brief) -> object:
    """Return a brief as plain values for a database."""
    return msgspec.to_builtins(brief)


def brief_from(content: object) -> Brief:
    """Return a brief from plain values."""
    return msgspec.convert(content, type=Brief)


def without_samples(kept: Frozen) -> Frozen:
    """Return a frozen brief without what it was counted from, to compare what is said."""
    return replace(kept, samples=())
