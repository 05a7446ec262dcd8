"""A progress bar on a terminal, and silence everywhere else."""

from __future__ import annotations

import os
import sys
from typing import Any

from jibungoto.cli.speech import said
from jibungoto.ledger.words import Words

FILES = Words("ファイル", "files")
RECORDS = Words("記録", "records")


class Bar:
    """How many files are done of how many, and the records read from them."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __enter__(self) -> Bar:
        if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
            from tqdm import tqdm

            self._bar = tqdm(unit=f" {said(FILES)}", leave=False)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, done: int, total: int, *, records: int) -> None:
        """Show how far the reading is."""
        if self._bar is not None:
            self._bar.total = total or None
            self._bar.set_postfix({said(RECORDS): records}, refresh=False)
            self._bar.update(done - self._bar.n)
