"""The worker and the pages as processes of their own: they start, and end when they should."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.ports import free_port

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are looked at as on POSIX")


def children_of(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found]


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def answers(address: str, process: subprocess.Popen[str]) -> int:
    """Return the status of an address, once somebody answers there."""
    for _ in range(1_500):
        assert process.poll() is None
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return int(answer.status)
        except OSError:  # not yet there, or too busy to answer
            time.sleep(0.2)
    raise AssertionError(f"nobody answers at {address}")


def test_the_worker_ends_when_its_input_does(home: Path) -> None:
    command = [sys.executable, "-m", "jibungoto.work", str(home)]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE)
    assert worker.stdin is not None
    for _ in range(3_000):
        if (home / "jibungoto.sqlite3").exists():
            break
        time.sleep(0.1)
    assert worker.poll() is None
    worker.stdin.close()
    assert worker.wait(300) == 0


def test_the_worker_says_what_is_wrong_with_its_home(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    command = [sys.executable, "-m", "jibungoto.work", str(tmp_path / "file")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 1
    assert "This is a file, not a folder." in done.stderr and "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGKILL"])
def test_serve_starts_pages_and_worker_and_ends_both(home: Path, name: str) -> None:
    port = free_port()
    command = [sys.executable, "-m", "jibungoto", "serve", "--port", str(port)]
    serve = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        assert answers(f"http://127.0.0.1:{port}/sign-in/", serve) == 200
        begun = children_of(serve.pid)
        begun += [inner for child in begun for inner in children_of(child)]
        assert len(begun) >= 3  # the worker, the pages, and the process that answers
        os.killpg(serve.pid, getattr(signal, name))
        code = serve.wait(300)
    finally:
        serve.kill()
    assert code == (-signal.SIGKILL if name == "SIGKILL" else 0)
    for _ in range(1_200):
        if not any(map(is_alive, begun)):
            break
        time.sleep(0.1)
    assert [pid for pid in begun if is_alive(pid)] == []
    assert serve.stdout is not None
    with serve.stdout as said:
        assert said.read().startswith("This home is empty. Begin here: http://127.0.0.1:")


def test_a_port_in_use_is_said_in_one_line(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "jibungoto", "serve", "--port", str(port)]
        environment = os.environ | {"LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=300, check=False
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"127.0.0.1:{port}: Another program listens on this port. Name another one with --port.\n"
    )
    assert not home.exists()
