"""One command, two processes beside it: the pages and the worker."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import click

from jibungoto.cli.speech import remark
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words

IS_TAKEN = Words(
    "ほかのプログラムがこのポートを使っています。", "Another program listens on this port."
)
CANNOT_LISTEN = Words("ここでは待ち受けられません({said})。", "Cannot listen there ({said}).")
CHOOSE_PORT = Words("--port で別の番号を指定してください。", "Name another one with --port.")
CHOOSE_HOST = Words(
    "--host と --port を確かめてください。1024 より小さいポートには権限が要ります。",
    "Check --host and --port; ports below 1024 need permission.",
)
NO_ADDRESS = Words(
    "ほかのマシンに向けて待ち受けるには、公開アドレスが要ります。",
    "Listening for other machines takes a public address.",
)
NAME_ADDRESS = Words(
    "開いてもらうアドレス(https://community.example.com など)を、"
    "JIBUNGOTO_ADDRESS に指定してください。",
    "Name in JIBUNGOTO_ADDRESS what people will open, https://community.example.com for one.",
)
NO_SUCH_ADDRESS = Words(
    "JIBUNGOTO_ADDRESS がアドレスとして読めません。",
    "JIBUNGOTO_ADDRESS is not an address people could open.",
)
WRITE_ADDRESS = Words(
    "https://community.example.com のように、https:// とホスト名だけを書いてください。",
    "Write https:// and the name of the host alone, https://community.example.com for one.",
)
BEHIND_A_PROXY = Words(
    "{place} では暗号化せずに話します。証明書のあるプロキシーを前に置き、{place} にはそれだけが"
    "届くようにしてください。プロキシーには Host と X-Forwarded-Proto を自分で付けさせてください。",
    "{place} speaks without encryption. Put a proxy with a certificate before it, let nobody but "
    "the proxy reach {place}, and have it set Host and X-Forwarded-Proto itself.",
)
IN_THE_CLEAR = Words(
    "{address} は暗号化されません。パスフレーズも名前も、途中の誰にでも読まれます。信頼できる"
    "ネットワークだけで使うか、証明書のあるプロキシーを前に置き、その https:// のアドレスを "
    "JIBUNGOTO_ADDRESS に指定してください。",
    "{address} is not encrypted: anybody on the way can read passphrases and names. Use it in a "
    "network you trust alone, or put a proxy with a certificate before it and name its https:// "
    "address in JIBUNGOTO_ADDRESS.",
)
WORKER_DIED = Words(
    "裏で動く処理が止まったため、もう一度始めます。", "The worker stopped; it is started again."
)
_PAUSE = 3.0
_PATIENCE = 10.0

port_option = click.option(
    "--port",
    type=click.IntRange(1, 65_535),
    default=8000,
    show_default=True,
    help="Port to listen on.",
)


def address_of(host: str, port: int) -> str:
    """Return the address of the first page: the public one where there is one."""
    public = public_address()
    if public:
        return public + "/"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def public_address() -> str:
    """Return the address others open, without a slash at its end; empty where there is none."""
    return os.environ.get("JIBUNGOTO_ADDRESS", "").strip().rstrip("/")


def must_be_reachable(host: str) -> None:
    """Raise ``InvalidChoice`` where other machines are listened for, but none would be answered.

    Pages answer only who asks for this machine by its own names, or for the public address.
    """
    public = public_address()
    if public and not _is_an_address(public):
        raise InvalidChoice(NO_SUCH_ADDRESS, WRITE_ADDRESS, place=public)
    if not (_is_this_machine(host) or public):
        raise InvalidChoice(NO_ADDRESS, NAME_ADDRESS, place=f"--host {host}")


def _is_an_address(public: str) -> bool:
    try:
        told = urlsplit(public)
    except ValueError:  # half of brackets
        return False
    return told.scheme in ("http", "https") and bool(told.hostname) and not told.path


def what_must_stand_before(host: str, port: int) -> Words | None:
    """Say what the pages need before them where others reach them; None for this machine alone."""
    public = public_address()
    if public.startswith("http://"):
        return IN_THE_CLEAR.filled(address=public)
    if public or not _is_this_machine(host):
        return BEHIND_A_PROXY.filled(place=f"{host}:{port}")
    return None


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name
        return False


def must_be_free(host: str, port: int) -> None:
    """Raise ``InvalidChoice`` unless somebody could listen on this port now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        place = f"{host}:{port}"
        if error.errno in (98, 48, 10048):  # EADDRINUSE on Linux, macOS, Windows
            raise InvalidChoice(IS_TAKEN, CHOOSE_PORT, place=place) from error
        reason = error.strerror or str(error)
        raise InvalidChoice(CANNOT_LISTEN.filled(said=reason), CHOOSE_HOST, place=place) from error


def run(home: Path, *, host: str, port: int, demo: bool = False) -> None:
    """Serve the pages until stopped; pages and worker end with this process, however it ends."""
    if demo:
        os.environ["JIBUNGOTO_DEMO"] = "1"
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # a closed terminal stops it like Ctrl-C
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    code = 0
    with Worker(home):
        pages = _started("jibungoto.cli.pages", host, str(port))
        with contextlib.suppress(KeyboardInterrupt):
            code = pages.wait()
        _end(pages)
    sys.exit(code)


def _started(module: str, *words: str) -> subprocess.Popen[bytes]:
    """Start a module beside this process; in a session of its own, Ctrl-C does not reach it."""
    command = [sys.executable, "-m", module, *words]
    return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)


class Worker:
    """The worker process: started again if it dies, and ended with the pages.

    It ends when its standard input does, so also when this process is killed.
    """

    def __init__(self, home: Path) -> None:
        self._home = str(home.resolve())
        self._over = threading.Event()
        self._starting = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Worker:
        self._process = _started("jibungoto.work", self._home)
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._starting:
            self._over.set()
            process = self._process
        if process is not None:
            _end(process)

    def _watch(self) -> None:
        while (process := self._process) is not None:
            process.wait()
            if self._over.wait(_PAUSE):
                return
            with self._starting:
                if self._over.is_set():
                    return
                remark(WORKER_DIED)
                self._process = _started("jibungoto.work", self._home)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let it finish what it does; cut it short if that takes long, for nothing is lost."""
    if process.stdin is not None:
        process.stdin.close()
    for cut_short in (process.terminate, process.kill):
        try:
            process.wait(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            cut_short()
    process.wait()
