"""An upload on its way in never takes more of the disk than it may, whatever it says of itself."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from jibungoto.gather.shelves.entry import Limits
from jibungoto.records.models import CommunityRow, IntakeRow
from jibungoto.web.spool import Spool
from tests.ports import free_port
from tests.web.conftest import ROOT, Kept
from tests.web.making import SLUG
from tests.web.serving import Served
from tests.web.test_sources import SOURCES, Flow

SIZE = 6_000_000


@pytest.fixture
def uploads(community: CommunityRow, settings: Settings, tmp_path: Path) -> Path:
    """Return the folder uploads pass through, empty and this test's own."""
    settings.HOME = tmp_path / "own"
    folder = tmp_path / "own" / "uploads"
    folder.mkdir(parents=True)
    settings.FILE_UPLOAD_TEMP_DIR = folder
    return folder


def sent(client: Client, flow: Flow, *, length: str) -> str:
    """Send a body that calls itself so long, and return the page it leads to."""
    answer = client.request(
        PATH_INFO=SOURCES,
        REQUEST_METHOD="POST",
        CONTENT_TYPE="multipart/form-data; boundary=edge",
        CONTENT_LENGTH=length,
        **{"wsgi.input": flow},
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, SOURCES)
    return client.get(SOURCES).content.decode()


def test_a_file_that_grows_too_large_is_let_go_while_it_comes_in(
    manager: Client, uploads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Spool, "limits", Limits(upload_bytes=SIZE - 1))
    flow = Flow(SIZE)
    page = sent(manager, flow, length=str(flow.length))
    assert "big.zip: It is larger than an upload may be" in page
    assert "No file came along" not in page
    assert (list(uploads.iterdir()), IntakeRow.objects.count()) == ([], 1)


def test_a_file_that_would_fill_the_disk_is_let_go_while_it_comes_in(
    manager: Client, uploads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Spool, "limits", Limits(free_bytes=1 << 60))
    flow = Flow(SIZE)
    assert "Make room on the disk" in sent(manager, flow, length=str(flow.length))
    assert (list(uploads.iterdir()), IntakeRow.objects.count()) == ([], 1)


def test_a_disk_that_refuses_is_told_and_nothing_stays(
    manager: Client, uploads: Path, settings: Settings
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = uploads / "gone"
    flow = Flow(SIZE)
    page = sent(manager, flow, length=str(flow.length))
    assert "big.zip: The machine could not read or write a file" in page
    assert IntakeRow.objects.count() == 1


@pytest.mark.parametrize(
    ("length", "most"), [("", 0), ("10", 10)], ids=["chunked, of no length", "too short"]
)
def test_a_body_longer_than_it_says_is_read_no_further(
    manager: Client, uploads: Path, length: str, most: int
) -> None:
    flow = Flow(SIZE)
    answer = manager.request(
        PATH_INFO=SOURCES,
        REQUEST_METHOD="POST",
        CONTENT_TYPE="multipart/form-data; boundary=edge",
        CONTENT_LENGTH=length,
        HTTP_TRANSFER_ENCODING="chunked",
        **{"wsgi.input": flow},
    )
    assert answer.status_code in (302, 400)
    assert SIZE - flow.left <= most
    assert (list(uploads.iterdir()), IntakeRow.objects.count()) == ([], 1)


def test_a_body_shorter_than_it_says_counts_for_what_came(
    manager: Client, uploads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Spool, "limits", Limits(upload_bytes=SIZE - 1))
    page = sent(manager, Flow(SIZE), length=str(1 << 40))
    assert "It is larger than an upload may be" in page
    assert (list(uploads.iterdir()), IntakeRow.objects.count()) == ([], 1)


def test_of_a_strangers_file_nothing_is_kept_nor_read(client: Client, uploads: Path) -> None:
    flow = Flow(SIZE)
    answer = client.request(
        PATH_INFO=SOURCES,
        REQUEST_METHOD="POST",
        CONTENT_TYPE="multipart/form-data; boundary=edge",
        CONTENT_LENGTH=str(flow.length),
        **{"wsgi.input": flow},
    )
    assert answer.status_code == 302 and "/sign-in/" in answer.headers["Location"]
    assert flow.left > SIZE - 200_000
    assert (list(uploads.iterdir()), IntakeRow.objects.count()) == ([], 1)


@pytest.fixture
def port(kept: Kept) -> Iterator[int]:
    """Serve the small community the way the product does, and return the port."""
    port = free_port()
    environment = {**os.environ, "JIBUNGOTO_HOME": str(kept.home)}
    command = [sys.executable, "-m", "jibungoto.cli.pages", "127.0.0.1", str(port)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        for _ in range(2_000):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=30).close()
                break
            except OSError:
                pass
            try:
                process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
        yield port
        process.terminate()


def test_the_server_stops_a_chunked_body_without_end(kept: Kept, served: Served, port: int) -> None:
    head = (
        f"POST /{SLUG}/sources/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Cookie: sessionid={served.session}; csrftoken={'x' * 32}\r\n"
        "Content-Type: multipart/form-data; boundary=edge\r\n"
        "Transfer-Encoding: chunked\r\nContent-Length: 10\r\n\r\n"
    )
    piece, taken = b"x" * (1 << 20), 0
    before = set((kept.home / "uploads").iterdir())
    with socket.create_connection(("127.0.0.1", port), timeout=120) as line:
        line.sendall(head.encode())
        try:
            while taken < 256:
                line.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
                taken += 1
        except OSError:
            pass
    assert taken < 64, "the server went on reading"
    assert set((kept.home / "uploads").iterdir()) == before
