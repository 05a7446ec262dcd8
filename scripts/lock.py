"""Resolves every dependency in a fresh environment and pins it for pip and for uv alike."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
PROJECT = ROOT / "pyproject.toml"
HEADING = "# Exact pins of everything jibungoto and its tests need; written by `make lock`.\n"
UV_PINS = re.compile(r"^constraint-dependencies = \[\n.*?^\]$", re.MULTILINE | re.DOTALL)


def resolved(keep: bool) -> list[str]:
    """Return the pins of a fresh environment; with ``keep``, present pins hold where they can."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        pip = [str(python), "-m", "pip", "--disable-pip-version-check"]
        held = ["-c", str(CONSTRAINTS)] if keep and CONSTRAINTS.exists() else []
        subprocess.run([*pip, "install", "--quiet", *held, f"{ROOT}[test]"], check=True)
        frozen = subprocess.run(
            [*pip, "freeze"], check=True, capture_output=True, text=True, encoding="utf-8"
        )
    return pins_in(frozen.stdout.splitlines())


def pins_in(lines: Iterable[str]) -> list[str]:
    """Return the ``name==version`` lines only: nothing editable, no address, sorted by name."""
    exact = (line.strip() for line in lines if re.fullmatch(r"[\w.\-]+==[\w.+!]+\s*", line))
    return sorted(exact, key=str.lower)


def with_uv_pins(project: str, pins: Iterable[str]) -> str:
    """Return the text of pyproject.toml with these pins under ``[tool.uv]``."""
    listed = "".join(f'    "{pin}",\n' for pin in pins)
    return UV_PINS.sub(f"constraint-dependencies = [\n{listed}]", project, count=1)


def main() -> None:
    """Write constraints.txt and the uv section of pyproject.toml from one resolution."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--keep", action="store_true", help="change a pin only where it must")
    pins = resolved(words.parse_args().keep)
    CONSTRAINTS.write_text(HEADING + "".join(f"{pin}\n" for pin in pins), encoding="utf-8")
    project = PROJECT.read_text(encoding="utf-8")
    PROJECT.write_text(with_uv_pins(project, pins), encoding="utf-8")
    print(f"{len(pins)} pins written to {CONSTRAINTS.name} and {PROJECT.name}")


if __name__ == "__main__":
    main()
