"""What the Discord reader says of records it leaves out or cannot read."""

from __future__ import annotations

from jibungoto.ledger.words import Words

DIRECT = Words("ダイレクトメッセージは読み取りません。", "Direct messages are never read.")
PRIVATE = Words(
    "プライベートスレッドは、選んだときだけ読み取ります。",
    "A private thread is read only when it is chosen.",
)
NOT_MESSAGES = Words(
    "DiscordChatExporter の JSON・CSV ではないため読み取りません。",
    "It is no JSON or CSV file of DiscordChatExporter, so it is not read.",
)
HTML = Words(
    "HTML では読み取れません。JSON で書き出してください。",
    "HTML cannot be read. Export the channel as JSON.",
)
IN_JSON = Words(
    "同じチャンネルの JSON があるため、そちらを読み取ります。",
    "The same channel is here as JSON, which says more and is read instead.",
)
NO_ID = Words(
    "番号(id)がないか、Discord のものではありません。",
    "Its number (id) is missing or is none of Discord's.",
)
NO_DATE = Words("日時を読み取れません。", "Its time cannot be read.")
UNCLEAR_DATE = Words(
    "日と月のどちらが先か分からない日時です。JSON で書き出してください。",
    "Its time does not say whether day or month comes first. Export the channel as JSON.",
)
NO_AUTHOR = Words("書いた人が分かりません。", "It does not say who wrote it.")
