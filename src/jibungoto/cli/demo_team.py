"""The demo's team: who covers what with one gap, a single key, and four people who ask."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    from jibungoto.desk.acting import Acting
    from jibungoto.desk.sustain.stakeholders import StakeholderWish

INVENTED = ("青葉 みのり", "小峰 透", "相沢 なお")
"""For as many of the team as the demo's community has no staff for."""


def write_team(acting: Acting) -> None:
    """Write down team, cover, accounts and stakeholders through the desk, unless some are there."""
    from jibungoto.desk.days import today_in
    from jibungoto.desk.sustain.alerts import evaluate
    from jibungoto.desk.sustain.team import members

    if members(acting):
        return
    today = today_in(acting)
    _cover(acting, today)
    _accounts(acting, today)
    _asking(acting, today)
    evaluate(acting)


def _names(acting: Acting) -> list[str]:
    """Return three of the community's staff, completed by invented names."""
    from jibungoto.desk.people.staff import staff_question

    staff = [person.name for person in staff_question(acting).marked]
    return [*staff, *INVENTED[len(staff) :]][: len(INVENTED)]


def _cover(acting: Acting, today: date) -> None:
    """Cover all five abilities; nobody stands in for explaining."""
    from jibungoto.desk.sustain.cover import CoverWish, keep_cover
    from jibungoto.desk.sustain.team import MemberWish, keep_member
    from jibungoto.sustain.team import Function, Part

    since = today - timedelta(days=400)
    manager, deputy, ops = (
        keep_member(acting, MemberWish(name, function, hours, since=since)).pk
        for name, function, hours in zip(
            _names(acting),
            (Function.MANAGER, Function.DEPUTY, Function.OPS),
            (60, 24, 30),
            strict=True,
        )
    )
    used = today - timedelta(days=20)
    keep_cover(
        acting,
        [
            CoverWish("a1", manager, Part.HOLDS, 20, since=since),
            CoverWish("a1", ops, Part.BACKS_UP, 6, last_used=used, since=since),
            CoverWish("b1", manager, Part.HOLDS, 8, since=since),
            CoverWish("b1", deputy, Part.BACKS_UP, 4, last_used=used, since=since),
            CoverWish("b2", ops, Part.HOLDS, 20, since=since),
            CoverWish("b2", deputy, Part.BACKS_UP, 8, last_used=used, since=since),
            CoverWish("c1", manager, Part.HOLDS, 8, since=since),
            CoverWish("c2", manager, Part.HOLDS, 6, since=since),
            CoverWish("c2", deputy, Part.BACKS_UP, 4, last_used=used, since=since),
        ],
    )


def _accounts(acting: Acting, today: date) -> None:
    """List what the community depends on; one thing has a single key."""
    from jibungoto.desk.sustain.accounts import AccountWish, keep_accounts
    from jibungoto.records.models import AccountKind

    manager, deputy, ops = _names(acting)
    keep_accounts(
        acting,
        [
            AccountWish(AccountKind.ACCOUNT, "Slack", (manager, deputy, ops), "yamabiko"),
            AccountWish(AccountKind.ACCOUNT, "connpass", (manager, ops), "yamabiko"),
            AccountWish(
                AccountKind.DOMAIN,
                "yamabiko.example",
                (manager,),
                "情報システム部の台帳",
                renewal=today + timedelta(days=75),
            ),
            AccountWish(AccountKind.MONEY, "年間予算", (manager, deputy), "経費システム"),
        ],
    )


def _asking(acting: Acting, today: date) -> None:
    """Put four people on the map, with talks, one delivery and one decision."""
    from jibungoto.desk.sustain.deliveries import Sent, decide, deliver, mark_replied
    from jibungoto.desk.sustain.stakeholders import ContactWish, keep_stakeholder, note_contact
    from jibungoto.records.models import ContactKind

    boss, finance, support, product = (
        keep_stakeholder(acting, wish).pk for wish in _stakeholders()
    )
    for days, whom, outcome, next_step in (
        (52, boss, "四半期の目的を確認した", "勝利条件を1枚で見せる"),
        (33, support, "返事のない質問の一覧を渡した", "回答当番を一緒に決める"),
        (18, product, "要望の上位3つを話した", ""),
    ):
        note_contact(
            acting,
            ContactWish(
                day=today - timedelta(days=days),
                kind=ContactKind.TALK,
                stakeholder=whom,
                minutes=30,
                outcome=outcome,
                next_step=next_step,
            ),
        )
    sent = today - timedelta(days=40)
    row = deliver(
        acting,
        Sent("demo-monthly", "先月の1枚", finance, sent, activity=("active",), outcome=("power",)),
    )
    mark_replied(acting, row.pk, day=sent + timedelta(days=3))
    decide(
        acting,
        row.pk,
        decision="来期の予算は、やめる場合の案と並べて判断する",
        day=sent + timedelta(days=3),
    )


def _stakeholders() -> list[StakeholderWish]:
    """Return who asks: the boss, finance, support and product."""
    from jibungoto.desk.sustain.stakeholders import StakeholderWish
    from jibungoto.sustain.askers import AskerKind, Interest

    keep_going = Words(
        "担当者が休んでも、コミュニティは回りますか。",
        "Does the community keep going when its manager is away?",
    )
    stop = Words("やめたら、何が失われますか。", "What would be lost if we stopped?")
    unsaid = Words("", "")
    return [
        StakeholderWish(
            name, kind, interest, influence, stance, department, question, kind is AskerKind.BOSS
        )
        for name, department, kind, interest, influence, stance, question in (
            ("三輪 さとる", "マーケティング部", AskerKind.BOSS, Interest.PEOPLE, 2, 2, keep_going),
            ("久世 いずみ", "財務部", AskerKind.CFO, Interest.COST, 3, -1, stop),
            ("長尾 りく", "サポート部", AskerKind.SUPPORT, Interest.COST, 2, 1, unsaid),
            ("園部 まどか", "製品開発部", AskerKind.PRODUCT, Interest.PRODUCT, 1, 1, unsaid),
        )
    ]
