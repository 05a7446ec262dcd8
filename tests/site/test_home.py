"""A home keeps one secret key, readable by its owner alone, whoever starts first."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings

from jibungoto.site.home import home_from_environment, kept_secret
from jibungoto.site.static_files import fingerprint


def test_the_key_is_made_once(home: Path) -> None:
    assert kept_secret(home) == kept_secret(home)
    assert len(kept_secret(home)) >= 64


def test_two_homes_have_two_keys(tmp_path: Path) -> None:
    assert kept_secret(tmp_path / "a") != kept_secret(tmp_path / "b")


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_only_the_owner_can_read_the_key(home: Path) -> None:
    kept_secret(home)
    assert stat.S_IMODE((home / "secret.key").stat().st_mode) == 0o600


def test_starting_at_once_ends_with_one_key_and_nothing_else(home: Path) -> None:
    home.mkdir(parents=True)
    with ThreadPoolExecutor(8) as starters:
        keys = set(starters.map(kept_secret, [home] * 8))
    assert len(keys) == 1
    assert [path.name for path in home.iterdir()] == ["secret.key"]


def test_no_home_is_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JIBUNGOTO_HOME")
    assert home_from_environment() is None


def test_the_database_is_set_up_for_many_writers() -> None:
    options = settings.DATABASES["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["init_command"] == "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    assert not settings.DATABASES["default"]["ATOMIC_REQUESTS"]


def opened(home: Path) -> str:
    """Open a home in a process of its own, twice, and return what it printed."""
    told = (
        "from pathlib import Path; from jibungoto.desk.house.open import open_home;"
        "import sys; home = Path(sys.argv[1]); open_home(home); open_home(home);"
        "from django.conf import settings; print(settings.HOME == home.resolve())"
    )
    done = subprocess.run(
        [sys.executable, "-c", told, str(home)],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return done.stdout


def test_a_home_that_is_not_there_yet_is_made(tmp_path: Path) -> None:
    assert opened(tmp_path / "new") == "True\n"
    assert (tmp_path / "new" / "secret.key").is_file()


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_nobody_else_on_the_machine_can_look_into_a_home(tmp_path: Path) -> None:
    home = tmp_path / "open"
    home.mkdir(mode=0o755)
    opened(home)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [home, *home.rglob("*")]}
    assert {name: mode for name, mode in modes.items() if mode & 0o077} == {}
    assert "jibungoto.sqlite3" in modes


def test_importing_the_package_does_not_import_django() -> None:
    told = "import jibungoto, jibungoto.cli.main, sys; print('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stdout == "False\n"


def test_the_address_of_static_files_changes_with_them(tmp_path: Path) -> None:
    (tmp_path / "vendor").mkdir()
    (tmp_path / "jibungoto").mkdir()
    (tmp_path / "vendor" / "MANIFEST.sha256").write_text("sum  file\n")
    before = fingerprint(tmp_path)
    assert fingerprint(tmp_path) == before
    (tmp_path / "jibungoto" / "tokens.css").write_text("a{}")
    assert fingerprint(tmp_path) != before
