"""Takes out of every text what no format can carry: control characters, halves of characters."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

T = TypeVar("T")

_SPACES = re.compile(r"[\t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")
_UNFIT = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
    r"\u202a-\u202e\u2066-\u2069"  # turn the direction of what follows, beyond their own name
    r"\ufdd0-\ufdef\ufff9-\ufffb\ufeff\ufffe\uffff"
    r"\ud800-\udfff\U000e0000\U000e0001]"
    r"|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0010fffe\U0010ffff]"
)


def clean(text: str) -> str:
    """Return a text that XML, PDF and HTML can hold, on one line."""
    return _UNFIT.sub("", _SPACES.sub(" ", text))


def cleaned(value: T) -> T:
    """Return the same value with every text in it clean, however deep it lies."""
    made: Any = _cleaned(value)
    return made  # type: ignore[no-any-return]  # the same type comes out that went in


def _cleaned(value: Any) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(_cleaned(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: _cleaned(getattr(value, f.name)) for f in fields(value)}
        return replace(value, **changed)
    return value
