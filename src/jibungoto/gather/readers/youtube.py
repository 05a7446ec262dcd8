"""YouTube: who wrote in the live chat of a stream, from the chat's replay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.sheets import put_aside
from jibungoto.gather.events.attendance import event_of
from jibungoto.gather.people.roll import Roll, clean
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.readers.youtube_chat import Chat
from jibungoto.gather.readers.youtube_shapes import Video, has_chat, video_in
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.initiative import Initiative, InitiativeKind, Mode
from jibungoto.ledger.problems import DamagedExport
from jibungoto.ledger.source import SOURCE_NAMES, CanTell, SourceKind
from jibungoto.ledger.words import Words

_MOST_LOOKED_AT = 20
_PEEKED = 1 << 16
_LARGEST_VIDEO_FILE = 1 << 24
_NAMED = re.compile(r"(?:^|[^\w-])([\w-]{11})\]?\.live_chat\.jsonl?$", re.ASCII)

NOT_A_CHAT = Words(
    "YouTube のライブチャットではないため読み取りません。",
    "It is no YouTube live chat, so it is not read.",
)


class YouTubeReader:
    """Reads live chat replays: lines of JSON as common downloaders save them.

    Known from public parsers, not from a genuine file: text, paid messages and stickers, members'
    messages, deletions, and the ``info.json`` that may lie beside a chat and says which video it
    is. Whoever only watched leaves no trace here; viewers are brought in as a head count. What was
    paid is not kept. Which video it is may stand in the file's name; that alone decides nothing,
    unless the community knows an event by that key.

    | record | kind |
    |---|---|
    | a message, paid or not; a paid sticker; a member's message | message |
    | a deletion, with the message it takes away | none: taken away |
    | a ticker, banner, notice, poll, new membership or gift | none: left out |
    """

    source = SourceKind("youtube", SOURCE_NAMES["youtube"])

    def recognises(self, export: Export) -> bool:
        """Say from the first lines of the first files whether there is a live chat among them."""
        return any(_is_chat(export, entry) for entry in islice(export.entries, _MOST_LOOKED_AT))

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Hand out chat after chat in batches; those who wrote come last."""
        roll, seen, videos = Roll(conceal), set[int](), _videos_in(export)
        known = {video.id: video for video in videos.values()}
        chats = [entry for entry in export.entries if _is_chat(export, entry)]
        events = {entry.path: _event_of(entry, choices, videos=known) for entry in chats}
        others = {entry.path for entry in export.entries} - set(events) - set(videos)
        batch = Batch(
            read=len(export.refused),
            entries=len(videos),
            refusals=list(export.refused),
            initiatives=list({one.key: one for one in events.values()}.values()),
        )
        put_aside(batch, sorted(others), reason=NOT_A_CHAT)
        yield batch
        for entry in chats:
            yield from Chat(entry, events[entry.path].key, roll, seen=seen).batches(export)
        yield Batch(handles=roll.handles())
        reading.can_tell = CanTell(deletions=True)


def _is_chat(export: Export, entry: Entry) -> bool:
    """Say whether one of the first lines is a chat's: the very first may be broken."""
    try:
        lines = export.peek(entry, _PEEKED).split(b"\n")[:5]
    except DamagedExport:
        return False
    return any(has_chat(line) for line in lines)


def _videos_in(export: Export) -> dict[str, Video]:
    """Return what the files beside the chats say of their videos, by path."""
    found: dict[str, Video] = {}
    for entry in export.entries:
        if entry.path.endswith(".json") and entry.size <= _LARGEST_VIDEO_FILE:
            video = _video(export, entry)
            if video is not None:
                found[entry.path] = video
    return found


def _video(export: Export, entry: Entry) -> Video | None:
    try:
        content = export.read(entry)
    except DamagedExport:
        return None
    return video_in(content) if b'"extractor_key"' in content else None


def _event_of(entry: Entry, choices: Choices, *, videos: Mapping[str, Video]) -> Initiative:
    """Return the event a chat belongs to; raises Undecided where only its name tells."""
    named = _NAMED.search(entry.name)
    key = f"youtube:{named[1]}" if named else None
    known = choices.event or (choices.events.get(key) if key else None)
    if known is not None:  # Messages have times of their own, so it need not say when it began.
        return known
    video = videos.get(named[1]) if named else None
    if video is None and len(videos) == 1:
        video = next(iter(videos.values()))
    return _own(video) if video is not None else event_of(choices, key, place=entry.path)


def _own(video: Video) -> Initiative:
    begins = video.release_timestamp
    lasts = video.duration
    return Initiative(
        key=f"youtube:{video.id}",
        kind=InitiativeKind.EVENT,
        name=clean(video.title) or "YouTube",
        mode=Mode.ONLINE,
        starts_at=begins,
        ends_at=begins + int(lasts) if begins is not None and lasts is not None else None,
    )
