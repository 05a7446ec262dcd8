"""What the headings of tables are called, in Japanese and in English, and what each means."""

from __future__ import annotations

import re
from enum import StrEnum

from jibungoto.gather.contents.table import plain

_JOINTS = re.compile(r"[\s_\-./・]|\(\d+\)$")
_BEHIND = re.compile(r"\(.*\)$")


class Meaning(StrEnum):
    """What a column can mean; any other column is not read."""

    WHEN = "when"
    WHO = "who"
    NAME = "name"
    EMAIL = "email"
    KIND = "kind"
    PLACE = "place"
    EVENT = "event"
    ROW = "row"
    REPLY_TO = "reply_to"
    URL = "url"
    TEXT = "text"
    MODE = "mode"
    READING = "reading"
    ORGANISATION = "organisation"
    NOTHING = "nothing"


_HEADINGS: dict[Meaning, str] = {
    Meaning.WHEN: (
        "日時 日付 時刻 年月日 いつ タイムスタンプ 投稿日時 投稿日 作成日時 作成日 送信日時 "
        "回答日時 完了時刻 参加日時 参加日 出席日時 出席日 受付日時 来場日時 申込日時 申込日 "
        "申し込み日時 登録日時 登録日 予約日時 公開日時 公開日 掲載日 発表日 登壇日 実施日 "
        "開催日 開催日時 入会日 加入日 退会日 キャンセル日時 timestamp date datetime when "
        "time created createdat posted postedat published publishedat registered registeredat "
        "attendedat joined joinedat sentat completiontime checkinat eventdate"
    ),
    Meaning.WHO: (
        "id ユーザーid ユーザid userid user username ユーザー名 ユーザ名 会員番号 会員id "
        "memberid member アカウント account handle 社員番号 personid 参加者id login "
        "ニックネームid who"
    ),
    Meaning.NAME: (
        "名前 氏名 お名前 参加者名 表示名 ニックネーム 投稿者 著者 発言者 登壇者 講師 担当者 "
        "回答者 name fullname displayname nickname author speaker participant attendee"
    ),
    Meaning.EMAIL: ("メール メールアドレス eメール email emailaddress mail mailaddress"),
    Meaning.KIND: (
        "種別 種類 区分 活動 活動種別 アクション 内容種別 ステータス 参加ステータス 状態 kind "
        "type action activity activitytype status category"
    ),
    Meaning.PLACE: (
        "場所 チャンネル チャンネル名 カテゴリ カテゴリー 掲示板 グループ place channel forum "
        "room space board group"
    ),
    Meaning.EVENT: (
        "イベント イベント名 イベントid 勉強会 会 催し 回 event eventname eventid eventtitle meetup"
    ),
    Meaning.ROW: (
        "番号 no 投稿id 行番号 記録id メッセージid 受付番号 messageid postid rowid recordid number"
    ),
    Meaning.REPLY_TO: ("返信先 返信元 親 親投稿 親id replyto inreplyto parent parentid replytoid"),
    Meaning.URL: ("url リンク アドレス 記事url link permalink"),
    Meaning.TEXT: (
        "本文 内容 コメント メッセージ 投稿 投稿内容 感想 発言 text body message content comment"
    ),
    Meaning.MODE: (
        "参加形態 参加方法 参加形式 開催形式 形式 参加枠 参加枠名 チケット チケット名 mode "
        "format ticket tickettype tickettypename"
    ),
    Meaning.READING: (
        "ふりがな フリガナ よみがな よみ カナ 氏名カナ 名前カナ reading kana furigana"
    ),
    Meaning.ORGANISATION: (
        "所属 会社 会社名 企業名 組織 団体 所属組織 company organisation organization "
        "affiliation employer"
    ),
}
_MEANINGS = {word: meaning for meaning, listed in _HEADINGS.items() for word in listed.split()}
_NEVER_WHEN = re.compile(
    r"更新|変更日|締切|期限|生年|誕生|updated|modified|birth|deadline|due|利用開始"
)


def known_headings(headings: frozenset[str]) -> int:
    """Return how many of these headings are words for a meaning."""
    return sum(meaning_of(one) is not None for one in headings)


def meaning_of(heading: str) -> Meaning | None:
    """Return what a heading says by itself."""
    name = _JOINTS.sub("", plain(heading))
    if is_never_when(name):
        return None
    return _MEANINGS.get(name) or _MEANINGS.get(_BEHIND.sub("", name))


def is_never_when(heading: str) -> bool:
    """Say whether a heading names a time at which nobody did anything: of a change, a deadline."""
    return _NEVER_WHEN.search(plain(heading)) is not None
