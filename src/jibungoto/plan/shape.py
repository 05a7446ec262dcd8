"""The shape of a plan's file: which keys stand where, and what each of them holds."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from functools import cache
from typing import Any

from msgspec import Struct, structs

from jibungoto.plan.owwh import Assumption, How, What, Who
from jibungoto.plan.text import Text
from jibungoto.plan.victory import VictoryCondition

KEYED: Mapping[type[Struct], str] = {
    VictoryCondition: "victory",
    Who: "who",
    What: "what",
    How: "how",
    Assumption: "assumption",
}
"""What is referred to by a key, and how a key begins where nobody gave one."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What may stand under one key: a struct, a text or a plain value, one or many of it.

    ``choices`` are the values of a closed set, ``kind`` is the name of a plain value's type.
    """

    struct: type[Struct] | None
    is_many: bool
    choices: tuple[str, ...] = ()
    kind: str = ""

    @property
    def is_text(self) -> bool:
        """Whether it is a text, which a plain string may stand for."""
        return self.struct is Text


@cache
def slots_of(struct: type[Struct]) -> Mapping[str, Slot]:
    """Return the keys of a struct as they stand in a file, each with what it holds."""
    hints = typing.get_type_hints(struct)
    return {one.encode_name: _slot(hints[one.name]) for one in structs.fields(struct)}


def _slot(hint: Any) -> Slot:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        hint = next(one for one in typing.get_args(hint) if one is not type(None))
    is_many = typing.get_origin(hint) is tuple
    inner = typing.get_args(hint)[0] if is_many else hint
    is_struct = isinstance(inner, type) and issubclass(inner, Struct)
    choices = tuple(one.value for one in inner) if issubclass(inner, Enum) else ()
    return Slot(inner if is_struct else None, is_many, choices, inner.__name__)


def slot_at(struct: type[Struct], path: str) -> Slot:
    """Return what may stand at a place such as ``how[0].owner``."""
    slot = Slot(struct, False)
    for key in re.findall(r"[^.\[\]]+(?=\[|\.|$)", re.sub(r"\[\d+\]", "", path)):
        if slot.struct is None or key not in slots_of(slot.struct):
            break
        slot = slots_of(slot.struct)[key]
    return slot


def nearest(key: str, known: Mapping[str, Slot]) -> str:
    """Return the known key that is most like an unknown one, or an empty string."""
    return next(iter(get_close_matches(key.lower(), known, n=1, cutoff=0.5)), "")
