"""The measures across sources: where people came in, where else they act, whom we know twice."""

from __future__ import annotations

from jibungoto.ledger.words import Words
from jibungoto.understand.measure import JOINING, Direction, IntervalKind, Measure, Unit

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
