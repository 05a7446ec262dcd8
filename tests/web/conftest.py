"""A small community that came in through the real desk once, laid into each test's database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.laid import Rows, lay, rows_of
from tests.web.making import SLUG
from tests.web.serving import Served

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import Settings

    from jibungoto.desk.acting import Acting
    from jibungoto.records.models import CommunityRow
    from tests.preloaded import Preloaded

AGAINST = "django.contrib.auth.backends.ModelBackend"
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Kept:
    """A home with its log, and the rows of its database by the statement that inserts them."""

    home: Path
    rows: Rows


@pytest.fixture(scope="session")
def kept(commands: Preloaded, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Make the small community once, in a process and a home of its own."""
    folder = tmp_path_factory.mktemp("small")
    made(commands, "tests.web.making", folder)
    return Kept(folder / "home", rows_of(folder / "rows.sqlite3"))


def made(commands: Preloaded, program: str, folder: Path) -> None:
    """Let a program make something in a folder, and fail where it does."""
    done = commands.run([str(folder)], os.environ, program=program)
    assert done.returncode == 0, done.stderr


@contextmanager
def serving(commands: Preloaded, home: Path) -> Iterator[Served]:
    """Serve a home to a browser."""
    with commands.begun([str(home)], os.environ, program="tests.web.serving") as told:
        port, key = told.readline().split()
        yield Served(f"http://127.0.0.1:{port}", key)


@contextmanager
def serving_with_its_worker(commands: Preloaded, home: Path) -> Iterator[Served]:
    """Serve a home to a browser, and let its worker do what waits."""
    with (
        commands.begun([str(home)], os.environ, program="jibungoto.work"),
        serving(commands, home) as served,
    ):
        yield served


@pytest.fixture(scope="session")
def served(commands: Preloaded, kept: Kept) -> Iterator[Served]:
    """Serve that home for browser tests until the last of them is over."""
    with serving(commands, kept.home) as one:
        yield one


@pytest.fixture
def community(kept: Kept, db: None, settings: Settings) -> CommunityRow:
    """Return the small community, ready to be looked at and changed by one test."""
    from jibungoto.records.models import CommunityRow

    settings.HOME = kept.home
    lay(kept.rows)
    return CommunityRow.objects.get(slug=SLUG)


@pytest.fixture
def acting(community: CommunityRow) -> Acting:
    """Return its administrator."""
    from jibungoto.desk.acting import administrator

    return administrator(community)


@pytest.fixture
def manager(community: CommunityRow, client: Client) -> Iterator[Client]:
    """Return a browser signed in as its manager, reading English."""
    from django.contrib.auth.models import User

    from jibungoto.records.models import MembershipRow, Role

    user = User.objects.create(username="hana")
    MembershipRow.objects.create(user=user, community=community, role=Role.MANAGER)
    client.force_login(user, AGAINST)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    yield client
