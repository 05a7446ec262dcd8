"""Evidence: the rows of the log that stand behind a statement."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """Keys of activities, as (source, key) pairs, in the order in which they count."""

    rows: tuple[tuple[str, str], ...] = ()

    def __len__(self) -> int:
        return len(self.rows)
