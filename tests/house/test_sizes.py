"""Files, functions and templates stay small enough to be read in one go; ruff counts branches."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house import exceptions
from tests.house.tree import ROOT, Function, functions, modules, parsed, told, tracked

FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 400, 40, 120
ARGUMENTS, POSITIONAL = 6, 2


def lines(name: Path) -> int:
    return len((ROOT / name).read_text(encoding="utf-8").splitlines())


def over(measured: dict[str, int], limit: int, allowed: dict[str, str]) -> dict[str, int]:
    """Return what is over the limit and not listed, and what is listed without need."""
    long = {key: size for key, size in measured.items() if size > limit}
    needless = {key: measured.get(key, 0) for key in allowed if key not in long}
    return {key: size for key, size in long.items() if key not in allowed} | needless


def each_function(*tops: str) -> dict[str, Function]:
    return {
        f"{name}::{dotted}": function
        for name in modules(*tops)
        for dotted, function in functions(parsed(name))
    }


def arguments(function: Function) -> tuple[int, int]:
    """Return how many arguments a function takes in all and by position, without self."""
    by_place = [arg.arg for arg in (*function.args.posonlyargs, *function.args.args)]
    if by_place and by_place[0] in {"self", "cls"}:
        by_place = by_place[1:]
    if function.name.startswith("__") or is_command(function):
        return 0, 0  # Python chose these, and click fills in a command's options by name
    return len(by_place) + len(function.args.kwonlyargs), len(by_place)


def is_command(function: Function) -> bool:
    """Say whether click calls this function."""
    named = {"command", "group", "option", "argument"}
    calls = [one for one in function.decorator_list if isinstance(one, ast.Call)]
    return any(getattr(one.func, "attr", "") in named for one in calls)


def test_no_file_is_longer_than_400_lines() -> None:
    sizes = {str(name): lines(name) for name in modules()}
    found = over(sizes, FILE_LINES, exceptions.LONG_FILES)
    assert found == {}, told(found)


def test_no_function_is_longer_than_40_lines() -> None:
    sizes = {
        key: (function.end_lineno or function.lineno) - function.lineno + 1
        for key, function in each_function().items()
    }
    found = over(sizes, FUNCTION_LINES, exceptions.LONG_FUNCTIONS)
    assert found == {}, told(found)


def test_no_function_takes_more_than_6_arguments_or_2_by_position() -> None:
    taken = {key: arguments(one) for key, one in each_function("src", "scripts").items()}
    many = {key: total for key, (total, _) in taken.items() if total > ARGUMENTS}
    placed = {key: by_place for key, (_, by_place) in taken.items() if by_place > POSITIONAL}
    found = over(many | placed, 0, exceptions.MANY_ARGUMENTS)
    assert found == {}, told(found)


def test_no_template_is_longer_than_120_lines() -> None:
    templates = (name for name in tracked() if "templates" in name.parts)
    sizes = {str(name): lines(name) for name in templates if "vendor" not in name.parts}
    found = over(sizes, TEMPLATE_LINES, exceptions.LONG_TEMPLATES)
    assert found == {}, told(found)
