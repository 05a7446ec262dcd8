"""A community that several tests begin with: made by the first of them, laid for the others."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.laid import Rows, lay, rows_here

if TYPE_CHECKING:
    from jibungoto.desk.acting import Acting


@dataclass(slots=True)
class Memory:
    """What one community's home and database held once it was made."""

    folder: Path
    rows: Rows = field(default_factory=dict)
    community: int = 0

    def made(self, acting: Acting, home: Path, make: Callable[[], object]) -> None:
        """Make a community here, the first time; lay what that made from then on."""
        kept = self.folder / "home"
        if self.rows:
            shutil.rmtree(home)
            shutil.copytree(kept, home)
            lay(self.rows)
            acting.community.pk = self.community
            acting.community.refresh_from_db()
            return
        make()
        acting.community.refresh_from_db()
        shutil.copytree(home, kept)
        self.community = acting.community.pk
        self.rows = rows_here()
