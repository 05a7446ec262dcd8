"""Carrying plans in and out as YAML files."""

from __future__ import annotations

from django.db import transaction

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.plan.look import Version, plan_keyed, version_from, version_of
from jibungoto.desk.plan.versions import add_plan, add_version
from jibungoto.plan.yaml_file import read_plan, written


def bring_in(acting: Acting, content: bytes, *, key: str = "") -> Version:
    """Bring a file in as a new plan, or as a new draft of one that is there.

    It comes in whole or not at all: raises ``InvalidChoice`` with line and place.
    """
    must_write(acting)
    plan = read_plan(content)
    with transaction.atomic():
        if key:
            row = add_version(acting, plan_keyed(acting, key), plan=plan, made_from=None)
        else:
            row = add_plan(acting, plan)
        note(acting, "import plan", about=f"{row.plan.key} v{row.number}")
    return version_from(row)


def yaml_of(acting: Acting, key: str, *, number: int | None = None) -> str:
    """Return a version, or the one in force, as the YAML that ``bring_in`` takes."""
    return written(version_of(acting, key, number=number).plan)
