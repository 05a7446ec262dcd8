"""A community in a home of its own, and a way to bring exports in as the worker does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.desk.memory import Memory

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from jibungoto.desk.acting import Acting
    from jibungoto.records.models import IntakeRow

BringIn = Callable[[Path], "IntakeRow"]


@pytest.fixture
def acting(transactional_db: None, settings: Settings, home: Path) -> Acting:
    """Return the administrator of a fresh community in Tokyo."""
    from jibungoto.desk.acting import administrator
    from jibungoto.desk.house.begin import Beginning, begin
    from jibungoto.engine.disk import keep_to_owner

    keep_to_owner(home)
    settings.HOME = home
    return administrator(begin(Beginning("やまびこ", slug="yamabiko")))


@pytest.fixture
def bring_in(acting: Acting) -> BringIn:
    """Return the function that brings one export in, here and now."""
    from jibungoto.desk.gather import queue
    from jibungoto.desk.gather.carry_out import carry_out
    from jibungoto.desk.gather.claim import claimed

    def brought(path: Path) -> IntakeRow:
        claim = claimed(queue.bring_in(acting, path))
        assert claim is not None
        return carry_out(claim)

    return brought


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Memory:
    """Return where the community that a file's tests begin with is kept."""
    return Memory(tmp_path_factory.mktemp("memory"))
