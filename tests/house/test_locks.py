"""Both lists of pins say the same, and no committed lock says where to fetch from."""

from __future__ import annotations

import re
import tomllib

from lock import pins_in, with_uv_pins
from tests.house.tree import ROOT, project, tracked

ADDRESSED_LOCKS = {"uv.lock", "pylock.toml", "package-lock.json", "poetry.lock", "Pipfile.lock"}


def pins() -> list[str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_pip_and_uv_are_given_the_same_pins() -> None:
    assert project()["tool"]["uv"]["constraint-dependencies"] == pins()


def test_every_pin_is_exact_and_names_no_address() -> None:
    assert [pin for pin in pins() if not re.fullmatch(r"[\w.\-]+==[\w.+!]+", pin)] == []


def test_every_direct_dependency_is_pinned() -> None:
    extra = project()["project"]["optional-dependencies"]["test"]
    wanted = [*project()["project"]["dependencies"], *extra]
    names = {re.sub(r"[-_.]+", "-", pin.split("==")[0]).lower() for pin in pins()}
    assert [one for one in wanted if re.split(r"[~<>=\[ ]", one)[0] not in names] == []


def test_no_lock_with_addresses_is_kept() -> None:
    assert [str(name) for name in tracked() if name.name in ADDRESSED_LOCKS] == []


def test_a_freeze_keeps_only_exact_pins_without_addresses() -> None:
    frozen = ["zlib-x==1.0", "Abc==2.0", "# Editable install (jibungoto==0.1.0)"]
    frozen += ["-e /tmp/jibungoto", "thing @ file:///tmp/thing.whl"]
    assert pins_in(frozen) == ["Abc==2.0", "zlib-x==1.0"]


def test_the_pins_of_uv_are_replaced_and_nothing_else() -> None:
    before = '[tool.uv]\nconstraint-dependencies = [\n    "old==1",\n]\n\n[tool.ruff]\nx = []\n'
    after = tomllib.loads(with_uv_pins(before, ["new==2", "other==3"]))
    pinned = {"constraint-dependencies": ["new==2", "other==3"]}
    assert after["tool"] == {"uv": pinned, "ruff": {"x": []}}
