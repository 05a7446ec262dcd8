"""Numbers as sentences have them: in digits, in Japanese numerals, or in English words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation

from jibungoto.explain.plain import normal

KANJI_NUMBER = r"[一二三四五六七八九十百千万]+(?:人|名|件|割|倍|回|社|%)"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATES = re.compile(
    r"\d{4}年度?(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日(?!間)"
    r"|\d{4}-\d{2}-\d{2}|\d{4}/\d{1,2}/\d{1,2}|第?[1-4]四半期|\bq[1-4]\b|\be[0-4]\b"
    rf"|\d{{1,2}} {_MONTH}(?: \d{{4}})?|{_MONTH} \d{{1,2}}(?:, \d{{4}})?|{_MONTH} \d{{4}}"
    r"|(?<=[a-z] )(?:19|20)\d\d\b"
)
_DIGITS = re.compile(r"(\d+(?:[.,]\d+)*)\s*(%|パーセント|per\s?cent|割)?")
_KANJI = re.compile(
    r"([一二三四五六七八九十百千万]+)(人|名|件|割|倍|回|社|%|パーセント|点|ポイント|時間|円)"
)
_UNITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_ROUND = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: at for at, word in enumerate(_SMALL)}
_VALUES |= {word: 10 * at for at, word in enumerate(_ROUND, start=2)}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000}
_WORD = rf"(?:{'|'.join([*_VALUES, *_SCALES])})"
_WORDS = re.compile(
    rf"(?<![a-z-])(?P<before>(?:the|these|those|all|both|our|other|of)\s+)?"
    rf"(?P<number>{_WORD}(?:[\s-]+(?:and\s+)?{_WORD})*)(?![a-z])(?P<share>\s*(?:per\s?cent|%))?"
)


def numbers_in(text: str) -> tuple[str, ...]:
    """Return the numbers of a text in order, each as ``canonical`` writes it; dates are none."""
    return tuple(number for number, _ in _told(_DATES.sub(" ", normal(text))))


def typed_numbers(text: str, told: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers of a text, as they stand there, that none of the printed values has."""
    known = {number for each in told for number, _ in _told(normal(each))}
    found = _told(_DATES.sub(" ", normal(text)))
    return tuple(dict.fromkeys(said for number, said in found if number not in known))


def canonical(number: str, *, is_share: bool = False) -> str:
    """Return one way of writing a number: no separators, no idle noughts, ``%`` for a share."""
    try:
        value = Decimal(number.replace(",", ""))
    except InvalidOperation:
        return number
    plain = format(value, "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return f"{plain}%" if is_share else plain


def _told(plain: str) -> Iterator[tuple[str, str]]:
    for found in _DIGITS.finditer(plain):
        number, unit = found[1], found[2] or ""
        tenths = unit == "割"
        shown = canonical(f"{number}0" if tenths else number, is_share=bool(unit))
        yield shown, found[0].strip()
    joined = "".join(plain.split())
    for found in _KANJI.finditer(joined):
        value = _kanji(found[1]) * (10 if found[2] == "割" else 1)
        if value > 1:  # 一人ひとり counts nothing
            yield canonical(str(value), is_share=found[2] in ("割", "%", "パーセント")), found[0]
    for found in _WORDS.finditer(plain):
        value = _words(found["number"])
        is_pointing = bool(found["before"]) and value <= 10
        if value > 1 and not is_pointing:
            yield canonical(str(value), is_share=bool(found["share"])), found["number"]


def _kanji(text: str) -> int:
    whole, part, unit = 0, 0, 0
    for each in text:
        if each == "万":
            whole, part, unit = (part + unit or 1) * 10_000 + whole, 0, 0
        elif each in _TENS:
            part, unit = part + (unit or 1) * _TENS[each], 0
        else:
            unit = unit * 10 + _UNITS[each]
    return whole + part + unit


def _words(text: str) -> int:
    whole, part = 0, 0
    for word in re.findall(r"[a-z]+", text):
        if word in _SCALES:
            scale = _SCALES[word]
            if scale >= 1_000:
                whole, part = whole + (part or 1) * scale, 0
            else:
                part = (part or 1) * scale
        elif word != "and":
            part += _VALUES[word]
    return whole + part
