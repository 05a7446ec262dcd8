"""``python -m jibungoto.work HOME``: the worker; ends when its standard input does."""

from __future__ import annotations

import sys
from pathlib import Path

from jibungoto.desk.house.open import open_home


def main() -> None:
    """Open the home, then work until the starting process is gone."""
    open_home(Path(sys.argv[1]))
    from jibungoto.work.loop import stop_with_parent, work

    work(stop_with_parent())


if __name__ == "__main__":
    main()
