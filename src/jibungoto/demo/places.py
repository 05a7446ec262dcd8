"""Where people meet: the channels, who opened them and when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from random import Random

from jibungoto.demo.people import Person, new_id


class Opener(StrEnum):
    """Who opened a channel."""

    STAFF = "staff"
    FOUNDER = "founder"
    MEMBER = "member"
    OWNER = "owner"
    FIRST_TIMER = "first timer"


@dataclass(frozen=True, slots=True)
class Sketch:
    """A channel before it is opened; ``pull`` is its share of the daily talk."""

    name: str
    opener: Opener
    month: float
    purpose: str
    theme: str
    pull: float
    lonely: bool = False
    former_name: str = ""
    topic: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """An open channel: a sketch with its id, its opener and the second it was opened."""

    id: str
    sketch: Sketch
    opener: Person
    opened_at: int

    @property
    def name(self) -> str:
        """The channel's present name, as in the export."""
        return self.sketch.name


GENERAL = "general"
RANDOM = "雑談"
NOTICES = "お知らせ"
INTRODUCTIONS = "自己紹介"
QUESTIONS = "質問部屋"
WISHES = "要望箱"
BEGINNERS = "地図_初心者"
KANTO = "関東_もくもく会"
PHOTOS = "写真と地図"
ISLANDS = "島の地図"
OWNED = ("週末_小さな地図", "地名_よみかた部")
DEFAULTS = (GENERAL, RANDOM)

SKETCHES: tuple[Sketch, ...] = (
    Sketch(GENERAL, Opener.STAFF, 0, "全員が参加するチャンネルです", "talk", 0.5),
    Sketch(RANDOM, Opener.STAFF, 0, "なんでもどうぞ", "talk", 5, former_name="random"),
    Sketch(NOTICES, Opener.STAFF, 0, "運営からのお知らせ", "notice", 0),
    Sketch(INTRODUCTIONS, Opener.STAFF, 0, "はじめまして、はこちらで", "intro", 0),
    Sketch(
        QUESTIONS,
        Opener.STAFF,
        0,
        "やまびこの使いかた、なんでも聞いてください",
        "tool",
        5,
        topic="一行でも大丈夫です",
    ),
    Sketch(WISHES, Opener.STAFF, 0.1, "ほしい機能、こまっていること", "wish", 1.5),
    Sketch(BEGINNERS, Opener.FOUNDER, 0.3, "はじめて地図をつくる人の部屋", "tool", 0.5),
    Sketch(
        KANTO,
        Opener.FOUNDER,
        1.5,
        "関東で集まって作業する会",
        "meet",
        2,
        former_name="tokyo_mokumoku",
        topic="次回は第三土曜の午後です",
    ),
    Sketch("オープンデータ_広場", Opener.FOUNDER, 3.2, "公開データの話", "open", 2),
    Sketch("防災マップ", Opener.FOUNDER, 5.6, "避難所や浸水想定を地図にする", "bousai", 1.5),
    Sketch("東北_つながり", Opener.MEMBER, 4.4, "東北のひとあつまれ", "meet", 0.8),
    Sketch("関西_もくもく会", Opener.MEMBER, 6.8, "関西で月に一度", "meet", 1.2),
    Sketch(PHOTOS, Opener.MEMBER, 8.1, "歩いて撮って地図に載せる", "photo", 1.5),
    Sketch("プラグイン開発", Opener.MEMBER, 9.5, "つくる人どうしの相談", "dev", 1.5),
    Sketch("学校で使う", Opener.MEMBER, 11.2, "授業や部活でのつかいかた", "school", 1),
    Sketch("english", Opener.MEMBER, 12.7, "For everybody who prefers English", "english", 0.8),
    Sketch("散歩部", Opener.MEMBER, 14.3, "歩いて見つけたもの", "photo", 1),
    Sketch(OWNED[0], Opener.OWNER, 16.1, "週末に一枚、小さな地図をつくる", "small", 1.2),
    Sketch("九州_沖縄", Opener.MEMBER, 17.6, "九州と沖縄のなかま", "meet", 0.8),
    Sketch("データ可視化_道場", Opener.MEMBER, 19.0, "見せかたを磨く", "open", 1),
    Sketch(OWNED[1], Opener.OWNER, 20.2, "読めない地名をもちよる", "yomi", 1),
    Sketch(ISLANDS, Opener.FIRST_TIMER, 23.7, "島の暮らしを地図に", "small", 0),
    Sketch("将棋部", Opener.MEMBER, 7.3, "昼休みに一局", "talk", 0, lonely=True, archived=True),
    Sketch("読書会_地図の本", Opener.MEMBER, 10.4, "地図の本を読む", "talk", 0, lonely=True),
    Sketch("朝活_6時", Opener.MEMBER, 15.5, "朝の一時間", "talk", 0, lonely=True),
    Sketch("古地図_収集", Opener.MEMBER, 18.4, "古い地図の話", "talk", 0, lonely=True),
)


def open_place(rng: Random, sketch: Sketch, *, opener: Person, opened_at: int) -> Place:
    """Give a sketch its id, its opener and its time."""
    return Place(new_id(rng, "C"), sketch, opener, opened_at)
