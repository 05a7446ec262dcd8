"""YAML before it becomes values: bounded in depth, without references, every key known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml
from msgspec import Struct
from yaml.constructor import SafeConstructor

from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.plan.shape import KEYED, Slot, nearest, slots_of

DEEPEST = 12
_STR = "tag:yaml.org,2002:str"
_NULL = "tag:yaml.org,2002:null"
_FROM_YAML = (
    yaml.YAMLError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    TypeError,
)
"""All that the library raises at a text it cannot read, with or without saying so."""
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
READ_THE_PAGE = Words(
    "計画のファイルの説明(reference/plan-file)にある形に直してください。",
    "Write it as the page on the plan's file (reference/plan-file) says.",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands: ``how[0].owner``."""

    path: str = ""

    def under(self, key: str) -> Place:
        """Return the place of a key here."""
        return Place(f"{self.path}.{key}" if self.path else key)

    def at(self, position: int) -> Place:
        """Return the place of the n-th thing of a list here."""
        return Place(f"{self.path}[{position}]")


def root_of(text: str) -> yaml.MappingNode:
    """Return the one mapping a YAML text holds.

    Raises ``InvalidChoice`` where it is no YAML, refers to itself, or is nested without end.
    """
    try:
        root = yaml.compose(text, Loader=_Strict)
    except yaml.MarkedYAMLError as error:
        raise _no_yaml(str(error.problem or error), _line(error.problem_mark)) from error
    except _FROM_YAML as error:
        raise _no_yaml(str(error).partition("\n")[0], None) from error
    if not isinstance(root, yaml.MappingNode):
        raise InvalidChoice(
            Words("計画のファイルではありません。", "This is not the file of a plan."),
            READ_THE_PAGE,
        )
    return root


def _line(mark: Any) -> int | None:
    return None if mark is None else int(mark.line) + 1


def _no_yaml(said: str, line: int | None) -> InvalidChoice:
    ja = f"{line}行目が読めません" if line else "YAML として読めません"
    en = f"Line {line} cannot be read" if line else "This cannot be read as YAML"
    return InvalidChoice(Words(f"{ja}({said})。", f"{en}: {said}."), READ_THE_PAGE)


def _tagged(line: int | None) -> InvalidChoice:
    return InvalidChoice(
        Words(f"{line}行目に型の指定(!)があります。", f"Line {line} holds a tag (!)."),
        Words(
            "「!」で始まる型の指定を消し、値だけを書いてください。文字なら引用符で囲みます。",
            "Leave out what begins with “!” and write the value alone; put a text in quotes.",
        ),
    )


class _Strict(yaml.SafeLoader):
    """Builds nodes as YAML says, without references and tags, no deeper than a plan goes."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Return the next node; raises ``InvalidChoice`` at a reference, at a tag, and too deep."""
        is_reference = self.check_event(yaml.AliasEvent)
        line = _line(getattr(self.current_event, "start_mark", None))
        if is_reference:
            raise InvalidChoice(
                Words(f"{line}行目に参照(*)があります。", f"Line {line} holds a reference (*)."),
                Words(
                    "参照を使わず、同じ内容をもう一度書いてください。",
                    "Write the text again instead of referring to it.",
                ),
            )
        if getattr(self.current_event, "tag", None) is not None:
            raise _tagged(line)
        self.depth += 1
        if self.depth > DEEPEST:
            raise InvalidChoice(
                Words("入れ子が深すぎます。", "It is nested too deeply."), READ_THE_PAGE
            )
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def must_be_known(node: yaml.Node, struct: type[Struct], *, place: Place) -> None:
    """Raise ``InvalidChoice`` at the first key that is unknown or said twice."""
    if not isinstance(node, yaml.MappingNode):
        return
    slots, seen = slots_of(struct), set()
    for key_node, value in node.value:
        key = str(key_node.value)
        if key not in slots or key_node.tag != _STR:
            raise _unknown(key_node, slots, place=place)
        if key in seen:
            line = _line(key_node.start_mark)
            raise InvalidChoice(
                Words(f"{line}行目の「{key}」は二度目です。", f"Line {line} says “{key}” again."),
                Words("どちらか一つにしてください。", "Keep one of the two."),
                place=place.under(key).path,
            )
        seen.add(key)
        _must_be_known_below(value, slots[key], place=place.under(key))


def _must_be_known_below(node: yaml.Node, slot: Slot, *, place: Place) -> None:
    if slot.struct is None:
        return
    if slot.is_many and isinstance(node, yaml.SequenceNode):
        for position, one in enumerate(node.value):
            must_be_known(one, slot.struct, place=place.at(position))
    elif not slot.is_many:
        must_be_known(node, slot.struct, place=place)


def _unknown(key_node: yaml.Node, slots: Any, *, place: Place) -> InvalidChoice:
    line, key = _line(key_node.start_mark), "?"
    if isinstance(key_node, yaml.ScalarNode):
        key = str(key_node.value)[:60]
    near = nearest(key, slots)
    known = ", ".join(slots)
    ja = f"「{near}」ではありませんか。" if near else f"ここに書けるのは次のどれかです: {known}"
    en = f"Do you mean “{near}”?" if near else f"Here it can be one of: {known}"
    return InvalidChoice(
        Words(
            f"{line}行目の「{key}」という項目はありません。", f"Line {line}: “{key}” is unknown."
        ),
        Words(ja, en),
        place=place.under(key).path,
    )


def filled_in(root: yaml.MappingNode, struct: type[Struct]) -> dict[str, Any]:
    """Return the values of a checked file, each text in both languages, nothing said left out."""
    return _mapping(root, struct)


def _mapping(node: yaml.MappingNode, struct: type[Struct]) -> dict[str, Any]:
    slots = slots_of(struct)
    told = {key.value: _value(value, slots[key.value]) for key, value in node.value}
    return {key: value for key, value in told.items() if value is not None}


def _value(node: yaml.Node, slot: Slot) -> Any:
    if slot.is_many and isinstance(node, yaml.SequenceNode):
        one = Slot(slot.struct, False)
        named = [_value(each, one) for each in node.value]
        return [_keyed(each, slot, at=at) for at, each in enumerate(named)]
    if slot.is_text and isinstance(node, yaml.ScalarNode):
        if node.tag == _NULL:
            return None
        return {"ja": node.value, "en": node.value} if node.tag == _STR else _plain(node)
    if slot.struct is not None and isinstance(node, yaml.MappingNode) and not slot.is_many:
        return _mapping(node, slot.struct)
    return _plain(node)


def _keyed(value: Any, slot: Slot, *, at: int) -> Any:
    """Give what has keys one by its order, where the file gives none."""
    name = KEYED.get(slot.struct) if slot.struct else None
    if name is not None and isinstance(value, dict):
        return {"key": f"{name}-{at + 1}", **value}
    return value


def _plain(node: yaml.Node) -> Any:
    """Return a plain value; raises ``InvalidChoice`` where it is none, such as the 32nd of May."""
    try:
        return SafeConstructor().construct_object(node, deep=True)
    except yaml.MarkedYAMLError as error:
        raise _no_yaml(str(error.problem or error), _line(node.start_mark)) from error
    except _FROM_YAML as error:
        raise _no_yaml(str(error), _line(node.start_mark)) from error


def line_of(root: yaml.Node, path: str) -> int:
    """Return the line of a place, or of the nearest above it that is in the file."""
    node = root
    for key, position in _STEP.findall(path):
        below = _below(node, key, position=position)
        if below is None:
            break
        node = below
    return node.start_mark.line + 1


def _below(node: yaml.Node, key: str, *, position: str) -> yaml.Node | None:
    if position and isinstance(node, yaml.SequenceNode):
        return node.value[int(position)] if int(position) < len(node.value) else None
    if key and isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == key), None)
    return None
