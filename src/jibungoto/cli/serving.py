"""One command, two processes: the pages here, the worker beside them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def run(home: Path, *, host: str, port: int, demo: bool = False) -> None:
    """Serve the pages until stopped; the worker ends with this process, however it ends."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    if demo:
        os.environ["JIBUNGOTO_DEMO"] = "1"
    worker = subprocess.Popen(
        [sys.executable, "-m", "jibungoto.work", str(home.resolve())],
        stdin=subprocess.PIPE,
    )
    try:
        Granian(
            "jibungoto.site.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=4,
            log_level=LogLevels.warning,
            websockets=False,
        ).serve()
    finally:
        if worker.stdin is not None:
            worker.stdin.close()
        worker.wait(timeout=60)
