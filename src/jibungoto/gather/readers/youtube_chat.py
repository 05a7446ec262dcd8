"""One YouTube live chat, line after line, as messages of those who wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.people.roll import Roll, Tally
from jibungoto.gather.readers.youtube_shapes import Action, Renderer, decode_line
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.text import digest63, facts_of
from jibungoto.ledger.activity import Activity, Visibility
from jibungoto.ledger.initiative import Mode
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.words import Words

_MOST_AT_ONCE = 10_000
_LONGEST_LINE = 1 << 22
_EARLIEST, _LATEST = 1_104_537_600, 4_102_444_800
_BOTS = {"nightbot", "streamelements", "streamlabs", "moobot", "streamerbot", "wizebot"}
_GONE = digest63(b"gone")
_ONLINE = Mode.ONLINE.value
_pack = msgspec.msgpack.Encoder().encode

NOT_A_LINE = Words(
    "ライブチャットの記録の形ではありません。", "It does not have the shape of a live chat's line."
)
NOT_SAID = Words(
    "投稿ではない記録(固定表示、入会のお知らせ、YouTube からの案内など)です。",
    "It is no message: a ticker, a banner, a notice of membership or one of YouTube's own.",
)
NOT_HERE = Words(
    "削除された投稿で、もとの投稿はこのファイルにありません。",
    "A deleted message whose original is not in this file.",
)
NO_TIME = Words(
    "投稿の時刻がないか、正しくありません。", "When it was written is missing or wrong."
)
NO_AUTHOR = Words("書いた人のチャンネルが分かりません。", "It does not say whose channel wrote it.")


class Chat:
    """One file of a chat; ``seen`` are the messages all chats of this delivery have had."""

    def __init__(self, entry: Entry, event: str, roll: Roll, *, seen: set[int]) -> None:
        self._entry = entry
        self._event = event
        self._roll = roll
        self._seen = seen
        self._gone: set[int] = set()

    def batches(self, export: Export) -> Iterator[Batch]:
        """Hand out the messages; what is taken away later in the file never gets in."""
        with export.open(self._entry) as stream:
            self._gone = set(_taken_away(stream))
        tally = Tally(self._entry.path, Batch())
        with export.open(self._entry) as stream:
            for number, line in enumerate(lines_in(stream), 1):
                self._take_line(line, f"line {number}", tally=tally)
                if tally.batch.read >= _MOST_AT_ONCE:
                    yield tally.turn()
        yield tally.close()

    def _take_line(self, line: bytes, where: str, *, tally: Tally) -> None:
        if not line.strip():
            return
        actions = _actions_in(line)
        if actions is None:
            tally.refuse(where, NOT_A_LINE)
        elif not actions:
            tally.leave_out(NOT_SAID)
        for action in actions or ():
            self._take(action, where, tally=tally)

    def _take(self, action: Action, where: str, *, tally: Tally) -> None:
        if action.taken_away:
            self._bury(action.taken_away, tally)
            return
        said = action.said
        if said is None:
            tally.leave_out(NOT_SAID)
            return
        at = _seconds(said.timestamp_usec)
        if at is None or not said.author_external_channel_id:
            tally.refuse(where, NO_TIME if at is None else NO_AUTHOR)
            return
        tally.batch.read += 1
        mark = digest63(
            (said.id or f"{said.author_external_channel_id} {at}").encode("utf-8", "replace")
        )
        if mark in self._seen:
            tally.batch.repeated += 1
            return
        self._seen.add(mark)
        key, second = f"{mark:016x}", at // 1_000_000
        if mark in self._gone:
            tally.batch.records.append(Record(key, _GONE, second, is_tombstone=True))
        else:
            self._write(said, key, at=second, sequence=at % 1_000_000, to=tally.batch)

    def _write(self, said: Renderer, key: str, *, at: int, sequence: int, to: Batch) -> None:
        name = said.author_name.plain if said.author_name is not None else ""
        actor = self._roll.meet(
            said.author_external_channel_id,
            name=name,
            is_admin=said.is_of_host,
            is_bot=name.lower().removeprefix("@") in _BOTS,
        )
        facts = facts_of(said.message.plain if said.message is not None else "")
        to.records.append(Record(key, digest63(_pack((actor, facts, self._event))), at))
        to.activities.append(
            Activity(
                record=key,
                key=key,
                actor=actor,
                kind=Kind.MESSAGE,
                happened_at=at,
                place=_ONLINE,
                initiative=self._event,
                sequence=sequence,
                length=facts.length,
                is_question=facts.is_question,
                text_hash=facts.text_hash,
                hosts=facts.hosts,
                visibility=Visibility.PUBLIC,
            )
        )

    def _bury(self, target: str, tally: Tally) -> None:
        """Account for a deletion: its message, if it was here, is buried already."""
        if digest63(target.encode("utf-8", "replace")) in self._seen:
            tally.batch.read += 1
            tally.batch.repeated += 1
        else:
            tally.leave_out(NOT_HERE)


def lines_in(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file; what is longer than any message is cut, and so no JSON."""
    while line := stream.readline(_LONGEST_LINE):
        yield line
        while line and not line.endswith(b"\n") and len(line) == _LONGEST_LINE:
            line = stream.readline(_LONGEST_LINE)


def _taken_away(stream: BinaryIO) -> Iterator[int]:
    for line in lines_in(stream):
        if b"eletedAction" in line or b"removeChatItemAction" in line:
            for action in _actions_in(line) or ():
                if action.taken_away:
                    yield digest63(action.taken_away.encode("utf-8", "replace"))


def _actions_in(line: bytes) -> list[Action] | None:
    try:
        return decode_line(line).actions
    except (ValueError, RecursionError):
        return None


def _seconds(written: str | int) -> int | None:
    """Return microseconds since 1970, or None where it is no time since YouTube began."""
    try:
        at = int(written)
    except ValueError:
        return None
    return at if _EARLIEST <= at // 1_000_000 < _LATEST else None
