"""A plan that can be put in force in a community of which no data tell anything yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from jibungoto.desk.acting import Acting
    from tests.desk.plan.at_work import Desk


@pytest.fixture
def acting(db: None, settings: Settings, home: Path) -> Acting:
    """Return the administrator of a fresh community; what a test writes is rolled back."""
    from jibungoto.desk.acting import administrator
    from jibungoto.desk.house.begin import Beginning, begin
    from jibungoto.engine.disk import keep_to_owner

    keep_to_owner(home)
    settings.HOME = home
    return administrator(begin(Beginning("やまびこ", slug="yamabiko")))


@pytest.fixture
def desk(acting: Acting) -> Desk:
    """Return a plan with one sound draft."""
    from jibungoto.desk.plan.begin import new
    from tests.desk.plan.at_work import SOUND, Desk

    begun = Desk(acting, new(acting).row.plan.key)
    begun.saved(SOUND)
    return begun
