"""Which reader reads an export: each is asked, in order, whether it recognises the content."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import overload

from jibungoto.gather.reader import Reader
from jibungoto.gather.shelves.complaints import spelled
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.shelves.nested import is_packed
from jibungoto.ledger.problems import NotAnExport
from jibungoto.ledger.words import LANGUAGES, Language, Words

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
_NO_BYTES = Words("中身が空です(0 バイト)。", "It is empty (0 bytes).")
_SHUT = Words(
    "読み取れる書き出しファイルではありません。開かなかったファイルがあります: {place}: {reason}",
    "No reader recognises what is in it. It holds a file that stayed closed: {place}: {reason}",
)
_NEXT = Words(
    "各サービスから書き出したファイルを、開いたり保存し直したりせず、そのまま渡してください。"
    "手に入れ方は「取り込み」のページにあります。",
    "Hand in the file exactly as the service exported it, neither opened nor saved again. "
    "How to get it stands on the page Sources.",
)

_PACKED = Words(
    "書き出しファイルがまとめて入っています: {names}",
    "Exports are packed into it together: {names}",
)
_ONE_BY_ONE = Words(
    "中のファイルを取り出して、一つずつ渡してください。",
    "Take them out and hand them in one by one.",
)
_NAMED = 3


def recognise(export: Export) -> Reader:
    """Return the reader that recognises an export by its content; raises NotAnExport."""
    for reader in READERS:
        if reader.recognises(export):
            return reader
    if packed := [path for path in export.entries.paths() if is_packed(path)]:
        names = Words(_listed(packed, "ja"), _listed(packed, "en"))
        what = Words(_PACKED.ja.format(names=names.ja), _PACKED.en.format(names=names.en))
        raise NotAnExport(what, _ONE_BY_ONE, place=export.name)
    raise NotAnExport(_why_not(export), _NEXT, place=export.name)


def _listed(paths: Sequence[str], language: Language) -> str:
    """Return the first names, and how many more there are."""
    named = ("、" if language == "ja" else ", ").join(spelled(path) for path in paths[:_NAMED])
    more = len(paths) - _NAMED
    if more <= 0:
        return named
    return f"{named}、ほか{more:,}個" if language == "ja" else f"{named} and {more:,} more"


def _why_not(export: Export) -> Words:
    """Say what is known of an export that nobody recognises: what is in it, or what stayed shut."""
    if export.refused:
        first = export.refused[0]
        ja, en = (
            _SHUT.said_in(language).format(place=first.place, reason=first.reason.said_in(language))
            for language in LANGUAGES
        )
        return Words(ja, en)
    if not export.entries:
        return _EMPTY
    return _NOT_RECOGNISED if any(entry.size for entry in export.entries) else _NO_BYTES
