"""What the Zulip reader says of records it leaves out or cannot read."""

from __future__ import annotations

from jibungoto.ledger.words import Words

DIRECT = Words("ダイレクトメッセージは読み取りません。", "Direct messages are never read.")
PRIVATE = Words(
    "非公開チャンネルは、選んだときだけ読み取ります。",
    "A private channel is read only when it is chosen.",
)
NO_CHANNEL = Words(
    "どのチャンネルのものか一覧にないため、読み取りません。公開されたものとは限りません。",
    "The list of channels does not say where it was written, so it may be private and stays out.",
)
NO_DATE = Words(
    "日時がないか、2002 年から 2100 年の間にありません。",
    "Its time is missing or does not lie between the years 2002 and 2100.",
)
NO_ID = Words("番号(id)が正しくありません。", "Its number (id) is not one.")
NOT_A_USER = Words("利用者の形ではありません。", "It does not have the shape of a Zulip user.")
NOT_A_CHANNEL = Words(
    "チャンネルの形ではありません。", "It does not have the shape of a Zulip channel."
)
NOT_A_ROW = Words(
    "Zulip の表の行の形ではありません。", "It does not have the shape of a row of Zulip's tables."
)
NOT_MESSAGES = Words(
    "Zulip の書き出しの、メッセージのファイルではないため読み取りません。",
    "It is no file of messages in a Zulip export, so it is not read.",
)
NO_REALM = Words(
    "realm.json を読み取れないため、どのチャンネルが公開か分かりません。",
    "realm.json cannot be read, so nobody knows which channels are public.",
)
AGAIN = Words(
    "Zulip からもう一度書き出してください。", "Export the organization from Zulip once more."
)
