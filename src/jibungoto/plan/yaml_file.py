"""A plan as a YAML file: read strictly, written so that reading it gives the same plan."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import msgspec
import yaml

from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.plan.bounds import must_fit
from jibungoto.plan.owwh import Plan
from jibungoto.plan.shape import Slot, slot_at, slots_of
from jibungoto.plan.yaml_nodes import (
    READ_THE_PAGE,
    Place,
    filled_in,
    line_of,
    must_be_known,
    root_of,
)

_WHOLE = 1e15
"""Below it a whole number is the same as a float."""
MOST_BYTES = 128 * 1024
_FROM_MSGSPEC = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<place>.*)`)?$", re.DOTALL)


def read_plan(content: bytes) -> Plan:
    """Return the plan a YAML file holds.

    Raises ``InvalidChoice`` that names the line and the place of what does not fit: it is taken
    as a whole or not at all. Keys that are left out get one by their order.
    """
    root = root_of(_text(content))
    must_be_known(root, Plan, place=Place())
    plain = filled_in(root, Plan)
    try:
        plan = msgspec.convert(plain, Plan)
    except msgspec.ValidationError as error:
        raise _does_not_fit(error, root) from error
    must_fit(plan)
    return plan


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise InvalidChoice(
            Words(
                f"ファイルが大きすぎます({MOST_BYTES // 1024} KB を超えています)。",
                f"The file is too large: it has more than {MOST_BYTES // 1024} KB.",
            ),
            Words(
                "計画のファイルかどうかを確かめてください。",
                "Make sure that it is the file of a plan.",
            ),
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidChoice(
            Words("文字コードが UTF-8 ではありません。", "The file is not in UTF-8."),
            Words("UTF-8 で保存し直してください。", "Save it as UTF-8."),
        ) from error


def _does_not_fit(error: msgspec.ValidationError, root: yaml.Node) -> InvalidChoice:
    found = _FROM_MSGSPEC.match(str(error))
    place = (found["place"] or "") if found else ""
    line = line_of(root, place)
    return InvalidChoice(
        Words(f"{line}行目の値が合いません。", f"The value on line {line} does not fit."),
        _wanted(slot_at(Plan, place), str(error)),
        place=place,
    )


def _wanted(slot: Slot, said: str) -> Words:
    """Say what may stand at a place where something else does."""
    if slot.choices:
        listed = ", ".join(slot.choices)
        return Words(f"次のどれかにしてください: {listed}", f"Use one of: {listed}")
    if slot.is_many and "Expected `array`" in said:
        return Words(
            "一つずつ「- 」で始まる行に、並べて書いてください。",
            "Write a list: one line each, beginning with “- ”.",
        )
    if slot.is_text or slot.kind == "str":
        return Words(
            "文字として読めるように、引用符で囲んでください。",
            "Put it in quotes, so that it is read as text.",
        )
    return _KINDS.get("object" if slot.struct else slot.kind, READ_THE_PAGE)


_KINDS = {
    "object": Words("下に項目を並べて書いてください。", "Write its keys below it."),
    "date": Words("日付は 2026-04-01 の形で書いてください。", "Write days as 2026-04-01."),
    "int": Words("整数で書いてください。", "Write a whole number."),
    "float": Words("数で書いてください。", "Write a number."),
    "bool": Words("true か false で書いてください。", "Write true or false."),
}


class _Writer(yaml.SafeDumper):
    """Writes texts of several lines as blocks and never as references."""

    def ignore_aliases(self, value: Any) -> bool:
        """Write everything out; a file with references is not read."""
        return True


def _string(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _string)


def written(plan: Plan) -> str:
    """Return a plan as YAML; a text that is the same in both languages is written once."""
    told = _said(_once(msgspec.to_builtins(plan, builtin_types=(date,)), Plan))
    return yaml.dump(
        told,
        Dumper=_Writer,
        allow_unicode=True,
        sort_keys=False,
        width=96,
        default_flow_style=False,
    )


def _once(value: Any, struct: type[msgspec.Struct] | None) -> Any:
    """Write a text that is the same in both languages once, and whole numbers as such."""
    if isinstance(value, list | tuple):
        return [_once(one, struct) for one in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < _WHOLE:
        return int(value)
    if struct is None or not isinstance(value, dict):
        return value
    slots = slots_of(struct)
    if set(value) == {"ja", "en"} and value["ja"] == value["en"]:
        return value["ja"]
    return {key: _once(one, slots[key].struct) for key, one in value.items()}


def _said(value: Any) -> Any:
    """Leave out what says nothing: an empty mapping within another is as good as none."""
    if isinstance(value, list):
        return [_said(one) for one in value]
    if not isinstance(value, dict):
        return value
    told = {key: _said(one) for key, one in value.items()}
    return {key: one for key, one in told.items() if one != {}}
