"""Which days the log covers: of any other day nothing is known, and nothing is said."""

from __future__ import annotations

from datetime import date

from jibungoto.desk.gather.current import source_rows
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.models import CommunityRow

TOO_EARLY = Words("ログは {first} に始まります。", "The log begins on {first}.")
TOO_LATE = Words("ログは {last} までです。", "The log ends on {last}.")
CHOOSE = Words(
    "{first} から {last} までの日を選んでください。", "Choose a day from {first} to {last}."
)
OR_BRING_IN = Words(
    "{first} から {last} までの日を選ぶか、新しいエクスポートを取り込んでください。",
    "Choose a day from {first} to {last}, or bring a newer export in.",
)


def covered_days(community: CommunityRow) -> tuple[date, date] | None:
    """Return the first and the last local day of the log, over all sources; None if empty."""
    rows = source_rows(community)
    firsts = [row[-2] for row in rows if isinstance(row[-2], date)]
    lasts = [row[-1] for row in rows if isinstance(row[-1], date)]
    return (min(firsts), max(lasts)) if firsts and lasts else None


def must_be_covered(community: CommunityRow, day: date) -> None:
    """Raise ``InvalidChoice`` for a day before the log begins or after it ends."""
    covered = covered_days(community)
    if covered is None:
        return
    first, last = covered
    if day < first:
        raise InvalidChoice(
            TOO_EARLY.filled(first=first), CHOOSE.filled(first=first, last=last), place=str(day)
        )
    if day > last:
        raise InvalidChoice(
            TOO_LATE.filled(last=last), OR_BRING_IN.filled(first=first, last=last), place=str(day)
        )
