"""Issued briefs that named somebody erased: frozen anew, their values as they were."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.explain.briefs.consent import standing
from jibungoto.explain.briefs.freeze import brief_content, brief_from, package_of
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
    for row in rows:
        brief = brief_from(row.content)
        left = standing(brief.consents)
        if left != brief.consents:
            brief = replace(brief, consents=left)
            BriefRow.objects.filter(pk=row.pk).update(content=brief_content(brief))
        if row.package is None:
            continue
        kept = opened(bytes(row.package or b"")).frozen
        bare = replace(brief, consents=())  # they stay with our own copy
        package = package_of(replace(kept, brief=bare))
        digest = verify(package).digest
        BriefRow.objects.filter(pk=row.pk).update(package=package, digest=digest)
        note(acting, "freeze brief again", about=f"{row.number} {row.digest} -> {digest}")
