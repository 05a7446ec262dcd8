"""``python -m jibungoto.work HOME``: the worker; ends when its standard input does."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from jibungoto.desk.house.open import open_home
from jibungoto.ledger.problems import Problem


def main() -> None:
    """Open the home, then work until the starting process is gone."""
    if len(sys.argv) != 2:
        sys.exit("python -m jibungoto.work HOME")
    try:
        open_home(Path(sys.argv[1]))
    except Problem as problem:
        sys.exit(problem.said_in("en"))
    from jibungoto.work.loop import stop_with_parent, work

    stop = stop_with_parent()
    # Ctrl-C on a terminal reaches this process too; what is being done is finished first.
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    work(stop)


if __name__ == "__main__":
    main()
