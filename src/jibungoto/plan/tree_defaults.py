"""The default edges of the tree of measures and the default outcomes, as data (domain.md 7.10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jibungoto.ledger.words import Words
from jibungoto.plan.owwh import Spaces

HEAD_COUNTS = frozenset(
    {
        "registered", "active", "new", "growth", "entries_total", "reach_total", "rsvps",
        "rsvps_per_event",
    }
)  # fmt: skip
"""Measures that count heads and say nothing of whose."""

ACTIVITY = HEAD_COUNTS | {"events_held", "event_gap", "seat_use", "wait_conv"}
"""Measures that count what was held, what was posted and who was there."""

BEHAVIOUR = frozenset(
    {
        "stage_stock", "stage_share", "starters", "starter_rate", "new_starter_share",
        "staff_start_share", "start_survival90", "start_pull", "failed_starts", "outputs",
        "outputters", "output_rate", "heat",
    }
)  # fmt: skip
"""Measures of what members do of their own accord."""

OUTCOMES: Mapping[Spaces, tuple[str, ...]] = {
    Spaces.SUPPORT: ("unanswered72", "ttfr"),
    Spaces.PRODUCT: ("outputters", "stage_share"),
    Spaces.ACQUISITION: ("first_time_rate", "act30"),
    Spaces.CONTRIBUTION: ("outputs", "outputters"),
    Spaces.ENGAGEMENT: ("ret_k", "ret_event"),
    Spaces.SUCCESS: ("stage_share", "ret_k"),
}
"""What is proposed as an outcome, as far as the catalogue can tell it today."""


@dataclass(frozen=True, slots=True)
class Because:
    """One default edge, by the keys of its measures, and the reason for it."""

    parent: str
    child: str
    reason: Words


_GENERAL: tuple[Because, ...] = (
    Because(
        "starters",
        "outputters",
        Words(
            "自分の言葉で発信した人から、次を始める人が出ます。",
            "Who has spoken in their own words is the likeliest to start something.",
        ),
    ),
    Because(
        "starter_rate",
        "outputters",
        Words(
            "自分の言葉で発信した人から、次を始める人が出ます。",
            "Who has spoken in their own words is the likeliest to start something.",
        ),
    ),
    Because(
        "start_survival90",
        "start_pull",
        Words(
            "人が集まった取り組みほど、続きます。",
            "What people gather around is what lives on.",
        ),
    ),
    Because(
        "stage_share",
        "outputters",
        Words(
            "一度アウトプットした人が、次の段へ上がります。",
            "One output is the step towards the next stage.",
        ),
    ),
    Because(
        "stage_share",
        "ret_k",
        Words(
            "続けて来る人だけが、段を上がれます。",
            "Only those who come again can move up.",
        ),
    ),
    Because(
        "outputs",
        "outputters",
        Words(
            "同じ人が書き続けるより、書く人が増えるほうが長く続きます。",
            "More people who write last longer than more from the same few.",
        ),
    ),
    Because(
        "outputters",
        "ret_event",
        Words(
            "二度目に来た人が、話す側に回ります。",
            "Those who come a second time are those who end up speaking.",
        ),
    ),
    Because(
        "outputters",
        "act30",
        Words(
            "最初の30日で人と出会えた人が、のちに発信します。",
            "Who has met somebody in the first 30 days speaks up later.",
        ),
    ),
    Because(
        "output_rate",
        "stay_share",
        Words(
            "最後まで見た人が、感想や記事を書きます。",
            "Who stays to the end is who writes about it.",
        ),
    ),
    Because(
        "heat",
        "output_rate",
        Words(
            "参加した人のうち書く人が増えると、熱量が上がります。",
            "Heat rises with the share of those present who write.",
        ),
    ),
    Because(
        "ret_k",
        "act30",
        Words(
            "最初の30日で動いて人と出会えたかが、続くかどうかを分けます。",
            "Whether people act and meet within 30 days decides whether they stay.",
        ),
    ),
    Because(
        "act30",
        "act7",
        Words(
            "最初の7日の一歩が、30日の出会いになります。",
            "The first week leads to the first 30 days.",
        ),
    ),
    Because(
        "act7",
        "welcome48",
        Words(
            "早く返事をもらえた人は、もう一度動きます。",
            "Who is answered soon acts a second time.",
        ),
    ),
    Because(
        "act30",
        "intro_rate",
        Words(
            "自己紹介をした人には、声がかかります。", "Who has introduced themselves is spoken to."
        ),
    ),
    Because(
        "ret_event",
        "stay_share",
        Words(
            "よい回だったかは、最後までいたかに表れます。",
            "A good edition is one people stayed for.",
        ),
    ),
    Because(
        "stay_share",
        "show",
        Words("来なければ、見ることもできません。", "Nobody stays who did not come."),
    ),
    Because(
        "show",
        "entries_total",
        Words("申し込みが、参加のはじまりです。", "Coming begins with registering."),
    ),
    Because(
        "first_time_rate",
        "entries_total",
        Words(
            "初めての人は、申し込みの中から来ます。",
            "First-timers come from among those who register.",
        ),
    ),
    Because(
        "act30",
        "new",
        Words("新しく来た人が、母数です。", "Those who are new are whom this is a share of."),
    ),
    Because(
        "outputters",
        "reach_total",
        Words(
            "参加した人が、書くかもしれない人です。", "Those who attended are those who may write."
        ),
    ),
)
_SUPPORT: tuple[Because, ...] = (
    Because(
        "unanswered72",
        "ttfr",
        Words(
            "最初の返信が早いほど、放置される質問は減ります。",
            "The sooner the first reply, the fewer questions are left.",
        ),
    ),
    Because(
        "unanswered72",
        "staff_share",
        Words(
            "スタッフだけが答えていると、増えた質問に追いつけません。",
            "If only staff answer, more questions than staff can take are left.",
        ),
    ),
    Because(
        "staff_share",
        "stage_share",
        Words(
            "答える側に回るメンバーが増えると、スタッフへの偏りが減ります。",
            "The more members come to help, the less depends on staff.",
        ),
    ),
    Because(
        "ttfr",
        "stickiness",
        Words(
            "よく来る人が多いほど、誰かが早く気づきます。",
            "The more come often, the sooner somebody sees it.",
        ),
    ),
    Because(
        "stickiness",
        "active",
        Words("活動している人が、母数です。", "Those who are active are whom this is a share of."),
    ),
)
_ACQUISITION: tuple[Because, ...] = (
    Because(
        "first_time_rate",
        "entry_mix",
        Words(
            "入口が偏ると、同じ層しか来ません。",
            "With one way in, only one kind of people comes.",
        ),
    ),
)
_ENGAGEMENT: tuple[Because, ...] = (
    Because(
        "ret_k",
        "ret_event",
        Words(
            "もう一度来た経験が、続ける理由になります。",
            "Having come again is a reason to stay.",
        ),
    ),
    Because(
        "ret_k",
        "stickiness",
        Words("ふだんから来る人は、離れにくくなります。", "Who comes often is slow to leave."),
    ),
)
DEFAULTS: Mapping[Spaces | None, tuple[Because, ...]] = {
    None: _GENERAL,
    Spaces.SUPPORT: (*_SUPPORT, *_GENERAL),
    Spaces.PRODUCT: _GENERAL,
    Spaces.ACQUISITION: (*_ACQUISITION, *_GENERAL),
    Spaces.CONTRIBUTION: _GENERAL,
    Spaces.ENGAGEMENT: (*_ENGAGEMENT, *_GENERAL),
    Spaces.SUCCESS: (*_ENGAGEMENT, *_GENERAL),
}
"""The edges by what a community is for; a plan takes those below its victory conditions."""
