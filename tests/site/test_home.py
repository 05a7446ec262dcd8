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
from jibungoto.site.setup import django_ready
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


def test_a_process_serves_one_home(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="start another"):
        django_ready(tmp_path / "another")


def test_django_gets_ready_for_a_home_that_is_not_there_yet(tmp_path: Path) -> None:
    told = (
        "from pathlib import Path; from jibungoto.site.setup import django_ready;"
        "import sys; home = Path(sys.argv[1]); django_ready(home); django_ready(home);"
        "from django.conf import settings; print(settings.HOME == home.resolve())"
    )
    done = subprocess.run(
        [sys.executable, "-c", told, str(tmp_path / "new")],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == "True\n"
    assert (tmp_path / "new" / "secret.key").is_file()


def test_importing_the_package_does_not_import_django() -> None:
    told = "import jibungoto, jibungoto.site.setup, sys; print('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=60
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
