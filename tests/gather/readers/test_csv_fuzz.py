"""Whatever a table holds, each of its lines is accounted for and only Problems come out."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.gather.made import folder_of
from tests.gather.readers.test_csv_table import CHAT, READER, TEXT
from tests.gather.with_reader import check_whatever_it_is

CELLS = st.one_of(
    st.sampled_from(
        ["2026-01-01 09:00", "花", "", "0012", "m1", "1.2E+9", "h@x.io", "46000", "登壇"]
    ),
    st.text(max_size=8),
)
TABLES = st.lists(st.lists(CELLS, max_size=7), max_size=8)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLES, st.sampled_from(["utf-8", "cp932", "utf-16"]), st.sampled_from([0, 1, 2]))
def test_whatever_stands_in_a_table_is_accounted_for(
    rows: list[list[str]], encoding: str, head: int
) -> None:
    above = [[], [CHAT[0]], ["日時,名前,種別,メール"]][head]
    text = "\n".join([*above, *(",".join(row) for row in rows)])
    with tempfile.TemporaryDirectory() as folder:
        files = {"t.csv": text.encode(encoding, "replace"), "u.csv": TEXT.encode()}
        check_whatever_it_is(READER, folder_of(files, Path(folder)))
