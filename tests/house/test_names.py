"""Names come from the vocabulary: none says only that something is a thing or a helper."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house import exceptions
from tests.house.tree import modules, parsed, told

NOWHERE = {"util", "utils", "helper", "helpers", "common", "base", "misc", "handler", "handlers"}
NOWHERE |= {"processor", "service", "services", "data", "info", "item", "object", "obj"}
BARE = {"session", "items", "objects"}
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def words_of(name: str) -> list[str]:
    """Split snake_case and CamelCase into lower-case words."""
    return [part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", name)]


def names_in(tree: ast.AST) -> Iterator[str]:
    """Yield every name a file gives: modules aside, what it defines, takes and assigns."""
    for node in ast.walk(tree):
        if isinstance(node, Definition):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def is_refused(name: str) -> bool:
    words = words_of(name)
    vague = bool(NOWHERE & set(words)) or (len(words) == 1 and words[0] in BARE)
    return vague or (name[:1].isupper() and name.endswith("Manager"))


def vague_names(name: Path) -> set[str]:
    given = {name.stem, *names_in(parsed(name))}
    return {f"{name}::{one}" for one in given if is_refused(one)}


def test_no_name_is_vague() -> None:
    found = {place for name in modules("src") for place in vague_names(name)}
    assert found ^ set(exceptions.NAMES) == set(), told(found ^ set(exceptions.NAMES))


def test_a_vague_name_would_be_seen() -> None:
    refused = ["read_data", "MailManager", "session", "base", "mail_helpers"]
    kept = ["database", "demo_manager", "MANAGER", "sessions", "user", "update"]
    assert [one for one in [*refused, *kept] if is_refused(one)] == refused
