"""Which known event the own event of a report is: found anew whenever the events known change."""

from __future__ import annotations

from django.db import transaction

from jibungoto.desk.gather.choices import told_events_of
from jibungoto.desk.gather.commit import keep_version
from jibungoto.desk.gather.current import newest_of
from jibungoto.engine.disk import write_whole
from jibungoto.engine.manifest import encode
from jibungoto.engine.months import as_meant
from jibungoto.gather.events.attendance import meant_by
from jibungoto.records.home import log_folder
from jibungoto.records.models import CommunityRow

_TRIES = 5


def settle_events(community: CommunityRow) -> None:
    """Let the log hold what reports told of their own events under the events these are.

    A report of who was there may come in before the list that names its event, or after it, and
    either may be undone: what follows from the events known now is the same each time. Where other
    intakes keep coming in between, the last of them does it.
    """
    folder = log_folder(community.slug)
    for _ in range(_TRIES):
        parent, manifest = newest_of(community)
        meant = meant_by(told_events_of(community))
        if parent is None or meant == dict(manifest.meant):
            return
        following = as_meant(folder, manifest, meant=meant)
        with transaction.atomic():
            held = CommunityRow.objects.select_for_update().get(pk=community.pk)
            if held.version_id != parent:
                continue
            keep_version(community, following, cause="events meant")
        write_whole(folder / "manifest.json", encode(following))
        return
