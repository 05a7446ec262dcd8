"""Which columns of a table say something in words or numbers, for formats without pictures."""

from __future__ import annotations

from jibungoto.explain.document import Table


def textual_columns(table: Table) -> list[int]:
    """Return the columns that are not drawn only, in order."""
    return [
        at
        for at in range(len(table.columns))
        if at == 0 or not table.rows or _says_something(table, at)
    ]


def _says_something(table: Table, at: int) -> bool:
    """Say whether any whole row has text in a column; a column without any row keeps its head."""
    cells = [row[at] for row in table.rows if len(row) == len(table.columns)]
    is_drawn = any(cell.share is not None or cell.chart is not None for cell in cells)
    return not is_drawn or any(cell.text.ja or cell.text.en for cell in cells)
