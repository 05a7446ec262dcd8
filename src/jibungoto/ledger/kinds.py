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
    """The kinds of activity readers may write; one word each, shared by all sources."""

    MESSAGE = "message"
    REPLY = "reply"
    COMMENT = "comment"
    REACTION = "reaction"
    JOIN = "join"
    LEAVE = "leave"
    START = "start"
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
    KindRule(Kind.START, ActClass.START, True, False, Words("起点", "start")),
    KindRule(Kind.ADMIN, ActClass.ADMIN, False, False, Words("設定の変更", "settings change")),
)
"""The default mapping of domain.md 5; a community may edit its own copy."""
