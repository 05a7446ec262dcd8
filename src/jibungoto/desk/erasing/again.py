"""After a backup was restored: who had been erased since is erased again, and bytes are cleaned."""

from __future__ import annotations

from collections import defaultdict

from django.db import OperationalError, connection
from django.utils import timezone

from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.erasing.erase import carry_out
from jibungoto.desk.erasing.kept_list import keep_alike
from jibungoto.desk.erasing.mentions import typed_for_sure
from jibungoto.desk.erasing.whom import whom_behind
from jibungoto.desk.gather.current import erased_actors
from jibungoto.desk.gather.joining import chunks
from jibungoto.records.models import CommunityRow, ErasureRow, HandleRow


def erase_again(acting: Acting) -> int:
    """Erase whoever is on the list and here nevertheless; return how many people that were.

    Nobody is asked: texts that name them for sure lose the name, for they are from before.
    """
    keep_alike(acting)
    community = acting.community
    by_person: dict[int, list[str]] = defaultdict(list)
    for some in chunks(sorted(erased_actors(community))):
        here = HandleRow.objects.filter(community=community, actor__in=some)
        for person, actor in here.values_list("person_id", "actor"):
            by_person[person].append(actor)
    for actors in by_person.values():
        of = whom_behind(community, actors)
        carry_out(acting, of, texts=typed_for_sure(community, of))
    return len(by_person)


def clean_all() -> bool:
    """Erase again what a backup brought back, and let the database forget the bytes as well.

    Erased rows leave their bytes in free places of the database's file until it is written anew.
    Says whether it was; where another program holds the file, the next sweep tries again.
    """
    for community in CommunityRow.objects.order_by("pk"):
        erase_again(administrator(community))
    waiting = ErasureRow.objects.filter(cleaned_at=None)
    keys = list(waiting.values_list("pk", flat=True))
    if not keys or not _written_anew():
        return False
    ErasureRow.objects.filter(pk__in=keys).update(cleaned_at=timezone.now())
    return True


def _written_anew() -> bool:
    """Write the database's file anew, and empty the journal beside it."""
    if connection.vendor != "sqlite":
        return _vacuumed("VACUUM FULL")
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, *_frames = cursor.fetchone() or (0,)
    except OperationalError:
        return False
    return not busy


def _vacuumed(statement: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement)
    return True
