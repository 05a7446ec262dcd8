"""Undocumented is a failing test: every name a person meets stands in both languages' reference."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.house.tree import PACKAGE, ROOT, modules, parsed, texts, told

LANGUAGES = ("ja", "en")


def problems() -> Iterator[str]:
    """Yield the problems a person can meet: those that no other problem is a kind of."""
    tree = ast.parse((PACKAGE / "ledger" / "problems.py").read_text(encoding="utf-8"))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    parents = {parent.id for one in classes for parent in one.bases if isinstance(parent, ast.Name)}
    closed = {one.name for one in classes for parent in one.bases if "Enum" in ast.unparse(parent)}
    yield from sorted(one.name for one in classes if one.name not in parents | closed)


def sources() -> Iterator[str]:
    """Yield the sources by their keys, in the order in which an export is shown to them."""
    from jibungoto.gather.recognise import READERS

    yield from (reader.source.key for reader in READERS)


def settings() -> Iterator[str]:
    """Yield every environment variable that the product reads."""
    found = {
        node.value
        for name in modules("src")
        if "JIBUNGOTO_" in (ROOT / name).read_text(encoding="utf-8")
        for node in ast.walk(parsed(name))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"JIBUNGOTO_[A-Z_]+[A-Z]", node.value)
    }
    yield from sorted(found)


def commands() -> Iterator[str]:
    """Yield the commands of the command line."""
    from jibungoto.cli.main import main

    yield from (name for name, one in main.commands.items() if not one.hidden)


def measures() -> Iterator[str]:
    """Yield the keys of the catalogue of measures."""
    from jibungoto.understand.catalogue import CATALOGUE

    yield from sorted(measure.key for measure in CATALOGUE)


WANTED = [
    pytest.param(language, page, name, id=f"{language}-{page}-{name}")
    for page, names in {
        "commands": commands,
        "measures": measures,
        "problems": problems,
        "settings": settings,
        "sources": sources,
    }.items()
    for name in names()
    for language in LANGUAGES
]


@cache
def reference(language: str, page: str) -> str:
    path = ROOT / "docs" / language / "reference" / f"{page}.md"
    return path.read_text(encoding="utf-8") if path.exists() else ""


@pytest.mark.parametrize(("language", "page", "name"), WANTED)
def test_every_name_stands_in_the_reference(language: str, page: str, name: str) -> None:
    assert f"`{name}`" in reference(language, page), f"docs/{language}/reference/{page}.md"


def test_both_languages_have_the_same_pages() -> None:
    pages = {
        language: {
            str(path.relative_to(ROOT / "docs" / language))
            for path in (ROOT / "docs" / language).rglob("*.md")
        }
        for language in LANGUAGES
    }
    assert pages["ja"] == pages["en"]


def test_every_relative_link_leads_somewhere() -> None:
    broken = [
        (str(name), link)
        for name, text in texts()
        if name.suffix == ".md"
        for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text)
        if not (ROOT / name.parent / link).exists()
    ]
    assert broken == [], told(broken)
