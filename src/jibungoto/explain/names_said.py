"""People named in a text: in full, by family name, by handle, in whatever spelling is on record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from jibungoto.explain.plain import normal
from jibungoto.ledger.names import folded

_KANJI = "一-鿿々〆ヶ㐀-䶿"
_CJK = re.compile(rf"[{_KANJI}ぁ-ヿ]")
_KANJI_IN = re.compile(rf"[{_KANJI}]")
_ALL_KANJI = re.compile(rf"[{_KANJI}]+")
_LATIN = re.compile(r"[a-z0-9]+")
_LETTERS = re.compile(r"[a-z]+")
_HONORIFIC = r"\s*(?:さん|氏|様|さま|くん|君|ちゃん|先生|先輩|殿)"
_TITLE = r"(?:mr|ms|mrs|mx|miss|dr|prof)\.?\s+"
_SAN = r"[\s-](?:san|sama|kun|chan|sensei|shi)(?![a-z])"
_ORDINARY_JA = """
東京 大阪 京都 北海道 青森 岩手 宮城 秋田 山形 福島 茨城 栃木 群馬 埼玉 千葉 神奈川 新潟
富山 石川 福井 山梨 長野 岐阜 静岡 愛知 三重 滋賀 兵庫 奈良 鳥取 島根 岡山 広島 山口
徳島 香川 愛媛 高知 福岡 佐賀 長崎 熊本 大分 宮崎 鹿児島 沖縄 札幌 仙台 横浜 川崎 神戸
松山 松本 高松 豊田 日本 本人 大会 会員 全員 運営 事務 受付 担当 中村屋 目黒 品川 渋谷
上野 大野 平和 大木 小山 本田 青木 金子 森田 安全 一番 有名 花火 若葉 未来 希望 自由 光
香り 桜
"""
ORDINARY_JA = frozenset(_ORDINARY_JA.split())
"""Family names that are as often a place or a word: they count with さん and the like alone."""
_ORDINARY_EN = """
admin anna april august bill bishop black brown chance chase community cook dawn dean
demo event events faith field fields forest frank general grace grant green group guest
hill home hope house hunter joy june king lake lane long major mark market mason may
meeting member members miles mill more moon news north office olive page park parker
pearl penny people person price queen question random reed rich rivers rob robin rose rule
sage sales south staff stone street summer sunny support talk team test tester thanks trinity user
violet ward west will winter wood woods work young
jan feb mar apr jun jul aug sep oct nov dec sun mon tue wed thu fri sat
"""
ORDINARY_EN = frozenset(_ORDINARY_EN.split())
"""Names that are as often a word: they count with Mr, Ms or -san, or in full with another name."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who could be named: what we call them, and every other spelling and handle."""

    name: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in a text, and the words that name them."""

    name: str
    said: str


def mentions_in(text: str, people: Iterable[Named]) -> tuple[Mention, ...]:
    """Return who is named in a text, each person once, in the order of the list.

    What stands inside of somebody's full name is no mention of others who share a part of it.
    """
    everybody = list(people)
    told = _Text.of(text)
    whole = {one: said for one in everybody if (said := _named(told.whole, one)) is not None}
    rest = _Text.of(_without(told, whole.values()))
    found = whole | {
        one: said
        for one in everybody
        if one not in whole and (said := _named(rest.naming, one)) is not None
    }
    return tuple(Mention(one.name, found[one]) for one in everybody if one in found)


def _named(look: Callable[[str], str | None], one: Named) -> str | None:
    return next(filter(None, map(look, dict.fromkeys((one.name, *one.others)))), None)


def _without(told: _Text, whole: Iterable[str]) -> str:
    """Return a text with full names blanked out, whatever spaces stand in them."""
    written = told.written
    for said in whole:
        spread = r"[\s._-]*".join(map(re.escape, "".join(said.split())))
        written = re.sub(spread, "□", written, flags=re.IGNORECASE)
    return written


def likely(people: Iterable[Named], text: str) -> list[Named]:
    """Return those of whom any name stands somewhere in a text, quickly and with too many."""
    plain = normal(text)
    joined = "".join(f"{plain} {folded(text)}".split())
    pairs = {joined[at : at + 2] for at in range(len(joined) - 1)}
    alone = {*_LATIN.findall(plain), *_LETTERS.findall(plain)}

    def may_stand(name: str) -> bool:
        words = _words(name)
        if not words or not name.isascii():
            return any(word[:2] in pairs for word in words if len(word) > 1)
        told = [word for word in words if (one := _LATIN.search(word)) and one[0] in alone]
        if told and len(told) == len(words):
            return True
        if any(_part(one, plain, written=text, is_family=len(words) > 1) for one in told):
            return True
        run = "".join(words), "".join(words[::-1])  # with nothing between the words
        if run[0].isalnum():
            return not alone.isdisjoint(run)
        return run[0] in joined or run[1] in joined

    return [one for one in people if any(map(may_stand, (one.name, *one.others)))]


def _words(name: str) -> list[str]:
    """Return the words of a name as they are looked for, old forms of kanji as new ones."""
    if name.isascii():
        plain = name.casefold()
    else:
        plain = folded(name) if _KANJI_IN.search(name) else normal(name)
    return plain.replace("@", " ").split()


def names_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of a list that a text mentions; names of one letter cannot be told."""
    people = [Named(name) for name in dict.fromkeys(names)]
    return tuple(one.name for one in mentions_in(text, people))


@dataclass(frozen=True, slots=True)
class _Text:
    """A text in the three ways names are looked for in it."""

    written: str
    plain: str
    joined: str
    folded: str

    @staticmethod
    def of(text: str) -> _Text:
        plain = normal(text)
        old_forms_too = "".join(folded(plain).split())
        return _Text(text, plain, "".join(plain.split()), old_forms_too)

    def whole(self, name: str) -> str | None:
        """Return a full name of several words where it stands in a text, either way round."""
        words = _words(name)
        joined = self.folded if _KANJI_IN.search(name) else self.joined
        if len(words) < 2 or not all(word in joined for word in words):
            return None
        if _CJK.search(name):
            return next(_whole(words, joined), None)
        return next(self._latin_whole(words), None)

    def naming(self, name: str) -> str | None:
        """Return what of a text gives one spelling of a name away, None where nothing does."""
        words = _words(name)
        joined = self.folded if _KANJI_IN.search(name) else self.joined
        if not any(word[:2] in joined for word in words):
            return None
        if _CJK.search(name):
            return next(_japanese(words, joined), None)
        if not any(word in self.plain for word in words):
            return None
        return next(self._latin(words), None)

    def _latin(self, words: list[str]) -> Iterator[str]:
        if all(word in self.plain for word in words):
            whole = r"[\s._-]*".join(map(re.escape, words))
            at = re.search(rf"@\s*{whole}(?![a-z0-9])", self.plain)
            if at is not None:
                yield at[0]
            if len(words) > 1:
                yield from self._latin_whole(words)
            elif (said := self._word(words[0])) is not None:
                yield said
        for word in words:
            yield from _part(word, self.plain, written=self.written, is_family=len(words) > 1)

    def _latin_whole(self, words: list[str]) -> Iterator[str]:
        for order, between in ((words, r"[\s._-]*"), (words[::-1], r"[\s,._-]*")):
            shape = between.join(map(re.escape, order))
            found = re.search(rf"(?<![a-z0-9]){shape}(?![a-z0-9])", self.plain)
            if found is not None:
                yield found[0]

    def _word(self, word: str) -> str | None:
        """Return a handle or a single name where it stands alone and is no ordinary word."""
        is_odd = re.search(r"[0-9_.-]", word) is not None
        if len(word) < (2 if is_odd else 3) or word in ORDINARY_EN or word.isdigit():
            return None
        found = re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", self.plain)
        if found is None or is_odd or len(word) >= 6:
            return found[0] if found else None
        shapes = {word.capitalize(), word.upper()}
        return next(
            (one for one in shapes if re.search(rf"(?<![A-Za-z]){one}(?![A-Za-z])", self.written)),
            None,
        )


@lru_cache(maxsize=4_096)  # many people share one of their names, and each text asks for all
def _part(word: str, plain: str, *, written: str, is_family: bool) -> tuple[str, ...]:
    """Return one name of several: with a title, or with a capital where it is no plain word."""
    if len(word) < 2 or word.isdigit() or word not in plain:
        return ()
    shapes = (rf"\b{_TITLE}{re.escape(word)}(?![a-z])", rf"\b{re.escape(word)}{_SAN}")
    found = [re.search(shape, plain) for shape in shapes]
    if is_family and len(word) >= 4 and word not in ORDINARY_EN:
        capital = f"{re.escape(word.capitalize())}|{re.escape(word.upper())}"
        found.append(re.search(rf"(?<![A-Za-z])(?:{capital})(?![A-Za-z])", written))
    return tuple(one[0] for one in found if one is not None)


def _japanese(words: list[str], joined: str) -> Iterator[str]:
    whole = "".join(words)
    if len(words) > 1:
        yield from _whole(words, joined)
    elif len(whole) >= 2 and whole in joined and _alone(whole, joined):
        yield whole
    parts = words if len(words) > 1 else [whole[:2]] if len(whole) > 2 else [whole]
    for part in parts:
        found = re.search(re.escape(part) + _HONORIFIC, joined)
        if len(part) >= 2 and found is not None:
            yield found[0]
    if len(words) > 1 and len(words[0]) >= 2 and _alone(words[0], joined):
        yield words[0]


def _alone(word: str, joined: str) -> bool:
    """Say whether a word stands by itself: 佐藤 in 佐藤が, not 山本 in 山本町."""
    if word in ORDINARY_JA or word.isascii():
        return False
    if not _ALL_KANJI.fullmatch(word):
        return len(word) >= 3 and word in joined
    around = rf"(?<![{_KANJI}ァ-ヿ]){re.escape(word)}(?![{_KANJI}])"
    return re.search(around, joined) is not None


def _whole(words: list[str], joined: str) -> Iterator[str]:
    """Yield a name of several words where it stands, in either order."""
    for order in (words, words[::-1]):
        whole = "".join(order)
        if len(whole) >= 3 and whole in joined:
            yield whole
