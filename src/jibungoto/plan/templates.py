"""Plans to begin from: the cases the product grew out of, reconstructed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec import Struct, structs

from jibungoto.ledger.problems import UnknownName
from jibungoto.ledger.words import Words
from jibungoto.plan.owwh import Plan
from jibungoto.plan.yaml_file import read_plan

KEYS = (
    "support-community",
    "whats-new",
    "deep-dive",
    "guide-contest",
    "hybrid-summit",
    "civic-onboarding",
)
RECONSTRUCTED = Words(
    "公開されている話と資料から再構成した例です。目標値は例であり、実際の値ではありません。"
    "基準値は自分のデータから入れてください。",
    "Reconstructed from what was told and published. The targets are examples and nobody's real "
    "ones; take the baselines from your own data.",
)


@dataclass(frozen=True, slots=True)
class Template:
    """One plan to begin from; its dates stand as far apart as they should, on days of their own."""

    key: str
    plan: Plan


def templates() -> tuple[Template, ...]:
    """Return all templates, in the order in which they are offered."""
    return tuple(Template(key, _read(key)) for key in KEYS)


def template_of(key: str) -> Template:
    """Return one template; raises ``UnknownName``."""
    if key not in KEYS:
        raise UnknownName(
            Words(f"「{key}」というひな形はありません。", f"There is no template “{key}”."),
            Words(f"次のどれかです: {', '.join(KEYS)}", f"It is one of: {', '.join(KEYS)}"),
        )
    return Template(key, _read(key))


@cache
def _read(key: str) -> Plan:
    path = files("jibungoto.plan") / "examples" / f"{key}.yaml"
    return read_plan(path.read_bytes())


def beginning(plan: Plan, first: date) -> Plan:
    """Return a plan with all its days moved, so that it begins on one."""
    if plan.period.first is None:
        return plan
    moved: Plan = _moved(plan, first - plan.period.first)
    return moved


def _moved(value: Any, by: timedelta) -> Any:
    if isinstance(value, date):
        return value + by
    if isinstance(value, tuple):
        return tuple(_moved(one, by) for one in value)
    if isinstance(value, Struct):
        told = {one.name: getattr(value, one.name) for one in structs.fields(value)}
        return structs.replace(value, **{name: _moved(one, by) for name, one in told.items()})
    return value
