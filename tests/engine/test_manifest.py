"""The manifest: what a version of the log names, found again after it was written down."""

from __future__ import annotations

import msgspec
import pytest

from jibungoto.engine.manifest import Delivery, Manifest, Month, Part, Tier, decode, encode


def tier(name: str) -> Tier:
    """Return three files, one of each relation."""
    return Tier(*((Part(f"{name}/{relation}.parquet", 3),) for relation in ("r", "a", "t")))


FIRST = Delivery(1, "slack", "f" * 64, (Month(202311, tier("d1")), Month(202312, tier("d1b"))))
SECOND = Delivery(2, "slack", "e" * 64, (Month(202312, tier("d2")),))
MANIFEST = Manifest(
    version=2,
    deliveries=(FIRST, SECOND),
    months=(Month(202311, tier("d1")), Month(202312, tier("m"))),
)


@pytest.mark.parametrize("manifest", [Manifest(), MANIFEST], ids=["empty", "two deliveries"])
def test_what_was_written_is_read_again(manifest: Manifest) -> None:
    assert decode(encode(manifest)) == manifest
    assert decode(encode(manifest).decode()) == manifest


@pytest.mark.parametrize("text", ["[]", '{"version": "two"}', '{"months": [{"month": 1}]}'])
def test_what_is_no_manifest_is_not_taken_for_one(text: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(text)


def test_the_empty_manifest_names_nothing() -> None:
    empty = Manifest()
    assert (empty.version, empty.paths(), empty.live()) == (0, frozenset(), Tier())
    assert (empty.month(202311), empty.delivered("f" * 64)) == (Tier(), None)


def test_a_version_names_the_files_of_its_deliveries_and_of_its_months() -> None:
    named = {"d1", "d1b", "d2", "m"}
    assert MANIFEST.paths() == {f"{n}/{r}.parquet" for n in named for r in ("r", "a", "t")}


def test_what_measures_read_are_the_files_of_the_months_alone() -> None:
    assert MANIFEST.live().paths() == (
        *("d1/r.parquet", "m/r.parquet"),
        *("d1/a.parquet", "m/a.parquet"),
        *("d1/t.parquet", "m/t.parquet"),
    )


def test_the_same_content_is_known_by_its_fingerprint() -> None:
    assert MANIFEST.delivered("e" * 64) is SECOND
    assert MANIFEST.delivered("0" * 64) is None


def test_a_month_without_a_delivery_is_empty() -> None:
    assert SECOND.month(202312) == tier("d2")
    assert SECOND.month(202311) == Tier()


def test_changed_months_take_the_place_of_the_old_and_empty_ones_go() -> None:
    changed = MANIFEST.with_months({202401: tier("n"), 202312: tier("p"), 202311: Tier()})
    assert changed == (Month(202312, tier("p")), Month(202401, tier("n")))
    assert MANIFEST.with_months({}) == MANIFEST.months
