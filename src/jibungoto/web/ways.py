"""How to come by the file of each source: three lines, and a mail to whoever can make it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jibungoto.gather.families import Family, family_of
from jibungoto.ledger.source import source_name
from jibungoto.ledger.words import Words
from jibungoto.web.ways_to_works import COMMANDS, WAYS_TO_WORKS

_ABOVE = ("(上のコマンド)", "(the command from above)", "(the commands from above)")
_MAILS = Path(__file__).resolve().parent / "mails"


@dataclass(frozen=True, slots=True)
class Way:
    """The way to one source's file: how to get it, who may, and what to hand in."""

    key: str
    how: Words
    who: Words
    hand_in: Words

    @property
    def name(self) -> Words:
        """Return the source's name."""
        return source_name(self.key)

    @property
    def steps(self) -> tuple[Words, Words, Words]:
        """Return the three lines in their order."""
        return (self.how, self.who, self.hand_in)


def ways_by_family() -> list[tuple[Family, list[Way]]]:
    """Return all ways in the order of pages, family by family."""
    return [
        (family, [way for way in WAYS.values() if family_of(way.key) is family])
        for family in Family
    ]


@cache
def mail_of(key: str, language: str) -> str:
    """Return the mail that asks for a source's file; empty where nobody has to be asked."""
    file = _MAILS / language / f"{key}.txt"
    if key not in WAYS or not file.is_file():
        return ""
    mail = file.read_text(encoding="utf-8")
    for above in _ABOVE:
        mail = mail.replace(above, COMMANDS.get(key, above))
    return mail


_AS_IT_IS = Words(
    "ファイルは開いたり保存し直したりせず、そのままここに置きます。",
    "Hand the file in as it is, neither opened nor saved again.",
)
_MAY_ASK_EVENT = Words(
    "そのまま置きます。どのイベントのものか書かれていないときは、一度だけお尋ねします。",
    "Hand it in as it is. Where it does not say which event it is of, you are asked once.",
)

_WAYS = (
    Way(
        "slack",
        Words(
            "「ツールと設定 > ワークスペースの設定 > データのインポート/エクスポート」を開き、"
            "期間を「全期間」にしてエクスポートします。",
            "Open Tools & settings > Workspace settings > Import/Export Data, and export the "
            "entire history.",
        ),
        Words(
            "書き出せるのはワークスペースのオーナーと管理者です。",
            "Owners and administrators of the workspace may do this.",
        ),
        Words(
            "届いた ZIP をそのまま置きます。読み取るのは公開チャンネルだけで、非公開チャンネルは"
            "あとから一つずつ選べます。",
            "The ZIP goes in as it is. Only public channels are read; private ones stay shut until "
            "you choose them, one by one.",
        ),
    ),
    Way(
        "discord",
        Words(
            "DiscordChatExporter を、サーバーに招いたボットで使い、JSON で書き出します"
            "(スレッドはすべて、期間は空のまま)。",
            "Use DiscordChatExporter with a bot that was let into the server: format JSON, all "
            "threads, no dates.",
        ),
        Words(
            "ボットを招けるのはサーバーの管理者です。",
            "An administrator of the server lets the bot in.",
        ),
        Words(
            "できたフォルダーを ZIP にして置きます。全員が見られるチャンネルだけにします。",
            "Zip the folder and hand it in, with channels only that all members can see.",
        ),
    ),
    Way(
        "discourse",
        Words(
            "「管理 > バックアップ」で、アップロードを含めないバックアップをつくります。",
            "Make a backup without uploads: Admin > Backups > Backup.",
        ),
        Words(
            "管理者だけができます。誰でも見られる話題だけなら、JSON のページでも足ります。",
            "Administrators may do this. For public topics alone, pages of JSON will do.",
        ),
        Words(
            ".sql.gz か .tar.gz のまま置きます。個人宛てのメッセージは読み取りません。",
            "The .sql.gz or .tar.gz goes in as it is. Personal messages are never read.",
        ),
    ),
    Way(
        "zulip",
        Words(
            "「組織の設定 > データのエクスポート」で、公開データのエクスポートを開始します。",
            "Start a public export: Organization settings > Data exports.",
        ),
        Words("オーナーと管理者ができます。", "Owners and administrators may do this."),
        Words(".tar.gz のまま置きます。", "The .tar.gz goes in as it is."),
    ),
    Way(
        "line",
        Words(
            "スマートフォンで、メニュー > 設定 >「トーク履歴を送信」"
            "(オープンチャットでは「トークを保存」)を選びます。",
            "On a phone: Menu > Settings > Export chat history (in an open chat: Save chat).",
        ),
        Words(
            "メンバーなら誰でもできます。何を見るのかを、先にみなさんに伝えてください。",
            "Every member may do this. Tell the others first what you look at.",
        ),
        Words(
            "テキストファイルをそのまま置きます。パソコン版のものは読み取れません。",
            "The text file goes in as it is. That of the desktop app cannot be read.",
        ),
    ),
    Way(
        "mbox",
        Words(
            "Mailman の書庫か、Google グループのデータエクスポートを mbox で手に入れます。"
            "自分の受信箱のフォルダーでもかまいません。",
            "Get the archive as mbox, from Mailman or from Google Takeout; a folder of your own "
            "mailbox will do.",
        ),
        Words(
            "メーリングリストの管理者に頼むか、公開の書庫からダウンロードします。",
            "Ask the list's owner, or download a public archive.",
        ),
        Words(
            "何か月分もあるときは、一つのフォルダーに入れて ZIP にします。",
            "Put several months into one folder, and zip it.",
        ),
    ),
    Way(
        "connpass",
        Words(
            "イベントの管理ページから、参加者の CSV をダウンロードします。開始日時は、API の"
            "イベントの一覧(JSON)から分かります。",
            "Download the CSV of participants from the event's management page. The API's list of "
            "events (JSON) tells when each began.",
        ),
        Words(
            "イベントかグループの管理者ができます。",
            "Administrators of the event or its group may do this.",
        ),
        Words(
            "ファイルの名前は変えません。番号がイベントを示します。いくつでも一度に置けます。",
            "Keep the file's name: its number says which event it is. Drop many at once.",
        ),
    ),
    Way(
        "doorkeeper",
        Words(
            "イベントの管理ページから参加者の表(.xlsx)を書き出します。イベントの一覧は API の"
            "回答(JSON)です。",
            "Export the sheet of participants (.xlsx) on the event's management page; the list of "
            "events is the API's answer (JSON).",
        ),
        Words("グループの管理者ができます。", "A group's administrators may do this."),
        Words(
            "ファイルの名前は変えません。番号がイベントを示します。",
            "Keep the file's name: its number says which event it is.",
        ),
    ),
    Way(
        "peatix",
        Words(
            "イベントの管理ページから、参加者リストを CSV でダウンロードします。",
            "Download the list of attendees as CSV from the event's management page.",
        ),
        Words(
            "主催者と、主催者が権限を渡した人ができます。",
            "The organiser may do this, and whom they gave the right.",
        ),
        _MAY_ASK_EVENT,
    ),
    Way(
        "meetup",
        Words(
            "メンバー管理からメンバーの一覧を、イベントの参加者管理から参加者の一覧を"
            "ダウンロードします。",
            "Download the members from the group's member management, and the attendees from each "
            "event's attendee management.",
        ),
        Words("主催者と共同主催者ができます。", "Organisers and co-organisers may do this."),
        _MAY_ASK_EVENT,
    ),
    Way(
        "luma",
        Words(
            "イベントの Manage ページで、Guests の CSV をダウンロードします。",
            "Download the CSV of Guests on the event's Manage page.",
        ),
        Words(
            "イベントのホストと、カレンダーの管理者ができます。",
            "An event's hosts and a calendar's administrators may do this.",
        ),
        _MAY_ASK_EVENT,
    ),
    Way(
        "zoom",
        Words(
            "「レポート > 利用状況レポート」で、「ミーティングデータとともにエクスポート」に印を"
            "付け、「ユニークユーザーを表示」には付けずに書き出します。",
            "Reports > Usage Reports: export with “Export with meeting data”, without “Show unique "
            "users”.",
        ),
        Words(
            "ホスト、アカウントのオーナー、管理者ができます。残っているのは1年ほどです。",
            "Hosts, owners and administrators may do this. Zoom keeps reports for about a year.",
        ),
        _MAY_ASK_EVENT,
    ),
    Way(
        "streamyard",
        Words(
            "登録付きの配信(On-Air)の Registrants を CSV でダウンロードします。",
            "Open the stream with registration (On-Air), and download its Registrants as CSV.",
        ),
        Words(
            "スペースのオーナーと管理者ができます。",
            "Owners and administrators of the space may do this.",
        ),
        _MAY_ASK_EVENT,
    ),
    Way(
        "youtube",
        Words(
            "配信のチャットのリプレイを、yt-dlp で保存します(動画は要りません)。",
            "Save the stream's chat replay with yt-dlp; the video is not needed.",
        ),
        Words(
            "先にチャンネルの持ち主に確かめます。編集された動画のチャットは消えるので、数日のうちに。",
            "Ask the channel's owner first, and within days: an edited video loses its chat.",
        ),
        Words(
            ".live_chat.json と .info.json を、いっしょに置きます。",
            "Hand in the .live_chat.json and the .info.json, together in one zip.",
        ),
    ),
    Way(
        "facebook_live",
        Words(
            "コメントを Graph API で保存するか、名前とコメント、日時の表にします。",
            "Save the comments through the Graph API, or as a table of name, comment and time.",
        ),
        Words("ページの管理者ができます。", "Whoever manages the page may do this."),
        _MAY_ASK_EVENT,
    ),
    Way(
        "headcount",
        Words(
            "名前の分からない参加者は、イベントごとの人数を表に書きます。",
            "Where nobody is known by name, write the number of people of each event in a table.",
        ),
        Words("数えた人なら誰でもできます。", "Whoever counted may do this."),
        Words(
            "イベント、申込数、参加者数などの見出しを付けた CSV か Excel を置きます。",
            "Hand in a CSV or Excel with headings for the event and its counts.",
        ),
    ),
)


WAYS = {way.key: way for way in (*_WAYS, *(Way(*told) for told in WAYS_TO_WORKS))}
"""The way to every source's file, by the source's key."""
