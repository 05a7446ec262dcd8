"""The tree as the house tests read it: which files there are, and what stands in them."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "jibungoto"
PRACTICE = ("demo", "explain", "gather", "ledger", "plan", "run", "sustain", "understand")
OURS = ("src", "tests", "scripts", "benchmarks")
BINARY = {".woff2", ".png", ".ico", ".mo", ".zip", ".gz", ".parquet", ".jpg", ".webp", ".ttf"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tracked() -> tuple[Path, ...]:
    """Return every file that is, or is about to be, in the repository, relative to its root."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    names = (Path(name) for name in listed.stdout.split("\0") if name)
    return tuple(sorted(name for name in set(names) if (ROOT / name).is_file()))


def texts() -> Iterator[tuple[Path, str]]:
    """Yield every tracked file that is text and written by us, with its text."""
    for name in tracked():
        if name.suffix not in BINARY and "vendor" not in name.parts:
            yield name, (ROOT / name).read_text(encoding="utf-8")


@cache
def modules(*tops: str) -> tuple[Path, ...]:
    """Return our Python files below these folders, without what Django writes itself."""
    return tuple(
        name
        for name in tracked()
        if name.suffix == ".py"
        and name.parts[0] in (tops or OURS)
        and "migrations" not in name.parts
    )


@cache
def parsed(name: Path) -> ast.Module:
    """Return the syntax tree of one of our files."""
    return ast.parse((ROOT / name).read_text(encoding="utf-8"), filename=str(name))


def functions(tree: ast.AST, within: str = "") -> Iterator[tuple[str, Function]]:
    """Yield every function with its dotted name inside the file."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.ClassDef):
            yield from functions(child, f"{within}{child.name}.")
        elif isinstance(child, Function):
            yield f"{within}{child.name}", child
            yield from functions(child, f"{within}{child.name}.")
        else:
            yield from functions(child, within)


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield the full name of everything a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(name: Path) -> str:
    """Return the room of a file below src, or an empty word for the package's own top."""
    inside = name.parts[2:]
    return inside[0] if len(inside) > 1 else ""


@cache
def project() -> dict[str, Any]:
    """Return pyproject.toml as it stands."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def told(found: Iterable[object] | dict[str, int]) -> str:
    """Return what was found, one a line: pytest would show the first few only."""
    pairs = found.items() if isinstance(found, dict) else ((one, "") for one in found)
    return "\n" + "\n".join(sorted(f"{one} {size}".strip() for one, size in pairs))
