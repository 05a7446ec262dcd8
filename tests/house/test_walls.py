"""Every line stands in its room: writes at the desk, no clock in the practice."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house import exceptions
from tests.house.tree import (
    PACKAGE,
    PRACTICE,
    ROOT,
    functions,
    imports,
    modules,
    parsed,
    project,
    room,
    told,
)

WRITES = {"save", "delete", "create", "get_or_create", "update_or_create"}
WRITES |= {"bulk_create", "bulk_update", "asave", "adelete", "acreate"}
QUERIES = {"objects", "filter", "exclude", "select_for_update", "all"}
STAYS = {"order_by", "distinct", "annotate", "select_related", "prefetch_related", "using", "none"}
"""What a query is still a query after."""
CLOCKS = {
    "datetime": {"now", "today", "utcnow"},
    "date": {"today"},
    "time": {"time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"},
    "timezone": {"now"},
}
FROM_DISTRIBUTION = {
    "backports-zstd": "backports",
    "django": "django",
    "django-axes": "axes",
    "django-csp": "csp",
    "django-htmx": "django_htmx",
    "python-pptx": "pptx",
    "pyyaml": "yaml",
}


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def chain(node: ast.expr) -> list[str]:
    """Return the names a call hangs on, innermost last: rows.objects.filter() -> that list."""
    names: list[str] = []
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            names.insert(0, node.attr)
            node = node.value
        else:
            node = node.func
    return [node.id, *names] if isinstance(node, ast.Name) else names


def is_write(call: ast.Call, held: Collection[str] = ()) -> bool:
    """Say whether a call looks like Django writing rows; ``update`` only behind a query.

    ``held`` are the names of variables that hold a query.
    """
    *before, last = chain(call.func) or [""]
    if not before:
        return False
    is_query = bool(QUERIES & set(before)) or before[0] in held
    return last in WRITES or (last == "update" and is_query)


def queries_held(tree: ast.AST) -> set[str]:
    """Return the names to which a query is assigned in a function, also through other names."""
    given = list(assignments(tree))
    held = {name for name, kind in annotated(tree) if kind == "QuerySet"}
    while True:
        more = {
            name
            for name, value in given
            if isinstance(value, ast.Attribute | ast.Call | ast.Name) and is_query(value, held)
        }
        if more <= held:
            return held
        held |= more


def is_query(value: ast.expr, held: Collection[str]) -> bool:
    names = chain(value)
    if isinstance(value, ast.Name):
        return value.id in held
    return bool(names) and (names[-1] in QUERIES or (names[0] in held and names[-1] in STAYS))


def assignments(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Yield every name that a value is given to, by ``=``, ``:=`` or with a type."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from pairs(target, node.value)
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            yield from pairs(node.target, node.value)


def pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, given in zip(target.elts, value.elts, strict=False):
            yield from pairs(one, given)


def annotated(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield every argument with the first name of its type."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg) and node.annotation is not None:
            kind = node.annotation
            named = kind.value if isinstance(kind, ast.Subscript) else kind
            yield node.arg, getattr(named, "id", getattr(named, "attr", ""))


def writes(function: ast.AST) -> bool:
    """Say whether rows are written in a function."""
    held = queries_held(function)
    return any(is_write(call, held) for call in calls(function))


def reads_clock(call: ast.Call) -> bool:
    names = chain(call.func)
    return len(names) > 1 and names[-1] in CLOCKS.get(names[-2], set())


def writes_in(name: Path) -> Iterator[str]:
    """Yield ``file::function`` for every write in a file."""
    yield from (
        f"{name}::{dotted}" for dotted, function in functions(parsed(name)) if writes(function)
    )


def test_only_the_desk_writes_rows() -> None:
    outside = [name for name in modules("src") if room(name) not in {"desk", *PRACTICE}]
    found = {place for name in outside for place in writes_in(name)}
    assert found ^ set(exceptions.WRITES) == set(), told(found ^ set(exceptions.WRITES))


def test_a_write_would_be_seen() -> None:
    wrong = ast.parse("PersonRow.objects.filter(pk=1).update(name='x')\nrow.save()\nseen.update(x)")
    assert [is_write(call) for call in calls(wrong)].count(True) == 2


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("rows = PersonRow.objects.filter(pk=1)\nrows.update(name='x')", True),
        ("rows = community.people.all()\nsome = rows.order_by('pk')\nsome.update(name='x')", True),
        ("a, rows = 1, PersonRow.objects.all()\nrows.filter(pk=a).update(name='x')", True),
        ("if (rows := Row.objects.exclude(pk=1)):\n    rows.update(name='x')", True),
        ("names = set()\nnames.update('x')", False),
        ("count = Row.objects.filter(pk=1).count()\nseen = {}\nseen.update(x=count)", False),
        ("rows = dict(Row.objects.values_list('a', 'b'))\nrows.update(x=1)", False),
    ],
    ids=["variable", "through another", "tuple", "walrus", "a set", "a number", "a dict of rows"],
)
def test_an_update_through_a_variable_would_be_seen(body: str, wanted: bool) -> None:
    assert writes(ast.parse(body)) is wanted


def test_an_update_of_a_query_handed_in_would_be_seen() -> None:
    assert writes(ast.parse("def mark(rows: QuerySet[Row]) -> None:\n    rows.update(name='x')"))


def test_the_practice_reads_no_clock() -> None:
    found = {
        str(name)
        for name in modules("src")
        if room(name) in PRACTICE and any(reads_clock(call) for call in calls(parsed(name)))
    }
    assert found ^ set(exceptions.CLOCKS) == set(), told(found ^ set(exceptions.CLOCKS))


def test_a_clock_would_be_seen() -> None:
    wrong = ast.parse("datetime.now(tz)\ndt.date.today()\ntime.time()\nevent.now()")
    assert [reads_clock(call) for call in calls(wrong)].count(True) == 3


def test_every_package_has_its_place_in_the_layers() -> None:
    contracts = project()["tool"]["importlinter"]["contracts"]
    layers = next(one for one in contracts if one["type"] == "layers")["layers"]
    placed = {place for layer in layers for place in re.split(r"\s*\|\s*", layer)}
    packages = {folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists()}
    assert placed == packages


def test_the_practice_is_forbidden_django_and_databases_whole() -> None:
    contracts = project()["tool"]["importlinter"]["contracts"]
    practice = next(one for one in contracts if one.get("id") == "practice")
    assert practice["source_modules"] == [f"jibungoto.{name}" for name in PRACTICE]


def desk_rooms() -> dict[str, set[str]]:
    """Return the practice rooms each room of the desk imports, the nouns of ledger aside."""
    known: dict[str, set[str]] = {}
    for name in modules("src"):
        if room(name) == "desk" and len(name.parts) > 4:
            taken = {full.split(".")[1] for full in imports(parsed(name)) if ours(full)}
            known.setdefault(name.parts[3], set()).update(taken & (set(PRACTICE) - {"ledger"}))
    return known


def ours(full: str) -> bool:
    return full.startswith("jibungoto.")


def test_a_desk_room_imports_one_practice_room() -> None:
    crowded = {name: taken for name, taken in desk_rooms().items() if len(taken) > 1}
    assert {name: taken for name, taken in crowded.items() if name not in exceptions.DESKS} == {}


def source_of(module: str) -> str:
    """Return the source that a full module name among the readers belongs to."""
    return module.removeprefix("jibungoto.gather.readers.").split(".")[0].split("_")[0]


def test_no_reader_knows_another() -> None:
    inside = [name for name in modules("src") if name.parts[2:4] == ("gather", "readers")]
    readers = [name for name in inside if name.stem != "__init__"]
    strangers = [
        (str(name), full)
        for name in readers
        for full in imports(parsed(name))
        if full.startswith("jibungoto.gather.readers.")
        and source_of(full) != source_of(".".join(name.with_suffix("").parts[1:]))
    ]
    assert strangers == []


@cache
def imported() -> set[str]:
    """Return the top name of every package that src imports or names in Django's settings."""
    names = {full.split(".")[0] for name in modules("src") for full in imports(parsed(name))}
    for name in modules("src"):
        if room(name) == "site":
            text = (ROOT / name).read_text(encoding="utf-8")
            names |= set(re.findall(r"[\"'](\w+)(?:\.[\w.]+)?[\"']", text))
    return names


@pytest.mark.parametrize("wanted", project()["project"]["dependencies"])
def test_every_dependency_is_used(wanted: str) -> None:
    distribution = re.split(r"[~<>=\[ ]", wanted)[0]
    module = FROM_DISTRIBUTION.get(distribution, distribution.replace("-", "_"))
    assert (module in imported()) != (distribution in exceptions.UNIMPORTED)
