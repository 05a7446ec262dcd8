"""One demo community for all tests of this folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jibungoto.demo.community import truth, write_everything
from jibungoto.demo.truth import Truth
from tests.demo.reading import Workspace, read

LAST_DAY = date(2026, 9, 30)


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """What the demo community leaves in every tool."""
    return write_everything(tmp_path_factory.mktemp("demo"), last_day=LAST_DAY)


@pytest.fixture(scope="session")
def export(exports: tuple[Path, ...]) -> Path:
    """The zip of the demo community."""
    return exports[0]


@pytest.fixture(scope="session")
def workspace(export: Path) -> Workspace:
    """The demo community read back."""
    return read(export)


@pytest.fixture(scope="session")
def facts() -> Truth:
    """Who is who in it."""
    return truth(last_day=LAST_DAY)
