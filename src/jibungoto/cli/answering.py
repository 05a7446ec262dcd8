"""What to add to the command import where only a person can say what a file is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from jibungoto.ledger.problems import Asked
from jibungoto.ledger.words import Words
from jibungoto.records.models import IntakeRow

NEWEST = Words("いちばん新しいイベント:", "The newest events known:")
NO_EVENTS = Words("イベントはまだ何も知られていません。", "No event is known yet.")
ONE_EVENT = Words("  {key}  {began}  {name}", "  {key}  {began}  {name}")
COLUMNS = Words("列と、見出しや中身から推定した意味:", "The columns, and what they seem to mean:")
ONE_COLUMN = Words("  {heading} = {meaning}  ({examples})", "  {heading} = {meaning}  ({examples})")
MEANINGS = Words("意味に使える言葉: {meanings}", "A column can mean: {meanings}")
ADD = Words("次のように付け加えてください:", "Add this:")

_SHOWN = 5


def explained(row: IntakeRow) -> Iterator[Words]:
    """Yield what there is to choose from, line by line."""
    yield from _events(row) if row.asked == Asked.EVENT else _columns(row)
    yield ADD


def to_add(row: IntakeRow) -> list[str]:
    """Return the options that answer it; words in capitals are for a person to replace."""
    if row.asked == Asked.EVENT:
        from jibungoto.desk.gather.answer import key_in_the_name, seems_to_have_begun

        began = seems_to_have_begun(row)
        when = f"{began:%Y-%m-%d %H:%M}" if began is not None else "YYYY-MM-DD HH:MM"
        return ["--event", f"{key_in_the_name(row.name) or 'NAME'} {when}"]
    from jibungoto.desk.gather.columns import columns_shown
    from jibungoto.gather.readers.csv_headings import Meaning

    told = {one.heading: one.meaning for one in columns_shown(row)}
    pairs = [f"{one}={told[one].value}" for one in told if told[one] is not Meaning.NOTHING]
    if Meaning.WHEN not in told.values():
        pairs.append("HEADING=when")
    if not {Meaning.WHO, Meaning.NAME, Meaning.EMAIL} & set(told.values()):
        pairs.append("HEADING=name")
    return [word for pair in pairs for word in ("--column", pair)]


def _events(row: IntakeRow) -> Iterator[Words]:
    from jibungoto.desk.gather.choices import events_of

    zone = ZoneInfo(row.community.zone)
    known = [one for one in events_of(row.community).values() if one.starts_at is not None]
    yield NEWEST if known else NO_EVENTS
    newest = sorted(known, key=lambda one: one.starts_at or 0, reverse=True)
    for one in newest[:_SHOWN]:
        began = datetime.fromtimestamp(one.starts_at or 0, zone)
        yield ONE_EVENT.filled(key=one.key, began=f"{began:%Y-%m-%d %H:%M}", name=one.name)


def _columns(row: IntakeRow) -> Iterator[Words]:
    from jibungoto.desk.gather.columns import columns_shown
    from jibungoto.gather.readers.csv_headings import Meaning

    yield COLUMNS
    for one in columns_shown(row):
        yield ONE_COLUMN.filled(
            heading=one.heading, meaning=one.meaning.value, examples=", ".join(one.examples)
        )
    yield MEANINGS.filled(meanings=", ".join(one.value for one in Meaning))
