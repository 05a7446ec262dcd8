"""The sentences that say why a value is missing, or how far it can be relied on."""

from __future__ import annotations

from jibungoto.ledger.words import Words

CANNOT_TELL: dict[str, Words] = {
    "joins": Words("加わった日の記録がありません。", "No export tells when people joined."),
    "replies": Words(
        "返信のつながりの記録がありません。", "No export links replies to what they answer."
    ),
    "threads": Words("スレッドの記録がありません。", "No export tells threads."),
    "mentions": Words("メンションの記録がありません。", "No export tells mentions."),
    "reactions": Words("リアクションの記録がありません。", "No export tells who reacted."),
    "creators": Words("誰が始めたかの記録がありません。", "No export says who started what."),
}
NO_LOG = Words("まだデータがありません。", "There is nothing in the log yet.")
NOT_YET = Words("この日より前の記録がありません。", "The log begins later than this day.")
ENDED = Words(
    "この期間の記録がありません。データは{until}で終わっています。",
    "The log holds nothing of this window; it ends on {until}.",
)
NO_INTRO = Words(
    "自己紹介の場に指定されたチャンネルがありません。",
    "No place is marked as one for introductions.",
)
NO_STAFF = Words("スタッフがまだ指定されていません。", "Nobody has been marked as staff yet.")
NO_QUARTER = Words(
    "データは{since}からで、すべてがそろった四半期がまだありません。",
    "The log begins on {since}; no quarter has passed since then.",
)
NO_CHAT = Words("チャットのデータがありません。", "There is no chat in the log.")
NO_EVENTS = Words("イベントのデータがありません。", "There is nothing about events in the log.")
ONLY_EVENTS = Words(
    "イベントの記録だけがあり、人の行動の記録がありません。",
    "The log tells of events only, and of nothing that anybody did.",
)
NO_ORGANISATIONS = Words(
    "誰がどの組織に属しているか、まだ分かっていません。",
    "It is not known of anybody yet to which organisation they belong.",
)
TOO_FEW_EITHER = Words(
    "比べる組のどちらかが{least}人に満たない({n}人)ため、値を出しません。",
    "No value: one of the two groups has fewer than {least} people ({n}).",
)
TOO_FEW = Words(
    "{least}人に満たない({n}人)ため、値を出しません。",
    "No value: fewer than {least} people ({n}).",
)
NOBODY = Words("期間内に対象がありません。", "There is nobody to count in this window.")
NOT_REACHED = Words(
    "まだ十分な数の質問に答えがなく、時間を言えません。",
    "Too few questions have been answered so far for this time to exist.",
)
SOME_CANNOT = Words(
    "次のデータからは分からないため、含まれていません: {sources}",
    "Not included, as it cannot be told from: {sources}",
)
AT_LEAST = Words(
    "「少なくともこの値」です。返信のつながりなど、必要な記録の一部が次のデータからは"
    "分かりません: {sources}",
    "At least this much: some of what counts, such as replies, cannot be told from: {sources}",
)
SOME_MISSING = Words(
    "数えるもの(返信や、始めた人など)の一部が、次のデータからは分かりません: {sources}",
    "Some of what counts, such as replies or who started something, cannot be told from: {sources}",
)
SHORT = Words(
    "データは{since}からで、期間の一部しかありません。",
    "The log begins on {since}, so it covers only part of the window.",
)
OLD = Words("次のデータは古くなっています: {sources}", "These exports end earlier: {sources}")
SMALL = Words("少数({n}件)です。", "Small n: {n}.")
_EVENTS_UNMARKED = Words(
    "含まれていないイベントが{n}件あります。出席の記録がありません。",
    "Not included: {n} events of which nobody's attendance is recorded.",
)
_ENTRIES_UNMARKED = Words(
    "含まれていない申し込みが{n}件あります。同じ参加方法の出席の記録がないか、"
    "出席した人が申し込んだ人と同じ人かどうか、まだ確かめられていません。",
    "Not included: {n} registrations for events of which no attendance in that way is recorded, "
    "or of which those who came are not yet known to be those who registered.",
)
_SOME_NOT_HELD = Words(
    "ほかに{n}件は、返信があったことだけが記録にあり、返信そのものがデータにないため含めていません。",
    "Not included: {n} more, of which the source says that they were answered, though the "
    "answers are not in the data.",
)
_ANSWERS_NOT_HELD = Words(
    "どれも返信があったことだけが記録にあり、返信そのものがデータにありません。"
    "期間を広げて書き出すと、返信も入ります。",
    "The source says that all of these were answered, but the answers are not in the data. An "
    "export of a longer time holds them.",
)
_SOME_SWITCH_UNMATCHED = Words(
    "含まれていない会場の申し込みが{n}件あります。オンラインで参加した人が申し込んだ人だと、"
    "まだ確かめられていないイベントの分です。",
    "Not included: {n} registrations for the venue, at events of which those who came online are "
    "not yet known to be those who registered.",
)
DOUBTFUL: dict[str, Words] = {
    "switch": _SOME_SWITCH_UNMATCHED,
    **dict.fromkeys(("unanswered72", "welcome48"), _SOME_NOT_HELD),
    "new": Words(
        "ほかに{n}人は、加わった日が確かではありません。",
        "For {n} more people the day of joining is not exact.",
    ),
    "new_starter_share": Words(
        "うち{n}人は、データより前にも起点があったかもしれません。",
        "For {n} people an earlier start may lie before the log begins.",
    ),
    "registered": Words(
        "記録のない{n}人は、いつからいるか分からないため含まれていません。",
        "Not included: {n} people without any record, who cannot be dated.",
    ),
    "stage_stock.S0": Words(
        "記録のない{n}人は、いつからいるか分からないため含まれていません。",
        "Not included: {n} people without any record, who cannot be dated.",
    ),
    "entries_total": Words(
        "含まれていないイベントが{n}件あります。申し込みの記録がありません。",
        "Not included: {n} events of which no registration is recorded.",
    ),
    **dict.fromkeys(("show", "no_show", "wait_conv"), _ENTRIES_UNMARKED),
    **dict.fromkeys(("reach_total", "first_time_rate", "output_rate", "heat"), _EVENTS_UNMARKED),
    "yoko_after": _EVENTS_UNMARKED,
    "rsvps": Words(
        "含まれていないイベントが{n}件あります。申し込みの人数の報告がありません。",
        "Not included: {n} events of which no source says how many registered.",
    ),
    "ef50": Words(
        "うち{n}人は属する組織が分からないため、一人ずつ別の組織と数えています。",
        "Of {n} people the organisation is not known; each counts as one of their own.",
    ),
    "": Words(
        "{n}人は、少なくともこの段にいるとしか言えません。",
        "Of {n} people it is only known that they stand here or higher.",
    ),
}
_NOBODY_MARKED = Words(
    "出席の記録があるイベントがありません。",
    "No export tells who came to these events.",
)
_NOT_MATCHED = Words(
    "その参加方法で参加した人の5分の4以上が申し込んだ人だとは、まだ分かっていません。"
    "「一人のいくつもの名前」のページで答えると分かります。",
    "It is not yet known of four fifths of those who came in that way that they had registered. "
    "Answer on the page “One person, many names”.",
)
_NOBODY_SEEN = Words(
    "申し込みのあるイベントに、その参加方法で参加した人の記録がありません。出席を付けた参加者リストか、"
    "Zoom などのレポートから分かります。",
    "Of the events with registrations, nobody is recorded as having come in that way. Lists with "
    "attendance marked, and reports of Zoom and the like, tell who came.",
)
UNSEEN: dict[str, Words] = dict.fromkeys(("show", "no_show"), _NOBODY_SEEN)
"""Why a measure has no value where nobody at all is known to have come."""
_SWITCH_UNMATCHED = Words(
    "オンラインで参加した人の5分の4以上が申し込んだ人だとは、まだ分かっていません。"
    "「一人のいくつもの名前」のページで答えると分かります。",
    "It is not yet known of four fifths of those who came online that they had registered. Answer "
    "on the page “One person, many names”.",
)
_NOT_TIMED = Words(
    "期間内のイベントに、オンラインの視聴時間の記録がありません。",
    "No export tells how long anybody was online at these events.",
)
_NOTHING_MADE = Words(
    "記事・スライド・動画の記録が、まだ一つもありません。",
    "No export has told of an article, slides or a video so far.",
)
_NOTHING_TO_COMPARE = Words(
    "出席の記録か、記事・スライド・動画の記録がありません。",
    "No export tells who came, or none has told of an article, slides or a video so far.",
)
_NO_TAGS = Words(
    "イベントのタグ(ハッシュタグ)の記録がないか、タグの付いたものの記録がありません。"
    "connpass のイベントの API と、ブログのカテゴリーや GitHub のラベルから分かります。",
    "No export tells an event's tag, or none tells of a work that bears one. connpass's API tells "
    "the tags of events; categories of blogs and labels of GitHub those of works.",
)
_NO_TAGGED_POSTS = Words(
    "イベントのタグ(ハッシュタグ)の記録がないか、タグの付いた話題の記録がありません。"
    "話題のタグは Discourse から分かります。",
    "No export tells an event's tag, or none tells of a topic that bears one. Discourse tells the "
    "tags of topics.",
)
_NO_FEED = Words(
    "ブログなどのフィードの記録が、まだ一つもありません。",
    "No feed of a blog, of slides or of videos has come in so far.",
)
UNTOLD: dict[str, Words] = {
    **dict.fromkeys(("unanswered72", "welcome48"), _ANSWERS_NOT_HELD),
    "entries_total": Words(
        "申し込みの記録があるイベントがありません。",
        "No export tells who registered for these events.",
    ),
    **dict.fromkeys(("reach_total", "first_time_rate"), _NOBODY_MARKED),
    **dict.fromkeys(("show", "no_show"), _NOT_MATCHED),
    "switch": _SWITCH_UNMATCHED,
    **dict.fromkeys(("stay", "stay_share"), _NOT_TIMED),
    **dict.fromkeys(("outputs", "outputters"), _NOTHING_MADE),
    **dict.fromkeys(("output_rate", "heat"), _NOTHING_TO_COMPARE),
    **dict.fromkeys(("outputs.tagged", "heat.tagged"), _NO_TAGS),
    **dict.fromkeys(("outputs.posts", "heat.posts"), _NO_TAGGED_POSTS),
    **dict.fromkeys(("outputs.feed", "heat.feed"), _NO_FEED),
    "seat_use": Words(
        "定員と、来場した人の記録の両方がある、会場だけのイベントがありません。"
        "会場とオンラインを合わせた定員しか分からないイベントは数えません。",
        "No event held at a venue alone of which it is told both how many seats there were and who "
        "came. Where only the seats of venue and stream together are known, nothing is said.",
    ),
    "wait_conv": Words(
        "キャンセル待ちから繰り上がったと分かる人がいません。同じイベントの名簿を、受付中と"
        "イベントのあとの2回取り込むと分かります。",
        "Of nobody it is known that they got their seat from a waiting list. Two lists of the same "
        "event tell: one from while people register, one from afterwards.",
    ),
    **dict.fromkeys(
        ("multi_share", "transition", "bridge_gap", "bridge_rate"),
        Words(
            "行動の記録が1種類の場所にしかありません。",
            "All acts of the log are in one kind of place.",
        ),
    ),
    "yoko_after": _NOBODY_MARKED,
    "event_gap": Words(
        "この1年に、同じシリーズの2回目以降にあたるイベントがありません。",
        "No event of the last year followed another of its series.",
    ),
    **dict.fromkeys(
        ("rsvps", "rsvps_per_event"),
        Words(
            "申し込みの人数を報告するデータがありません。",
            "No export says how many registered for these events.",
        ),
    ),
    **dict.fromkeys(
        ("speaker_breadth", "first_time_speaker_share"),
        Words(
            "登壇の記録が、まだ一つもありません。",
            "No export has told of a talk so far.",
        ),
    ),
}
"""Why a measure has no value where nothing was counted and something could not be."""
