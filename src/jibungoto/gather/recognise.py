"""Which reader reads an export: each is asked, in order, whether it recognises the content."""

from __future__ import annotations

from jibungoto.gather.export import Export
from jibungoto.gather.reader import Reader
from jibungoto.gather.readers.slack import SlackReader
from jibungoto.ledger.problems import NotAnExport
from jibungoto.ledger.words import Words

READERS: tuple[Reader, ...] = (SlackReader(),)
"""Every source that can be brought in, the more particular before the more general."""

_NOT_RECOGNISED = Words(
    "読み取れる書き出しファイルではありません。", "No reader recognises what is in it."
)
_EMPTY = Words("中にファイルがありません。", "There are no files in it.")
_NEXT = Words(
    "Slack から書き出した ZIP ファイルを、そのまま渡してください"
    "(ワークスペースの設定 > データのインポート／エクスポート)。",
    "Hand in the zip exactly as Slack exported it "
    "(workspace settings > Import/Export Data > Export).",
)


def recognise(export: Export) -> Reader:
    """Return the reader that recognises an export by its content; raises NotAnExport."""
    for reader in READERS:
        if reader.recognises(export):
            return reader
    raise NotAnExport(_NOT_RECOGNISED if export.entries else _EMPTY, _NEXT, place=export.name)
