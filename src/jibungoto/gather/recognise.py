"""Which reader reads an export: each is asked, in order, whether it recognises the content."""

from __future__ import annotations

from jibungoto.gather.reader import Reader
from jibungoto.gather.readers.connpass import ConnpassReader
from jibungoto.gather.readers.csv_table import CsvReader
from jibungoto.gather.readers.discord import DiscordReader
from jibungoto.gather.readers.discourse import DiscourseReader
from jibungoto.gather.readers.doorkeeper import DoorkeeperReader
from jibungoto.gather.readers.facebook_live import FacebookLiveReader
from jibungoto.gather.readers.feed import FeedReader
from jibungoto.gather.readers.git import GitReader
from jibungoto.gather.readers.github import GitHubReader
from jibungoto.gather.readers.headcount import HeadCountReader
from jibungoto.gather.readers.line import LineReader
from jibungoto.gather.readers.luma import LumaReader
from jibungoto.gather.readers.mbox import MboxReader
from jibungoto.gather.readers.meetup import MeetupReader
from jibungoto.gather.readers.peatix import PeatixReader
from jibungoto.gather.readers.slack import SlackReader
from jibungoto.gather.readers.streamyard import StreamYardReader
from jibungoto.gather.readers.youtube import YouTubeReader
from jibungoto.gather.readers.zoom import ZoomReader
from jibungoto.gather.readers.zulip import ZulipReader
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.problems import NotAnExport
from jibungoto.ledger.words import Words

READERS: tuple[Reader, ...] = (
    SlackReader(),
    DiscordReader(),
    DiscourseReader(),
    ZulipReader(),
    GitHubReader(),
    ConnpassReader(),
    DoorkeeperReader(),
    PeatixReader(),
    MeetupReader(),
    LumaReader(),
    ZoomReader(),
    StreamYardReader(),
    YouTubeReader(),
    FacebookLiveReader(),
    LineReader(),
    MboxReader(),
    GitReader(),
    FeedReader(),
    HeadCountReader(),
    CsvReader(),
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
