"""Names as they are compared: width, variants, order, kana and romaji set aside."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import jaconv

_VARIANTS = str.maketrans(
    "髙﨑嵜齋齊斉濵濱邉邊部澤廣嶋嶌櫻眞德惠藏圓國黑瀨槇曾冨壽條舘鐵栁𠮷彌渕來萬與豐榮應關學實"
    "將淺瀧聰譽佛傳價兒劍勳卷單嚴囘團圍埓增墮壯壹寢寬對專尙峯嶽巖巢帶廢廳徑恆悅惡惱慘懷戶拂拔擇"
    "擧攝收敎數晉曉曆會棧榛榮樂樓樞樣橫檢櫂歐步歷殘氣沒涉淚淸渚渡湯溫滿潛澁濟瀧灣燈燒爭狀獨獻琢凜槗ヶヵ",
    "高崎崎斎斎斎浜浜辺辺部沢広島島桜真徳恵蔵円国黒瀬槙曽富寿条館鉄柳吉弥淵来万与豊栄応関学実"
    "将浅滝聡誉仏伝価児剣勲巻単厳回団囲埓増堕壮壱寝寛対専尚峰岳巌巣帯廃庁径恒悦悪悩惨懐戸払抜択"
    "挙摂収教数晋暁暦会桟榛栄楽楼枢様横検櫂欧歩歴残気没渉涙清渚渡湯温満潜渋済滝湾灯焼争状独献琢凛橋ケカ",
)
_LATIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d"})
_ADDRESS = re.compile(r"\S+@\S+\.\w+")
_APART = re.compile(r"\s*[/|@＠｜／]\s*|\s+[-–—:]\s+")
_BRACKETS = re.compile(r"[(\[{（【〔「『<]([^()\[\]{}（）【】〔〕「」『』<>]*)[)\]}）】〕」』>]")
_TITLE = re.compile(r"(?:さん|様|氏|先生|くん|ちゃん)$")
_LEGAL_FORM = re.compile(
    r"株式会社|有限会社|合同会社|(?:一般|公益)?(?:社団|財団)法人|特定非営利活動法人|npo法人"
    r"|\((?:株|有|同|一社|一財)\)|[,\s]+(?:inc|ltd|llc|corp|gmbh|k\.?k|co)\b\.?"
)
_NO_LETTER = re.compile(r"[^\w\s]|_")
_CJK = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc\s]+")
_FEWEST_KANA = 5
_LATIN_WORDS = re.compile(r"[a-z]+(?:\s+[a-z]+)*")
_HEPBURN = (
    ("tch", "tty"), ("shi", "si"), ("chi", "ti"), ("tsu", "tu"), ("fu", "hu"), ("ji", "zi"),
    ("sh", "sy"), ("ch", "ty"), ("j", "zy"), ("dzu", "zu"), ("du", "zu"), ("di", "zi"),
    ("l", "r"), ("wo", "o"),
)  # fmt: skip
_LONG = re.compile(r"oh(?=[^aeiouy]|$)|ou|oo")
_NASAL = re.compile(r"m(?=[bmp])")


@lru_cache(maxsize=200_000)
def folded(name: str) -> str:
    """Return a name as it is compared: NFKC, no case, variants of kanji as one, kana as hiragana.

    Accents go, spaces between words stay as one; marks, emoji and titles such as さん go.
    """
    text = unicodedata.normalize("NFKC", name).casefold().translate(_VARIANTS)
    if not text.isascii():
        text = jaconv.kata2hira(_without_accents(text).translate(_LATIN))
    return _TITLE.sub("", " ".join(_NO_LETTER.sub(" ", text).split()))


def names_in(text: str) -> tuple[str, ...]:
    """Return what in a display name may be a name, folded: the parts that marks set apart.

    ``高橋 花子 (Hanako) / 株式会社山びこ`` gives 高橋 花子, 株式会社山びこ and hanako.
    """
    text = _ADDRESS.sub(" ", text)
    outside = _BRACKETS.sub(" ", text)
    parts = [*_APART.split(outside), *_BRACKETS.findall(text)]
    return tuple(dict.fromkeys(name for part in parts if len(name := folded(part)) > 1))


def company(name: str) -> str:
    """Return a company's name as it is compared: without spaces and without its legal form.

    ``株式会社山びこ`` and ``㈱山びこ`` are one, as are ``Yamabiko Inc.`` and ``YAMABIKO, inc``.
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(folded(_LEGAL_FORM.sub("", plain)).split())


def is_full(name: str) -> bool:
    """Say whether a folded name is more than one word, or kanji of three characters or more."""
    return " " in name or (len(name) >= 3 and _CJK.match(name) is not None)


def without_order(name: str) -> str:
    """Return a folded name so that order and spacing no longer tell: 太郎 山田 is 山田太郎.

    Japanese names lose their spaces and keep their order; others have their words sorted.
    """
    if _CJK.search(name):
        return "".join(name.split())
    return " ".join(sorted(name.split()))


def swapped(name: str) -> str:
    """Return a folded name of two words with its words the other way round, or itself."""
    words = name.split()
    return " ".join(reversed(words)) if len(words) == 2 else name


@lru_cache(maxsize=200_000)
def reading_of(name: str) -> str:
    """Return how a folded name in kana or romaji sounds, or nothing where kanji hide it.

    しんばし, Shimbashi and sinbasi sound alike; long vowels are short; words are sorted.
    """
    if _KANA.fullmatch(name):
        name = jaconv.kana2alphabet(name.replace("ー", ""))
    elif not _LATIN_WORDS.fullmatch(name):
        return ""
    return " ".join(sorted(_sound(word) for word in name.split()))


def readings_of(name: str) -> tuple[str, ...]:
    """Return how a folded full name sounds without its spaces, its words in either order.

    やまだたろう is heard in Yamada Taro and in たろう やまだ; nothing where kanji hide it, nor for
    a single word that may be a first name alone.
    """
    if " " not in name:
        is_long = len(name) >= _FEWEST_KANA and _KANA.fullmatch(name)
        return (reading_of(name),) if is_long else ()
    words = [reading_of(word) for word in name.split()]
    return ("".join(words), "".join(reversed(words))) if all(words) else ()


def _sound(word: str) -> str:
    for written, sound in _HEPBURN:
        word = word.replace(written, sound)
    return _LONG.sub("o", _NASAL.sub("n", word)).replace("uu", "u")


def _without_accents(text: str) -> str:
    """Take accents off Latin letters; kana keep their marks."""
    apart = unicodedata.normalize("NFD", text)
    kept: list[str] = []
    for sign in apart:
        if unicodedata.combining(sign) and kept and kept[-1].isascii():
            continue
        kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept))
