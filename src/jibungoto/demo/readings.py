"""How invented people say that their names are read: in kana, as Slack's profiles have it."""

from __future__ import annotations

import jaconv

from jibungoto.demo.names import FAMILY, GIVEN

_LONG = {
    "佐藤": "さとう", "伊藤": "いとう", "加藤": "かとう", "斎藤": "さいとう", "齋藤": "さいとう",
    "後藤": "ごとう", "近藤": "こんどう", "遠藤": "えんどう", "工藤": "くどう", "安藤": "あんどう",
    "太田": "おおた", "大野": "おおの", "河野": "こうの", "裕子": "ゆうこ", "京子": "きょうこ",
    "翔太": "しょうた", "亮": "りょう", "悠斗": "ゆうと", "颯太": "そうた", "雄一": "ゆういち",
    "浩二": "こうじ", "康平": "こうへい", "祐介": "ゆうすけ",
}  # fmt: skip
"""Long vowels, which the login's spelling leaves out."""
_KANA = {
    kanji: _LONG.get(kanji) or jaconv.alphabet2kana(reading) for kanji, reading in (*FAMILY, *GIVEN)
}


def reading_of(name: str) -> str:
    """Return the reading of a family and a given name, or nothing for a name from abroad."""
    parts = name.split(" ")
    return " ".join(_KANA[part] for part in parts) if all(part in _KANA for part in parts) else ""
