"""What an earlier release read otherwise: which deliveries to bring in once more."""

from __future__ import annotations

from jibungoto.desk.gather.current import newest_of
from jibungoto.engine.whole_attendance import holds_attendance
from jibungoto.records.home import log_folder
from jibungoto.records.models import CommunityRow

_BY_SPELLS = frozenset({"zoom", "streamyard", "facebook_live"})
"""Sources whose reports tell spells, which the log unites over several deliveries."""


def without_spells(community: CommunityRow) -> list[int]:
    """Return the intakes whose attendance an earlier release kept as one record for each person.

    Such a record is right on its own; it is not united with what another report tells of the same
    event. Taking the intake out and bringing the file in again puts spells in its place.
    """
    _, manifest = newest_of(community)
    folder = log_folder(community.slug)
    found = set()
    for one in manifest.deliveries:
        if one.source in _BY_SPELLS:
            parts = [part.path for month in one.months for part in month.files.activity]
            if holds_attendance(folder, parts):
                found.add(one.intake)
    return sorted(found)
