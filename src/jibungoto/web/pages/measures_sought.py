"""Which measures somebody looks for: by any word of their names, definitions and questions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from jibungoto.desk.understand.measures import Measured
from jibungoto.ledger.names import folded
from jibungoto.understand.catalogue import THEMES, measure_of

LONGEST_SEARCH = 100


def sought(all_measured: Iterable[Measured], find: str) -> list[Measured]:
    """Return the measures in which every word of ``find`` stands, in either language."""
    words = folded(find).split()
    return [one for one in all_measured if all(word in _text(one.measure.key) for word in words)]


@cache
def _text(key: str) -> str:
    """Return all that is said of a measure, as it is compared."""
    measure = measure_of(key)
    if measure is None:
        return ""
    themes = [name for name, theme in THEMES if measure in theme]
    told = (measure.name, measure.definition, *measure.parts.values(), *themes)
    return folded(" ".join([key, *(text for words in told for text in (words.ja, words.en))]))
