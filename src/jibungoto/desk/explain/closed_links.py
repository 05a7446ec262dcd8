"""Links that open nothing are counted by address, in every web process together."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from jibungoto.records.models import ClosedLinkRow

GUESSES = 30
GUESSES_FOR = 600
"""How many links that open nothing one address may try, in how many seconds."""
_SALT = "jibungoto.closed_links"


def is_one_too_many(address: str) -> bool:
    """Count a link that opened nothing, and say whether too many came from an address.

    Nothing is asked or written for a link that opens. The address itself is not kept, and what is
    kept of it goes once it counts no more.
    """
    now = timezone.now()
    begun = now - timedelta(seconds=GUESSES_FOR)
    key = salted_hmac(_SALT, address, algorithm="sha256").hexdigest()
    mine = ClosedLinkRow.objects.filter(address_hash=key)
    if mine.filter(since__gt=begun, tries__gt=GUESSES).exists():
        return True  # it is told already: whoever goes on guessing makes us write no more
    with transaction.atomic():
        ClosedLinkRow.objects.filter(since__lte=begun).delete()
        mine.get_or_create(address_hash=key, defaults={"since": now})
        mine.update(tries=F("tries") + 1)
    return mine.filter(tries__gt=GUESSES).exists()
