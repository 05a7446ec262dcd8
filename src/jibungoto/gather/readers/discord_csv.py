"""DiscordChatExporter's tables: who wrote when, without ids of messages and without replies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.table import Line, Table
from jibungoto.gather.markdown import from_markdown
from jibungoto.gather.moments import moment_of
from jibungoto.gather.people.crowd import Crowd, Member
from jibungoto.gather.readers import discord_words as words
from jibungoto.gather.readers.discord_records import DELETED_USER
from jibungoto.gather.readers.discord_survey import Place
from jibungoto.gather.text import digest63, facts_of
from jibungoto.ledger.activity import Activity
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.words import Words

_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_SHORT_YEAR = re.compile(r"(\d{2}-[A-Za-z]{3}-\d{2} \d{1,2}:\d{2} (?:AM|PM))", re.IGNORECASE)
_NUMBER = re.compile(r"\d{15,20}")
_JOINED = "Joined the server."
_NOTICES = re.compile(
    r"Pinned a message\.|Started a thread\.|Started a call that lasted .*|Changed the channel "
    r"(?:icon\.|name: .*)|(?:Added|Removed) .* (?:to|from) the group\.|Left the group\."
)


class CsvRecords:
    """Takes in the lines of one channel's tables; a line's key is who, when and the how-manieth."""

    def __init__(self, place: Place, crowd: Crowd, *, zone: str) -> None:
        self._crowd = crowd
        self._zone = ZoneInfo(zone)
        self._counts: dict[str, int] = {}
        self._keys: set[str] = set()
        self._is_month_first: bool | None = None
        self.place = place.key
        self.initiative = f"discord:{place.key}"
        self.has_joins = False

    def begin(self, table: Table) -> None:
        """Learn from a whole table whether it writes the day or the month first."""
        self._counts.clear()
        self._is_month_first = _month_first(line.get("date") for line in table.lines)

    def take(self, line: Line, batch: Batch) -> Words | None:
        """Take in one line, or return why it cannot be read."""
        if line.problem is not None:
            return line.problem
        second = self._second_of(line.get("date"))
        if not isinstance(second, int):
            return second
        author, told = self._author_of(line), line.get("authorid")
        if author is None and told != DELETED_USER:
            return words.NO_AUTHOR
        self._write(line.get("content"), author, second=second, batch=batch)
        return None

    def _write(self, text: str, author: Member | None, *, second: int, batch: Batch) -> None:
        actor = None if author is None else author.actor
        if author is not None:
            author.is_seen(second)
        stem = f"{self.place}/{actor or 'deleted'}/{second}"
        count = self._counts[stem] = self._counts.get(stem, 0) + 1
        key = f"{stem}/{count}"
        if key in self._keys:  # In an earlier file of the same channel.
            batch.repeated += 1
            return
        self._keys.add(key)
        kind = self._kind_of(text)
        facts = facts_of(from_markdown(text)) if kind is Kind.MESSAGE else None
        batch.activities.append(
            Activity(
                record=key,
                key=key,
                actor=actor,
                kind=kind,
                happened_at=second,
                place=self.place,
                initiative=self.initiative,
                sequence=count,
                length=facts.length if facts else None,
                is_question=facts.is_question if facts else None,
                text_hash=facts.text_hash if facts else None,
                hosts=facts.hosts if facts else None,
                content=digest63(f"{kind.value} {facts}".encode()),
            )
        )

    def _kind_of(self, text: str) -> Kind:
        if text == _JOINED:
            self.has_joins = True
            return Kind.JOIN
        return Kind.ADMIN if _NOTICES.fullmatch(text) else Kind.MESSAGE

    def _author_of(self, line: Line) -> Member | None:
        told, name = line.get("authorid"), line.get("author")
        if told == DELETED_USER:
            return None
        if not _NUMBER.fullmatch(told):
            # Excel turns an id into a power of ten: its name is then all that is left of somebody.
            return self._crowd.named(name.removesuffix("#0000"))
        member = self._crowd.of(told)
        member.name = member.name or name.removesuffix("#0000") or told
        return member

    def _second_of(self, told: str) -> int | Words:
        if _SHORT_YEAR.fullmatch(told):
            return self._local(told, "%d-%b-%y %I:%M %p")
        numeric = _NUMERIC.match(told)
        if numeric is not None:
            if self._is_month_first is None:
                return words.UNCLEAR_DATE
            day, month = (2, 1) if self._is_month_first else (1, 2)
            told = f"{numeric[3]}-{numeric[month]}-{numeric[day]}{told[numeric.end() :]}"
        moment = moment_of(told, self._zone)
        return words.NO_DATE if moment is None else moment.seconds

    def _local(self, told: str, form: str) -> int | Words:
        try:
            return int(datetime.strptime(told, form).replace(tzinfo=self._zone).timestamp())
        except ValueError:
            return words.NO_DATE


def _month_first(dates: Iterable[str]) -> bool | None:
    """Return what the days after the 12th of a month tell, if they do not contradict each other."""
    found = [(int(one[1]), int(one[2])) for date in dates if (one := _NUMERIC.match(date))]
    is_month_first = any(second > 12 for _, second in found)
    is_day_first = any(first > 12 for first, _ in found)
    return is_month_first if is_month_first != is_day_first else None
