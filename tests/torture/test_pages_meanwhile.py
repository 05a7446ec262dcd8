"""Pages are read and written while a large export comes in, and none fails or waits long."""

from __future__ import annotations

import http.cookiejar
import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from tests.cli.conftest import small_export
from tests.ports import free_port

MESSAGES = int(os.environ.get("JIBUNGOTO_TORTURE_MESSAGES", "100000"))
BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
PASSPHRASE = "a quiet mountain path"
PREPARE = """
import sys
from pathlib import Path
from jibungoto.desk.house.open import community_named, open_home
open_home(Path(sys.argv[1]))
from jibungoto.desk.acting import administrator
from jibungoto.desk.gather.queue import bring_in
from jibungoto.desk.house.begin import admit
community = community_named(None)
if sys.argv[2] == "admit":
    admit(community, "hana", passphrase=sys.argv[3])
else:
    bring_in(administrator(community), Path(sys.argv[3]))
"""
STATE = "select state, read from records_intakerow order by number desc limit 1"


def done(*words: object) -> None:
    """Run a command of ours to its end."""
    subprocess.run(
        [sys.executable, *map(str, words)], check=True, capture_output=True, timeout=1_800
    )


class Visitor:
    """Somebody with a browser's cookies, who notes how long everything took."""

    def __init__(self, address: str) -> None:
        self._address = address
        cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
        self.took: list[float] = []

    def get(self, path: str) -> str:
        return self._answer(path, None)

    def post(self, path: str, page: str, **values: str) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(page))
        assert token is not None
        return self._answer(path, {"csrfmiddlewaretoken": token.group(1), **values})

    def _answer(self, path: str, values: dict[str, str] | None) -> str:
        body = None if values is None else urllib.parse.urlencode(values).encode()
        request = urllib.request.Request(self._address + path, body)
        began = time.monotonic()
        with self._opener.open(request, timeout=300) as answer:
            text: str = answer.read().decode()
        self.took.append(time.monotonic() - began)
        return text


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, Visitor]]:
    """Serve a home with a small community, and somebody signed in to it."""
    home = tmp_path / "served"
    done("-m", "jibungoto", "import", small_export(tmp_path / "small"), "--home", home)
    done("-c", PREPARE, home, "admit", PASSPHRASE)
    port = free_port()
    serving = subprocess.Popen(
        [sys.executable, "-m", "jibungoto", "serve", "--home", str(home), "--port", str(port)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    visitor = Visitor(f"http://127.0.0.1:{port}")
    try:
        for _ in range(1_500):
            try:
                visitor.get("/sign-in/")
                break
            except OSError:
                time.sleep(0.2)
        visitor.post("/sign-in/", "/sign-in/", username="hana", password=PASSPHRASE)
        yield home, visitor
    finally:
        serving.terminate()
        serving.wait(timeout=300)


def intake_of(home: Path) -> tuple[str, int]:
    """Return the state of the newest intake and how many records were read of it."""
    import sqlite3

    base = sqlite3.connect(home / "jibungoto.sqlite3", timeout=20)
    state, read = base.execute(STATE).fetchone()
    base.close()
    return state, read


def usual(visitor: Visitor) -> float:
    """Return how long a page takes while nothing comes in."""
    visitor.took.clear()
    for _ in range(5):
        visitor.get("/small/today/")
        visitor.get("/small/people/")
    return median(visitor.took)


@pytest.mark.torture
def test_pages_are_read_and_written_while_a_large_export_comes_in(
    served: tuple[Path, Visitor], tmp_path: Path
) -> None:
    home, visitor = served
    export = tmp_path / "large.zip"
    done(BENCHMARKS / "make_slack.py", export, "--messages", MESSAGES)
    calm = usual(visitor)
    done("-c", PREPARE, home, "queue", export)
    visitor.took.clear()

    rounds, seen = 0, set()
    while intake_of(home)[0] in ("waiting", "reading"):
        seen.add(intake_of(home)[1])
        assert "Today" in visitor.get("/small/today/") or "きょう" in visitor.get("/small/today/")
        visitor.get("/small/people/")
        visitor.get("/small/sources/")
        kind = "talked" if rounds % 2 else "not_now"
        visitor.post("/small/people/1/touch/", "/small/people/1/", kind=kind)
        rounds += 1

    assert intake_of(home) == ("in", MESSAGES)
    assert rounds >= 3 and len(seen) >= 3
    # On a machine busy with other things pages take their time without an import as well.
    assert max(visitor.took) < max(10, 100 * calm), f"{max(visitor.took):.1f} s for one answer"
    assert median(visitor.took) < max(1, 10 * calm)
