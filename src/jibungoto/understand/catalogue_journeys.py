"""The measures across sources: where people came in, where else they act, whom we know twice."""

from __future__ import annotations

from jibungoto.ledger.words import Words
from jibungoto.understand.measure import (
    JOINING,
    THREADS,
    Direction,
    IntervalKind,
    Measure,
    Unit,
)

FAMILIES: dict[str, Words] = {
    "chat": Words("チャット", "chat"),
    "forum": Words("フォーラム・メーリングリスト", "forum, mailing list"),
    "event_venue": Words("イベント(会場)", "events, at the venue"),
    "event_online": Words("イベント(オンライン)", "events, online"),
    "code": Words("コード", "code"),
    "content": Words("ブログ", "blogs"),
    "live": Words("ライブ配信", "live streams"),
    "other": Words("そのほか", "elsewhere"),
}
"""The families of sources; which source is of which stands in ``journeys``."""


def pair(family: str, onward: str) -> str:
    """Return the part of those who went on from one family to another."""
    return f"{family}>{onward}"


def _onward() -> dict[str, Words]:
    """Return the parts of transitions: who went on at all from each family, and then to which."""
    parts = {
        family: Words(f"{name.ja}から先へ", f"on from {name.en}")
        for family, name in FAMILIES.items()
    }
    for family, name in FAMILIES.items():
        for other, onto in FAMILIES.items():
            if family != other:
                words = Words(f"{name.ja} → {onto.ja}", f"{name.en} → {onto.en}")
                parts[pair(family, other)] = words
    return parts


WIDTHS: dict[str, Words] = {
    "several": Words("はじめの60日に2種類以上の場", "two kinds of place or more in 60 days"),
    "one": Words("はじめの60日に1種類の場", "one kind of place in 60 days"),
}
"""The two groups of newcomers that are compared."""

JOURNEYS: tuple[Measure, ...] = (
    Measure(
        key="multi_share",
        name=Words("複数の場で活動する人の割合", "Active in several kinds of place"),
        definition=Words(
            "直近90日に活動したメンバーのうち、これまでに2種類以上の場(チャット、フォーラム、"
            "会場のイベント、オンラインのイベント、コードなど)で行動した人の割合。"
            "同じ人だと分からない名前は別の人と数えるため、実際より低く出ます。",
            "Of members active in the last 90 days: the share who have acted in two or more kinds "
            "of place so far (chat, forum, events at a venue, events online, code and so on). "
            "Names not known to be one person count as several, so it is an under-count.",
        ),
        unit=Unit.FRACTION,
        window=90,
        step="tally_multi_share",
        interval=IntervalKind.WILSON,
        direction=Direction.UP,
    ),
    Measure(
        key="entry_mix",
        name=Words("入口の内訳", "Ways in"),
        definition=Words(
            "直近28日に加わったメンバー(加わった日が確かな人)のうち、最初の記録が各種類の場にある"
            "人の割合。",
            "Of members who joined in the last 28 days, where the day is exact: the share whose "
            "first record is in each kind of place.",
        ),
        unit=Unit.FRACTION,
        window=28,
        step="tally_entry_mix",
        interval=IntervalKind.WILSON,
        needs=JOINING,
        parts=FAMILIES,
    ),
    Measure(
        key="transition",
        name=Words("次の場へ進んだ人の割合", "Went on to another kind of place"),
        definition=Words(
            "365日前から90日前までのあいだに、ある種類の場(チャット、会場のイベントなど)で初めて"
            "行動したメンバーのうち、90日以内に次の新しい種類の場でも行動した人の割合。"
            "同じ人だと分からない名前は別の人と数えるため、実際より低く出ます。",
            "Of members who first acted in a kind of place (chat, events at a venue and so on) "
            "between 365 and 90 days ago: the share who within 90 days acted in a next kind, new "
            "to them. Names not known to be one person count as several, so it is an under-count.",
        ),
        unit=Unit.FRACTION,
        window=365,
        step="tally_transition",
        interval=IntervalKind.WILSON,
        direction=Direction.UP,
        parts=_onward(),
    ),
    Measure(
        key="bridge_rate",
        name=Words("場の広がりと貢献", "Contributing, by how widely one began"),
        definition=Words(
            "545日前から180日前までに加わったメンバー(加わった日が確かな人)のうち、180日以内に"
            "貢献の段に届いた人の割合。はじめの60日に行動した場の種類が2つ以上か1つかで分けます。"
            "並べた値は関連を示すもので、場を広げたから貢献したとは言えません。",
            "Of members who joined between 545 and 180 days ago, where the day is exact: the share "
            "who reached the stage of contributing within 180 days, by whether they acted in two "
            "kinds of place or more in their first 60 days, or in one. The two stand in "
            "association; neither shows that the one led to the other.",
        ),
        unit=Unit.FRACTION,
        window=545,
        step="tally_widened",
        interval=IntervalKind.WILSON,
        needs=(*JOINING, *THREADS),
        parts=WIDTHS,
    ),
    Measure(
        key="bridge_gap",
        name=Words("場の広がりと貢献の差(関連)", "Gap by how widely one began (association)"),
        definition=Words(
            "545日前から180日前までに加わったメンバー(加わった日が確かな人)について、180日以内に"
            "貢献の段に届いた人の割合を、はじめの60日に2種類以上の場で行動した人と1種類の人とで比べた"
            "差。関連であり、原因とは言えません。どちらかが10人に満たないときは出しません。",
            "For members who joined between 545 and 180 days ago, where the day is exact: the "
            "share who reached the stage of contributing within 180 days among those who acted in "
            "two kinds of place or more in their first 60 days, less that among those who acted "
            "in one. An association, not an effect. No value if either group is below 10.",
        ),
        unit=Unit.POINTS,
        window=545,
        step="tally_widened",
        interval=IntervalKind.NEWCOMBE,
        needs=(*JOINING, *THREADS),
        least=10,
        compared=tuple(WIDTHS),
    ),
    Measure(
        key="identity_coverage",
        name=Words("名寄せの範囲", "Acts by people known across sources"),
        definition=Words(
            "直近90日のメンバーの行動のうち、2つ以上のデータ元で名前が分かっている人によるものの"
            "割合。データ元が1つだけなら、すべてとします。場をまたぐ指標は、この割合が低いほど"
            "実際より低く出ます。",
            "Of members' acts in the last 90 days: the share by people whose handles are known in "
            "two or more sources; all of them in a log of one source. The lower it is, the more "
            "the other measures across sources under-count.",
        ),
        unit=Unit.FRACTION,
        window=90,
        step="tally_identity",
        interval=IntervalKind.WILSON,
        direction=Direction.UP,
    ),
)
"""How people move between sources (domain.md 7.9)."""
