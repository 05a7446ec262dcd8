"""What kinds of activity there are, and which class each counts as (domain.md 5)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jibungoto.ledger.words import Words


class ActClass(StrEnum):
    """What an act means for the community, from receiving to keeping something alive."""

    RECEIVE = "RECEIVE"
    SPEAK = "SPEAK"
    CONTRIBUTE = "CONTRIBUTE"
    BRING = "BRING"
    START = "START"
    SUSTAIN = "SUSTAIN"
    ADMIN = "ADMIN"


class Kind(StrEnum):
    """The kinds of activity readers may write; one word each, shared by all sources.

    A ``spell`` is one stretch of online attendance. It stands in what was delivered; the log unites
    a person's spells at an event to one ``attendance`` or ``glimpse``, and has no spells itself.
    """

    MESSAGE = "message"
    REPLY = "reply"
    COMMENT = "comment"
    REACTION = "reaction"
    JOIN = "join"
    LEAVE = "leave"
    TOPIC = "topic"
    START = "start"
    REGISTRATION = "registration"
    WAITING = "waiting"
    CANCELLATION = "cancellation"
    ATTENDANCE = "attendance"
    GLIMPSE = "glimpse"
    SPELL = "spell"
    TALK = "talk"
    ARTICLE = "article"
    SLIDES = "slides"
    VIDEO = "video"
    COMMIT = "commit"
    PULL_REQUEST = "pull_request"
    MERGE = "merge"
    REVIEW = "review"
    REFERRAL = "referral"
    TAG = "tag"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class KindRule:
    """How one kind counts: its class, whether it shows presence, whether it is an output."""

    kind: Kind
    act_class: ActClass
    presence: bool
    output: bool
    name: Words


DEFAULT_KINDS: tuple[KindRule, ...] = (
    KindRule(Kind.MESSAGE, ActClass.SPEAK, True, False, Words("投稿", "message")),
    KindRule(Kind.REPLY, ActClass.CONTRIBUTE, True, False, Words("返信", "reply")),
    KindRule(Kind.COMMENT, ActClass.CONTRIBUTE, True, False, Words("コメント", "comment")),
    KindRule(Kind.REACTION, ActClass.RECEIVE, True, False, Words("リアクション", "reaction")),
    KindRule(Kind.JOIN, ActClass.ADMIN, False, False, Words("参加登録", "join")),
    KindRule(Kind.LEAVE, ActClass.ADMIN, False, False, Words("退出", "leave")),
    KindRule(Kind.TOPIC, ActClass.SPEAK, True, False, Words("話題の投稿", "topic")),
    KindRule(Kind.START, ActClass.START, True, False, Words("起点", "start")),
    KindRule(Kind.REGISTRATION, ActClass.ADMIN, False, False, Words("申し込み", "registration")),
    KindRule(Kind.WAITING, ActClass.ADMIN, False, False, Words("キャンセル待ち", "waiting")),
    KindRule(Kind.CANCELLATION, ActClass.ADMIN, False, False, Words("キャンセル", "cancellation")),
    KindRule(Kind.ATTENDANCE, ActClass.RECEIVE, True, False, Words("出席", "attendance")),
    KindRule(Kind.GLIMPSE, ActClass.ADMIN, False, False, Words("短い視聴", "glimpse")),
    KindRule(Kind.TALK, ActClass.CONTRIBUTE, True, True, Words("登壇", "talk")),
    KindRule(Kind.ARTICLE, ActClass.CONTRIBUTE, True, True, Words("記事", "article")),
    KindRule(Kind.SLIDES, ActClass.CONTRIBUTE, True, True, Words("スライド", "slides")),
    KindRule(Kind.VIDEO, ActClass.CONTRIBUTE, True, True, Words("動画", "video")),
    KindRule(Kind.COMMIT, ActClass.CONTRIBUTE, True, False, Words("コミット", "commit")),
    KindRule(
        Kind.PULL_REQUEST, ActClass.SPEAK, True, False, Words("プルリクエスト", "pull request")
    ),
    KindRule(Kind.MERGE, ActClass.CONTRIBUTE, True, True, Words("取り込まれた変更", "merge")),
    KindRule(Kind.REVIEW, ActClass.CONTRIBUTE, True, False, Words("レビュー", "review")),
    KindRule(Kind.REFERRAL, ActClass.BRING, False, False, Words("紹介", "referral")),
    KindRule(Kind.TAG, ActClass.ADMIN, False, False, Words("タグ", "tag")),
    KindRule(Kind.ADMIN, ActClass.ADMIN, False, False, Words("設定の変更", "settings change")),
)
"""The default mapping of domain.md 5; a community may edit its own copy."""
