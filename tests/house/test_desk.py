"""Who acts is the first thing every writing function of the desk is told."""

from __future__ import annotations

import ast

from tests.house import exceptions
from tests.house.test_walls import writes
from tests.house.tree import modules, parsed, room, told


def writing_functions(tree: ast.Module) -> list[ast.FunctionDef]:
    """Return the public functions of a module that write rows themselves."""
    return [
        function
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
        and not function.name.startswith("_")
        and writes(function)
    ]


def is_told_who_acts(function: ast.FunctionDef) -> bool:
    return bool(function.args.args) and function.args.args[0].arg == "acting"


def test_every_writing_function_of_the_desk_is_told_who_acts() -> None:
    found = {
        f"{name}::{function.name}"
        for name in modules("src")
        if room(name) == "desk"
        for function in writing_functions(parsed(name))
        if not is_told_who_acts(function)
    }
    assert found ^ set(exceptions.UNASKED) == set(), told(found ^ set(exceptions.UNASKED))


def test_a_writing_function_nobody_acts_in_would_be_seen() -> None:
    tree = ast.parse("def keep(row):\n    row.save()\ndef read(row):\n    return row.name")
    (found,) = writing_functions(tree)
    assert found.name == "keep" and not is_told_who_acts(found)
