"""What every test stands on: a home of its own, and which tests this machine can run."""

from __future__ import annotations

import importlib.util
import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.preloaded import Preloaded

REAL_INPUTS = os.environ.get("JIBUNGOTO_REAL_INPUTS", "")
RECORDED = os.environ.get("JIBUNGOTO_REAL_INPUTS_RECORDED", "")
IN_CI = os.environ.get("CI", "").lower() == "true"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SETTINGS = "jibungoto.site.settings"
REMEMBERED = (
    ("jibungoto.desk.people.organisations", "_spread"),
    ("jibungoto.desk.people.segments", "_size"),
    ("jibungoto.desk.people.addresses", "_read"),
)
"""What is the same until a stamp in the database rises, by module and function."""

# What an example takes says how busy the machine is, not whether the program is right.
settings.register_profile(
    "jibungoto", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=IN_CI
)
settings.load_profile("jibungoto")

# Django reads the home when its settings are loaded, so it must never be the developer's own.
SESSION_HOME = tempfile.mkdtemp(prefix="jibungoto-tests-")
os.environ["JIBUNGOTO_HOME"] = SESSION_HOME
_tests = itertools.count()


def browser_path() -> str | None:
    """Return where a Chromium is on this machine, or None."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def pytest_configure(config: pytest.Config) -> None:
    """Set Django up only where its plugin is on: practice tests run with ``-p no:django``."""
    if REAL_INPUTS and not Path(REAL_INPUTS).is_dir():
        raise pytest.UsageError(f"JIBUNGOTO_REAL_INPUTS is no folder: {REAL_INPUTS}")
    if config.pluginmanager.hasplugin("django") and importlib.util.find_spec(SETTINGS):
        os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
        from django.conf import settings

        # As a new home gets its tables; a test holds them and those of the migrations alike.
        settings.DATABASES["default"]["TEST"]["MIGRATE"] = False
        # Every test's client would list all static files anew; servers of tests do list them.
        settings.WHITENOISE_AUTOREFRESH = True
        from django.contrib.auth.hashers import PBKDF2PasswordHasher

        # The same hash in fewer rounds, in this process alone: commands hash as they always do.
        PBKDF2PasswordHasher.iterations = 1_000


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(SESSION_HOME, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this machine cannot run; the summary says so in one line each."""
    left_out = [test for test in items if not can_run(test)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [test for test in items if can_run(test)]


def can_run(test: pytest.Item) -> bool:
    """Say whether a test's inputs are here; in CI a missing browser is a failure, not a gap."""
    if test.get_closest_marker("real_inputs") and not REAL_INPUTS:
        return False
    return not (test.get_closest_marker("browser") and browser_path() is None and not IN_CI)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line each what this run left out."""
    if not REAL_INPUTS:
        terminalreporter.write_line(
            "real_inputs left out: set JIBUNGOTO_REAL_INPUTS to the folder of real exports"
        )
    if browser_path() is None and not IN_CI:
        terminalreporter.write_line("browser tests left out: no Chromium on this machine")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in which fewer tests on real exports passed than are recorded."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not RECORDED or reporter is None or os.environ.get("PYTEST_XDIST_WORKER"):
        return
    wanted = int(Path(RECORDED).read_text(encoding="utf-8").split()[0])
    passed = sum("real_inputs" in report.keywords for report in reporter.stats.get("passed", []))
    reporter.write_line(f"\nreal_inputs: {passed} passed, {wanted} recorded in {RECORDED}")
    if passed < wanted:
        reporter.write_line("fewer than recorded: this run has failed")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def no_shared_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Name each test a home that nobody has made; most tests need none."""
    monkeypatch.setenv("JIBUNGOTO_HOME", f"{SESSION_HOME}/of-test-{next(_tests)}")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_shared_home: None) -> Path:
    """Give a test a home of its own, which it makes; commands it starts inherit it."""
    folder = tmp_path / "home"
    monkeypatch.setenv("JIBUNGOTO_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Forget what a process remembers by stamps: every test's community has the same ones."""
    for module, remembered in REMEMBERED:
        if module in sys.modules:
            getattr(sys.modules[module], remembered).cache_clear()


@pytest.fixture(scope="session")
def real_inputs() -> Path:
    """Return the folder of real exports; only for tests marked ``real_inputs``."""
    return Path(REAL_INPUTS)


@pytest.fixture(scope="session")
def chromium() -> Iterator[str]:
    """Return the path of Chromium; only for tests marked ``browser``."""
    path = browser_path()
    if path is None:
        pytest.fail("no Chromium on this machine, and CI must run the browser tests")
    yield path


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Start Chromium once for all browser tests, and end it after them."""
    from tests.web.seeing import started

    # Playwright's own loop makes Django refuse the database, though both run one after the other.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

    with started(chromium) as one:
        yield one


@pytest.fixture(scope="session")
def commands() -> Iterator[Preloaded]:
    """Return what runs commands in processes of their own without loading everything again."""
    from tests.preloaded import preloaded

    with preloaded() as waiting:
        yield waiting
