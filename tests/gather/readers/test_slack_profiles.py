"""Fields that people fill in themselves in their Slack profile name accounts elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.gather.readers.test_slack import read
from tests.gather.slack_made import AN, said


@pytest.mark.parametrize(
    ("fields", "links"),
    [
        ({"X1": {"value": "https://github.com/An-T"}}, ("github.com/an-t",)),
        ({"X1": {"value": "I am https://github.com/an"}, "X2": {"value": ""}}, ()),
        ({"X1": {"value": 3}, "X2": None}, ()),
        ([], ()),
        (None, ()),
    ],
    ids=["an address", "more than one", "no text", "a list", "nothing"],
)
def test_a_profile_names_accounts_elsewhere(
    tmp_path: Path, fields: Any, links: tuple[str, ...]
) -> None:
    told = {"id": AN, "profile": {"display_name": "an", "fields": fields}}
    found = read(tmp_path, said(AN, 1), **{"users.json": [told]})
    assert found.handle(AN).links == links
