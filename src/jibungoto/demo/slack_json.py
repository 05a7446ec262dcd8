"""JSON as Slack writes it: four spaces, every character escaped, slashes too."""

from __future__ import annotations

from json.encoder import encode_basestring_ascii
from typing import TypeAlias

Json: TypeAlias = "str | int | bool | None | list[Json] | dict[str, Json]"

_FIXED = {True: "true", False: "false"}


def quoted(text: str) -> str:
    """A text as a JSON string."""
    return encode_basestring_ascii(text).replace("/", "\\/")


def pretty(value: Json, margin: str = "\n") -> str:
    """A value as pretty-printed JSON; ``margin`` is the line break with its indent."""
    if isinstance(value, str):
        return quoted(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return _FIXED[value]
    if isinstance(value, int):
        return str(value)
    return _nested(value, margin)


def _nested(value: list[Json] | dict[str, Json], margin: str) -> str:
    inner = margin + "    "
    if isinstance(value, dict):
        if not value:
            return "{}"
        lines = [f'"{key}": {pretty(one, inner)}' for key, one in value.items()]
        return "{" + inner + ("," + inner).join(lines) + margin + "}"
    if not value:
        return "[]"
    return "[" + inner + ("," + inner).join([pretty(one, inner) for one in value]) + margin + "]"
