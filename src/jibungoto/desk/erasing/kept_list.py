"""The list of erased pseudonyms: in the database and in a file beside it, each mending the other.

A database from an older backup knows nothing of later erasures. The file, which only ever grows,
does; whatever the file names and the database still has is erased again.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from jibungoto.desk.acting import Acting, must_write
from jibungoto.desk.gather.current import erased_actors
from jibungoto.records.home import home_folder
from jibungoto.records.models import CommunityRow, RefusedRow

_ACTOR = re.compile(r"[0-9a-f]{32}")
HEAD = (
    "# Pseudonyms of erased people; keep this file, and put the newest beside a restored backup.\n"
)


def list_file(community: CommunityRow) -> Path:
    """Return where the list of a community lies."""
    return home_folder() / "erased" / f"{community.slug}.txt"


def listed(community: CommunityRow) -> set[str]:
    """Return the pseudonyms in the file; lines that are none say nothing."""
    try:
        lines = list_file(community).read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return set()
    return {line.strip() for line in lines if _ACTOR.fullmatch(line.strip())}


def keep_alike(acting: Acting) -> set[str]:
    """Let file and database name the same; return what the database had not known."""
    must_write(acting)
    in_file, known = listed(acting.community), erased_actors(acting.community)
    missing = in_file - known
    with transaction.atomic():
        rows = RefusedRow.objects.filter(community=acting.community, actor__in=missing)
        rows.update(is_erased=True)
        RefusedRow.objects.bulk_create(
            (
                RefusedRow(
                    community=acting.community, actor=actor, at=timezone.now(), is_erased=True
                )
                for actor in sorted(missing)
            ),
            ignore_conflicts=True,
        )
    if known - in_file:
        _write(acting.community, in_file | known)
    return missing


def _write(community: CommunityRow, actors: set[str]) -> None:
    file = list_file(community)
    file.parent.mkdir(mode=0o700, exist_ok=True)
    spare = file.with_suffix(".new")
    spare.write_text(HEAD + "".join(f"{one}\n" for one in sorted(actors)), encoding="ascii")
    os.replace(spare, file)
