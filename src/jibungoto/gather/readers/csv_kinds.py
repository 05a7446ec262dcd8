"""What tables call the kinds of activity, in Japanese and in English."""

from __future__ import annotations

import re

from jibungoto.gather.contents.table import plain
from jibungoto.ledger.kinds import Kind

_WORDS: dict[Kind, str] = {
    Kind.MESSAGE: ("投稿 発言 メッセージ つぶやき message post messages"),
    Kind.REPLY: ("返信 回答 返答 答え reply answer response"),
    Kind.COMMENT: ("コメント comment"),
    Kind.REACTION: ("リアクション いいね スタンプ reaction like"),
    Kind.JOIN: ("入会 加入 参加登録 入室 join joined signup member"),
    Kind.LEAVE: ("退会 退出 脱退 leave left"),
    Kind.TOPIC: ("話題 トピック 質問 相談 topic question thread issue"),
    Kind.START: ("起点 立ち上げ 主催 企画 発起 開催 start started host hosted organised organized"),
    Kind.REGISTRATION: (
        "申込 申し込み 申込み 登録 エントリー 予約 参加予定 registration registered register "
        "rsvp booked yes"
    ),
    Kind.WAITING: ("補欠 キャンセル待ち 順番待ち waiting waitlist waitlisted"),
    Kind.CANCELLATION: (
        "キャンセル 参加キャンセル 取消 取り消し 辞退 cancel cancelled canceled cancellation"
    ),
    Kind.ATTENDANCE: (
        "参加 出席 来場 視聴 受講 参加済み 出席済み attendance attended attend checkedin present"
    ),
    Kind.TALK: (
        "登壇 発表 講演 lt ライトニングトーク スピーカー 講師 talk speaker spoke presentation "
        "lightningtalk"
    ),
    Kind.ARTICLE: ("記事 ブログ ブログ記事 寄稿 執筆 article blog blogpost"),
    Kind.SLIDES: ("スライド 資料 発表資料 slides deck"),
    Kind.VIDEO: ("動画 ビデオ 録画 video recording"),
    Kind.COMMIT: ("コミット commit"),
    Kind.PULL_REQUEST: ("プルリクエスト プルリク pullrequest pr"),
    Kind.MERGE: ("マージ 取り込み merge merged"),
    Kind.REVIEW: ("レビュー 査読 review"),
    Kind.REFERRAL: ("紹介 招待 referral invitation invited"),
    Kind.ADMIN: ("設定変更 事務 admin"),
}
_KINDS = {word: kind for kind, listed in _WORDS.items() for word in listed.split()}
_TOLD_BY_HEADING: tuple[tuple[str, Kind], ...] = (
    ("出席|参加日|来場|受付日|チェックイン|視聴|attended|checkin", Kind.ATTENDANCE),
    ("申込|申し込み|予約|エントリー|registered|rsvp", Kind.REGISTRATION),
    ("キャンセル|cancel", Kind.CANCELLATION),
    ("登壇|発表|講演", Kind.TALK),
    ("公開日|掲載|執筆|published", Kind.ARTICLE),
    ("入会|加入|joined", Kind.JOIN),
    ("退会|left", Kind.LEAVE),
    ("招待|紹介|invited", Kind.REFERRAL),
)
_JOINTS = re.compile(r"[\s_\-.・/]")


def kind_named(word: str) -> Kind | None:
    """Return the kind a cell names, or None where it is no word for one."""
    return _KINDS.get(_JOINTS.sub("", plain(word)))


def kind_told_by(heading: str) -> Kind:
    """Return what a table without a column for kinds is about, by the heading of its times."""
    name = _JOINTS.sub("", plain(heading))
    told = (kind for words, kind in _TOLD_BY_HEADING if re.search(words, name))
    return next(told, Kind.MESSAGE)
