"""The open source back office for community managers; in a notebook: ``from jibungoto import Log``.

``Log`` keeps the log of one community in a folder of its own, without Django: it brings exports
in, and answers every measure. It is loaded when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jibungoto.engine.notebook import Answers, BroughtIn, Log
    from jibungoto.gather.reader import Choices
    from jibungoto.ledger.finding import Finding
    from jibungoto.ledger.person import PersonKind

__all__ = ["Answers", "BroughtIn", "Choices", "Finding", "Log", "PersonKind"]

_KEPT_IN = {
    "Answers": "engine.notebook",
    "BroughtIn": "engine.notebook",
    "Choices": "gather.reader",
    "Finding": "ledger.finding",
    "Log": "engine.notebook",
    "PersonKind": "ledger.person",
}


def __getattr__(name: str) -> object:
    if name not in _KEPT_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_KEPT_IN[name]}"), name)
