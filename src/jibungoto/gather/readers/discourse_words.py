"""What the Discourse reader says of records it leaves out or cannot read."""

from __future__ import annotations

from jibungoto.ledger.words import Words

DIRECT = Words("個人メッセージは読み取りません。", "Personal messages are never read.")
WHISPER = Words(
    "スタッフだけに見えるささやきは読み取りません。",
    "A whisper, which only staff can see, is never read.",
)
PRIVATE = Words(
    "閲覧を制限されたカテゴリは、選んだときだけ読み取ります。",
    "A category with restricted reading is read only when it is chosen.",
)
NO_TOPIC = Words(
    "どの話題のものか分からないため、読み取りません。公開されたものとは限りません。",
    "Nobody knows which topic it belongs to, so it may be private and stays out.",
)
NOT_POSTS = Words(
    "Discourse の話題・投稿・バックアップのファイルではないため読み取りません。",
    "It is no file of Discourse's topics, posts or backups, so it is not read.",
)
NO_DATE = Words("日時を読み取れません。", "Its time cannot be read.")
NOT_A_ROW = Words(
    "Discourse の表の行の形ではありません。",
    "It does not have the shape of a row of Discourse's tables.",
)
CUT_OFF = Words(
    "表の途中で終わっています。もう一度ダウンロードしてください。",
    "It ends in the middle of a table. Download it once more.",
)
LONG_LINE = Words(
    "一行が長すぎるため、データベースの書き出しとして読み取れません。",
    "A line is too long for a database dump.",
)
