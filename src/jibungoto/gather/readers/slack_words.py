"""What the Slack reader says of records it leaves out or cannot read."""

from __future__ import annotations

from jibungoto.ledger.words import Words

NOT_MESSAGES = Words(
    "Slack のメッセージのファイルではないため読み取りません。"
    "必要なら、Slack が書き出したときの名前と中身のまま渡してください。",
    "It is no file of Slack's messages, so it is not read. "
    "If it should be, hand it in with the name and content Slack gave it.",
)
DIRECT = Words("ダイレクトメッセージは読み取りません。", "Direct messages are never read.")
PRIVATE = Words(
    "プライベートチャンネルは、選んだときだけ読み取ります。",
    "A private channel is read only when it is chosen.",
)
MAYBE_PRIVATE = Words(
    "チャンネル一覧が読めず、公開チャンネルかどうか分からないため読み取りません。",
    "Its list of channels cannot be read, so this may be a private place and stays closed.",
)
NOT_A_RECORD = Words(
    "Slack の記録の形ではありません。", "It does not have the shape of a Slack record."
)
NO_DATE = Words("日時(ts)がないか、正しくありません。", "Its time (ts) is missing or wrong.")
ABSURD_DATE = Words(
    "日時(ts)が 2002 年から 2100 年の間にありません。",
    "Its time (ts) does not lie between the years 2002 and 2100.",
)
NO_AUTHOR = Words("書いた人が分かりません。", "It does not say who wrote it.")
NOT_A_LIST = Words(
    "Slack の記録の一覧(JSON)ではありません。", "It is not a JSON list of Slack records."
)
CUT_OFF = Words(
    "ここから先は JSON として読み取れません。もう一度書き出してください。",
    "From here on it is not readable JSON. Export it once more.",
)
NOT_A_USER = Words("利用者の形ではありません。", "It does not have the shape of a Slack user.")
NOT_A_CHANNEL = Words(
    "チャンネルの形ではありません。", "It does not have the shape of a Slack channel."
)
NOT_UTF8 = Words(
    "文字コードが UTF-8 ではないため読み取れません。",
    "Its text is not UTF-8, so it cannot be read.",
)
