"""Every wording a draft writes its sentences with: what is issued can be written again from them.

A wording that is changed leaves its former text in ``FORMER``, so that what was issued still
verifies; a test holds every one there ever was.
"""

from __future__ import annotations

from jibungoto.explain.claims import Claim
from jibungoto.explain.trends import Way
from jibungoto.ledger.words import Words

NOW = Words("{name}は{now}です。", "{name}: {now}.")
SINCE_CLEAR = Words(
    "{name}は{now}で、{day}時点の{before}との差は誤差の幅を超えています。",
    "{name}: {now}, which differs from {before} on {day} by more than the margin of error.",
)
SINCE_STEADY = Words(
    "{name}は{now}で、{day}時点の{before}との差は誤差の幅の内です。",
    "{name}: {now}, within the margin of error of {before} on {day}.",
)
BECAME = Words(
    "{name}は{day}時点の{before}から{now}になりました。",
    "{name} went from {before} on {day} to {now}.",
)
UNKNOWN = Words(
    "{name}は、今回のデータからは分かりません。", "{name} cannot be told from this data."
)
CHANGED = {
    Way.UP: Words(
        "{name}が、{day}時点の{before}から{now}に上がり、差は誤差の幅を超えています。",
        "{name} rose from {before} on {day} to {now}, by more than the margin of error.",
    ),
    Way.DOWN: Words(
        "{name}が、{day}時点の{before}から{now}に下がり、差は誤差の幅を超えています。",
        "{name} fell from {before} on {day} to {now}, by more than the margin of error.",
    ),
}
NO_CHANGE = Words(
    "過去の自分たちと比べられる指標のうち、誤差の幅を超えて変わったものはありません。",
    "No measure that can be compared differs from its own past by more than the margin of error.",
)
NO_PAST = Words(
    "比べられる過去の期間が、まだデータにありません。",
    "The data holds no earlier period to compare with yet.",
)
NOTHING_WORSE = Words(
    "比べた指標に、悪い方向への変化や意外な値は見つかっていません。",
    "No change for the worse and no surprise was found among the measures compared.",
)
HIGHEST = Words(
    "{name}は{now}で、過去{n}か月の月末のどの値よりも高いです。",
    "{name}: {now}, higher than at any of the last {n} month ends.",
)
LOWEST = Words(
    "{name}は{now}で、過去{n}か月の月末のどの値よりも低いです。",
    "{name}: {now}, lower than at any of the last {n} month ends.",
)
LOST = Words(
    "{name}は{day}時点では{before}でしたが、今回は分かりません。",
    "{name} was {before} on {day} and cannot be told now.",
)
NOTHING_KNOWN = Words(
    "まだデータがなく、報告できる数字もありません。",
    "There is no data yet, and no number to report.",
)
FIRST_POSTS = Words(
    "返事のない初めての投稿が{n}あり、声をかける担当を決めます。",
    "First posts without an answer: {n}; we decide who gets in touch.",
)
GONE_QUIET = Words(
    "ふだんより長く姿の見えない担い手が{n}おり、様子をたずねる担当を決めます。",
    "Contributors silent for longer than is usual for them: {n}; we decide who asks how they are.",
)
OLD_SOURCE = Words(
    "{name}のデータは{day}で終わっており、新しい書き出しを用意します。",
    "The {name} data ends on {day}; we export it again.",
)
WORSENED = Words(
    "{name}は{day}時点の{before}から{now}になり、手当ての担当を決めます。",
    "{name} went from {before} on {day} to {now}; we decide who takes care of it.",
)
NO_RISK = Words(
    "今回、記録から新しいリスクは見つかっていません。",
    "The records show no new risk this time.",
)
ASK = Words("{who}に、{day}までに{action}をお願いします。", "{who}: please {action} by {day}.")
STANDING = Words(
    "{plans}勝利条件{all}件のうち、順調は{good}件、注意は{risk}件、未達の見込みは{off}件です。",
    "Victory conditions{plans}: {all}; {good} on track, {risk} at risk, {off} off.",
)
OF_PLANS = Words("計画{n}つの", " of {n} plans")
OF_PLAN = Words("計画「{plan}」の", " (plan “{plan}”)")
ONE_PLAN = Words("", "")
"""How a sentence on conditions names their plans, where there are several."""
CONDITION = Words(
    "{plan}勝利条件「{name}」は、目標{target}に対していま{now}です。",
    "Victory condition “{name}”{plan}: {now} now, with {target} as its target.",
)
CONDITION_UNKNOWN = Words(
    "{plan}勝利条件「{name}」は、いまの値が分かりません。",
    "Victory condition “{name}”{plan} has no value now.",
)
MOVES = Words(
    "直近28日に自分ゴト化の段が上がったメンバーは{up}、下がったメンバーは{down}です。",
    "On the ownership ladder {up} members moved up and {down} moved down in the last 28 days.",
)
TEAM_COUNTED = Words(
    "5つの能力のうち、担い手のいるものは{held}件、控えのいるものは{backed}件です。",
    "Of the {all} abilities, {held} are covered and {backed} have a backup.",
)
LEFT_BEHIND = Words(
    "やめた場合に場を失う人は、直近28日に活動したメンバーだけで{now}です。",
    "Stopping takes the place of {now} members who were active in the last 28 days.",
)
STARTS_END = Words(
    "やめた場合、直近90日に起点となった{now}は、始めた場を支える先をほかに探すことになります。",
    "Stopping leaves {now} people who started something to find support elsewhere.",
)
CAME = Words(
    "直近1年に加わった{n}人のうち、{days}日以内に「{stage}」に届いた人は{share}です。",
    "Of the {n} people who joined in the last year, {share} reached “{stage}” within {days} days.",
)
STAY = Words(
    "いちばん多くの人がとどまる段は「{stage}」で、{days}日以内に次の段へ進んだ人は{share}です。",
    "Most people stay at “{stage}”: {share} went on within {days} days.",
)
LONG = Words(
    "次の段まで、いちばん時間のかかる段は「{stage}」です({half})。",
    "The step up from “{stage}” takes longest ({half}).",
)
CONDITION_LOST = Words(
    "{plan}勝利条件「{name}」は未達で、目標{target}に対していま{now}です。",
    "Victory condition “{name}”{plan} is lost: {now} now, with {target} as its target.",
)
CONDITION_OFF = Words(
    "{plan}勝利条件「{name}」は未達の見込みで、目標{target}に対していま{now}です。",
    "Victory condition “{name}”{plan} is off: {now} now, with {target} as its target.",
)
CONDITION_AT_RISK = Words(
    "{plan}勝利条件「{name}」は注意の状態で、目標{target}に対していま{now}です。",
    "Victory condition “{name}”{plan} is at risk: {now} now, with {target} as its target.",
)
SAID_WEEK = Words(
    "前の週は{name}({day}時点)を{said}と書きましたが、正しくは{now}でした。",
    "Last week we said {name} on {day} was {said}; it was {now}.",
)
SAID_MONTH = Words(
    "先月は{name}({day}時点)を{said}と書きましたが、正しくは{now}でした。",
    "Last month we said {name} on {day} was {said}; it was {now}.",
)
SAID_QUARTER = Words(
    "前の四半期は{name}({day}時点)を{said}と書きましたが、正しくは{now}でした。",
    "Last quarter we said {name} on {day} was {said}; it was {now}.",
)
SAID_YEAR = Words(
    "前の年は{name}({day}時点)を{said}と書きましたが、正しくは{now}でした。",
    "Last year we said {name} on {day} was {said}; it was {now}.",
)

FORMER: frozenset[Words] = frozenset()
ASKS: frozenset[Words] = frozenset({ASK})
"""Wordings that ask for something: an ask says nothing of the world, so it has no grade."""
"""Wordings of earlier versions, as they stood."""
WORDINGS: frozenset[Words] = FORMER | frozenset(
    (
        *CHANGED.values(),
        NOW,
        SINCE_CLEAR,
        SINCE_STEADY,
        BECAME,
        UNKNOWN,
        NO_CHANGE,
        NO_PAST,
        NOTHING_WORSE,
        HIGHEST,
        LOWEST,
        LOST,
        NOTHING_KNOWN,
        FIRST_POSTS,
        GONE_QUIET,
        OLD_SOURCE,
        WORSENED,
        NO_RISK,
        ASK,
        STANDING,
        CONDITION,
        CONDITION_UNKNOWN,
        MOVES,
        TEAM_COUNTED,
        LEFT_BEHIND,
        STARTS_END,
        CAME,
        STAY,
        LONG,
        CONDITION_LOST,
        CONDITION_OFF,
        CONDITION_AT_RISK,
        SAID_WEEK,
        SAID_MONTH,
        SAID_QUARTER,
        SAID_YEAR,
    )
)


def is_ask(claim: Claim) -> bool:
    """Say whether a sentence asks for something, and so has no grade to show."""
    return claim.drafted is not None and claim.drafted.wording in ASKS


WAYS: dict[Words, frozenset[Way]] = {
    CHANGED[Way.UP]: frozenset({Way.UP}),
    CHANGED[Way.DOWN]: frozenset({Way.DOWN}),
    SINCE_CLEAR: frozenset({Way.UP, Way.DOWN}),
    SINCE_STEADY: frozenset({Way.STEADY}),
}
"""Which way its two values must have gone for a wording to be true."""
