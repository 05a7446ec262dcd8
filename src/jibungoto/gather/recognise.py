"""Which reader reads an export: each is asked, in order, whether it recognises the content."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import overload

from jibungoto.gather.reader import Reader
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.problems import NotAnExport
from jibungoto.ledger.words import Words

_FOLDER = "jibungoto.gather.readers"


class _Readers(Sequence[Reader]):
    """Readers by the names of their modules and classes; each is loaded when its turn comes.

    Most exports are of the first sources, and loading them all takes longer than a small import.
    """

    def __init__(self, *names: str) -> None:
        self._names = names
        self._loaded: dict[str, Reader] = {}

    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, at: int) -> Reader: ...

    @overload
    def __getitem__(self, at: slice) -> list[Reader]: ...

    def __getitem__(self, at: int | slice) -> Reader | list[Reader]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        called = self._names[at]
        if called not in self._loaded:
            module, _, name = called.partition(".")
            self._loaded[called] = getattr(import_module(f"{_FOLDER}.{module}"), name)()
        return self._loaded[called]


READERS: Sequence[Reader] = _Readers(
    "slack.SlackReader",
    "discord.DiscordReader",
    "discourse.DiscourseReader",
    "zulip.ZulipReader",
    "github.GitHubReader",
    "connpass.ConnpassReader",
    "doorkeeper.DoorkeeperReader",
    "peatix.PeatixReader",
    "meetup.MeetupReader",
    "luma.LumaReader",
    "zoom.ZoomReader",
    "streamyard.StreamYardReader",
    "youtube.YouTubeReader",
    "facebook_live.FacebookLiveReader",
    "line.LineReader",
    "mbox.MboxReader",
    "git.GitReader",
    "feed.FeedReader",
    "headcount.HeadCountReader",
    "csv_table.CsvReader",
)
"""Every source that can be brought in, the more particular before the more general."""

_NOT_RECOGNISED = Words(
    "読み取れる書き出しファイルではありません。", "No reader recognises what is in it."
)
_EMPTY = Words("中にファイルがありません。", "There are no files in it.")
_NEXT = Words(
    "各サービスから書き出したファイルを、開いたり保存し直したりせず、そのまま渡してください。"
    "手に入れ方は「データ」のページにあります。",
    "Hand in the file exactly as the service exported it, neither opened nor saved again. "
    "How to get it stands on the page Sources.",
)


def recognise(export: Export) -> Reader:
    """Return the reader that recognises an export by its content; raises NotAnExport."""
    for reader in READERS:
        if reader.recognises(export):
            return reader
    raise NotAnExport(_NOT_RECOGNISED if export.entries else _EMPTY, _NEXT, place=export.name)
