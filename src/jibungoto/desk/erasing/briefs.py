"""Issued briefs that named somebody erased: frozen anew, their values as they were."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.explain.briefs.freeze import brief_from, package_of
from jibungoto.explain.briefs.package import opened
from jibungoto.explain.briefs.verify import verify
from jibungoto.records.models import BriefRow


def freeze_again(acting: Acting, keys: Collection[int]) -> None:
    """Put the texts of these briefs, as they now stand, into their packages too.

    Values, definitions and samples stay. The new digest is noted, for an older copy of the file
    can no longer be compared with the page. Inside the caller's transaction.
    """
    must_write(acting)
    rows = BriefRow.objects.filter(community=acting.community, pk__in=keys)
    for row in rows.exclude(package=None):
        kept = opened(bytes(row.package or b"")).frozen
        package = package_of(replace(kept, brief=brief_from(row.content)))
        digest = verify(package).digest
        BriefRow.objects.filter(pk=row.pk).update(package=package, digest=digest)
        note(acting, "freeze brief again", about=f"{row.number} {row.digest} -> {digest}")
