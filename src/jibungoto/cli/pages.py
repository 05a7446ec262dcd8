"""``python -m jibungoto.cli.pages HOST PORT``: the pages; end when their standard input does."""

from __future__ import annotations

import os
import signal
import sys
import threading

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


def main() -> None:
    """Serve the pages of the home the environment names, until the starting process is gone."""
    host, port = sys.argv[1], int(sys.argv[2])
    threading.Thread(target=_stop_with_parent, daemon=True).start()
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


def _stop_with_parent() -> None:
    # Not through sys.stdin: its lock would be held in the process the server forks.
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
