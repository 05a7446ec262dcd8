"""Which day it is, or was, where a community lives."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from jibungoto.desk.acting import Acting
from jibungoto.records.models import CommunityRow


def today_in(acting: Acting) -> date:
    """Return the day it is now where the community is."""
    return local_day_of(acting.community, timezone.now())


def local_day_of(community: CommunityRow, moment: datetime) -> date:
    """Return the day a moment falls on where the community is."""
    return moment.astimezone(ZoneInfo(community.zone)).date()
