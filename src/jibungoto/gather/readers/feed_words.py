"""What the feed reader says of records it leaves out or cannot read."""

from __future__ import annotations

from jibungoto.ledger.words import Words

NOT_A_FEED = Words(
    "RSS や Atom のフィードとして読み取れません。", "It cannot be read as an RSS or Atom feed."
)
CUT_OFF = Words(
    "フィードが途中で切れています。もう一度保存してください。",
    "The feed ends too early. Save it once more.",
)
BROKEN = Words(
    "記事のタグの対応が取れていません。フィードをもう一度保存してください。",
    "The tags of this entry do not match. Save the feed once more.",
)
BOMB = Words(
    "文書型の宣言に独自の実体(ENTITY)があるため、安全のために開きません。",
    "It declares entities of its own, which is not safe to open.",
)
TOO_LARGE = Words(
    "フィードが大きすぎます(上限 {limit:,} バイト)。",
    "The feed is too large (limit {limit:,} bytes).",
)
NO_ADDRESS = Words(
    "記事のアドレスも番号もありません。", "The entry has neither an address nor an id."
)
NO_TIME = Words("公開の日時がないか、正しくありません。", "Its time is missing or wrong.")
NOT_OUT = Words(
    "公開された記事ではないため読み取りません(下書き、固定ページ、添付など)。",
    "It is no published entry (a draft, a page, an attachment), so it is not read.",
)
ONLY_LISTED = Words(
    "フィードの一覧(OPML)にアドレスがあるだけです。フィードを保存して渡してください。",
    "Only its address stands in the list (OPML). Save the feed itself and hand it in.",
)
NO_FEED_FILE = Words("フィードではないため読み取りません。", "It is no feed, so it is not read.")
