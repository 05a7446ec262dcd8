"""The rows behind a measure: the same whether they were kept or are worked out now."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from jibungoto.desk.acting import Acting
from jibungoto.desk.understand.measures import behind, measured, rows_behind
from jibungoto.desk.understand.refresh import refresh
from tests.desk.making import ROOT, maps_export, post

if TYPE_CHECKING:
    from tests.desk.conftest import BringIn


def test_kept_rows_and_computed_ones_are_the_same_by_part_and_in_part(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    bring_in(maps_export(tmp_path / "a", [post(ROOT), post("1700000900.000100", user="U2")]))
    refresh(acting.community)
    kept = behind(acting, "registered")
    assert kept.kept is not None
    told = kept.parts, sorted(kept.rows(None), key=repr), kept.rows("", 1)

    shutil.rmtree(kept.kept.folder)
    now = behind(acting, "registered")
    assert now.kept is None
    assert (now.parts, sorted(now.rows(None), key=repr), now.rows("", 1)) == told
    assert len(rows_behind(acting, "registered", at_most=1)) == 1


def test_one_measure_asked_for_is_what_it_is_among_all(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    bring_in(maps_export(tmp_path / "a", [post(ROOT)]))
    refresh(acting.community)
    every = {one.measure.key: one for one in measured(acting)}
    assert measured(acting, keys=("active",)) == [every["active"]]
