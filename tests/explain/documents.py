"""Documents for the tests of the formats: everything at once, hostile texts, nothing at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from jibungoto.explain.claims import Claim, Grade, Tone
from jibungoto.explain.document import (
    Backing,
    Cell,
    Chart,
    ChartKind,
    Document,
    Section,
    Series,
    Table,
)
from jibungoto.ledger.words import Words

AS_OF = date(2026, 9, 30)
HOSTILE = (
    '=HYPERLINK("http://evil.example","x")\x00\x07\ud800\n'
    "<script>alert(1)</script> [go](javascript:alert(1)) **b** |x| ![i](http://e.example/p.png) "
    "\u202egnp.exe 👩‍👩‍👧 مرحبا"
)
LONG_JA = (
    "応募した人のうち翌月も同じ場で活動した人の割合は、応募しなかった人より高い状態が続いています"
    * 8
)
LONG_EN = "The share that was active in the same place a month later has stayed higher, " * 5
LONG_NAME = "国際協働によるオープンソース地域防災マップ作りの集い・西日本連絡会議準備室"
MONTHS = tuple(
    Words(
        f"{2025 + (8 + at) // 12}年{(8 + at) % 12 + 1}月",
        f"{(8 + at) % 12 + 1}/{2025 + (8 + at) // 12}",
    )
    for at in range(13)
)


def words(text: str, other: str = "") -> Words:
    return Words(text, other or text)


def line() -> Chart:
    values = (88.0, 91.0, None, None, 95.0, 99.0, 101.0, 93.0, 90.0, 97.0, 104.0, 111.0, 121.0)
    return Chart(
        title=words("活動メンバー", "Active members"),
        says=words(
            "活動メンバーは88人から121人になりました。", "Active members went from 88 to 121."
        ),
        kind=ChartKind.LINE,
        labels=MONTHS,
        series=(Series(words("活動メンバー", "Active members"), values),),
        pattern="#,##0",
    )


def stacked() -> Chart:
    return Chart(
        title=words("番組ごとの参加", "Attendance"),
        says=words("会場とオンラインの参加です。", "Venue and online."),
        kind=ChartKind.STACKED,
        labels=(words("What's New"), words("Deep Dive"), words(LONG_NAME)),
        series=(
            Series(words("会場", "Venue"), (20.0, 48.0, None)),
            Series(words("オンライン", "Online"), (140.0, 60.0, 9.0)),
        ),
        pattern="0",
    )


def shares() -> Chart:
    return Chart(
        title=words("返信率", "Answer rate"),
        says=words("返信率は85%から58%に下がりました。", "The answer rate went from 85% to 58%."),
        kind=ChartKind.BARS,
        labels=(words("春", "Spring"), words("夏", "Summer")),
        series=(Series(words("返信率", "Answer rate"), (0.85, 0.58)),),
        pattern="0%",
    )


def verdicts(rows: int = 30) -> Table:
    """Return a table longer than a slide, its last row reaching to the end."""
    lines = tuple(
        (
            Cell(words(f"条件{n}", f"Condition {n}"), hint=words("定義", "Definition of it")),
            Cell(words("55%"), 0.553, "0%", small=words("少数", "small n")),
            Cell(words("1,234"), 1234.0, "#,##0"),
            Cell(words("▲ 順調", "▲ on track"), tone=Tone.BETTER),
            Cell(words("", ""), chart=line()) if n == 1 else Cell(words("", "")),
        )
        for n in range(1, rows + 1)
    )
    unknown = (Cell(words("費用", "Cost")), Cell(words("-")), Cell(words("ありません。", "None.")))
    heads = tuple(map(words, ("勝利条件", "いま", "人数", "判定", "推移")))
    return Table(words("判定", "Verdicts"), heads, (*lines, unknown))


def wide() -> Table:
    row = (Cell(words("新規", "New")), *(Cell(words(str(n)), float(n), "0") for n in range(13)))
    return Table(words("月ごと", "By month"), (words("指標", "Measure"), *MONTHS), (row,))


def quarterly() -> Document:
    """Return a document with every kind of part in it."""
    grades = list(Grade)
    claims = tuple(
        Claim(
            words(f"{n}つめの主張です。", f"This is claim {n}."),
            grades[n % 5],
            ("active",),
            Tone.BETTER if n % 2 else Tone.WORSE,
        )
        for n in range(1, 13)
    )
    long = Claim(Words(LONG_JA[:300], LONG_EN[:300]), Grade.E2)
    backing = Backing(
        measure="active",
        name=words("活動メンバー", "Active members"),
        definition=words("28日に一度でも行動した人。(第1版)", "Acted once in 28 days. (version 1)"),
        value=words("121人", "121"),
        interval=words("100〜145", "100 to 145"),
        n=words("374"),
    )
    return Document(
        title=words("四半期レビュー", "Quarterly review"),
        subtitle=words("経営会議へ", "For the board"),
        community=LONG_NAME,
        as_of=AS_OF,
        sections=(
            Section(words("結論", "Summary"), claims=claims[:3]),
            Section(words("主張", "Claims"), claims=(*claims, long)),
            Section(words("動き", "Movement"), charts=(line(), stacked(), shares())),
            Section(
                words("判定", "Verdicts"),
                tables=(verdicts(), wide()),
                text=(words("但し書き。", "A remark."),),
            ),
            Section(words("付録", "Appendix"), text=(Words(LONG_JA, LONG_EN),) * 9, is_note=True),
        ),
        notes=(words("範囲: Slack。", "Coverage: Slack."),),
        backing=(backing,),
    )


def hostile() -> Document:
    """Return a document in which every text tries to break out of its place."""
    evil = words(HOSTILE)
    chart = Chart(evil, evil, ChartKind.BARS, (evil, words("=1+1")), (Series(evil, (1.0, None)),))
    table = Table(evil, (evil, evil), ((Cell(evil), Cell(evil, small=evil, hint=evil)),))
    section = Section(
        evil, claims=(Claim(evil, Grade.E0),) * 2, text=(evil,), charts=(chart,), tables=(table,)
    )
    again = replace(section, heading=words(f"2 {HOSTILE}"))
    return Document(
        title=evil,
        subtitle=evil,
        community=HOSTILE,
        as_of=AS_OF,
        sections=(section, again, Section(evil, text=(evil,), is_note=True)),
        notes=(evil,),
        backing=(Backing("active", evil, evil, evil, evil, evil),),
    )


def bare() -> Document:
    """Return a document without any section."""
    return Document(words("報告", "Report"), words(""), "はじまりの村", AS_OF, ())


ALL = {"quarterly": quarterly(), "hostile": hostile(), "bare": bare()}
