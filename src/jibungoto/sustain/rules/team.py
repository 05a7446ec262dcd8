"""Alert rules on the team alone: the layer pitfall, no successor, a single key."""

from __future__ import annotations

from datetime import date

from jibungoto.ledger.words import Words, day_words
from jibungoto.sustain.cover import AbilityCover, covers_of, deputies
from jibungoto.sustain.facts import Account, Facts, Trace
from jibungoto.sustain.rules.rule import (
    Rule,
    Severity,
    Verdict,
    fires,
    listed,
    quiet,
    unknown,
)

PITFALL_DAYS = 30
"""For how long an ability has to stand uncovered before that is an alert."""

NO_TEAM = Words("チームがまだ記入されていません。", "The team has not been written down yet.")


def pitfall(facts: Facts, today: date) -> Verdict:
    """P-1: a is held (until somebody assesses it), and b or c stands uncovered for 30 days.

    Urgent where one of b and one of c are both uncovered.
    """
    if not facts.team.there(today):
        return unknown(NO_TEAM)
    lacking = [
        one
        for one in covers_of(facts.team, today)
        if one.ability.group != "a" and not one.is_covered
    ]
    if not lacking:
        return quiet(
            Words(
                "b と c の能力は、4つともカバーされています。", "All four of b and c are covered."
            )
        )
    long = [one for one in lacking if _days_open(one, today) >= PITFALL_DAYS]
    names = listed([one.ability.name for one in long or lacking])
    if not long:
        days = PITFALL_DAYS - max(_days_open(one, today) for one in lacking)
        return quiet(
            Words(
                f"カバーされていない能力があります({names.ja})。あと{days}日で注意になります。",
                f"Not covered: {names.en}. Days until this is an alert: {days}.",
            )
        )
    groups = {one.ability.group for one in long}
    return fires(
        Words(
            f"寄り添いは足りていても、{names.ja}が{PITFALL_DAYS}日以上カバーされていません。",
            f"Warmth is there; {names.en} has stood uncovered for {PITFALL_DAYS} days or more.",
        ),
        Severity.CRITICAL if groups >= {"b", "c"} else Severity.WARN,
        evidence=tuple(_trace(one) for one in long),
    )


def _days_open(cover: AbilityCover, today: date) -> int:
    return (today - cover.open_since).days if cover.open_since else 0


def _trace(cover: AbilityCover) -> Trace:
    since = day_words(cover.open_since) if cover.open_since else Words("", "")
    name, state = cover.ability.name, cover.state.words
    return Trace(
        f"ability:{cover.ability.key}",
        Words(f"{name.ja}: {state.ja}({since.ja}から)", f"{name.en}: {state.en} since {since.en}"),
    )


def no_successor(facts: Facts, today: date) -> Verdict:
    """S-1 on the deputy alone: whether they have run anything together is not asked yet."""
    if not facts.team.there(today):
        return unknown(NO_TEAM)
    named = deputies(facts.team, today)
    if not named:
        return fires(Words("代理が決まっていません。", "No deputy is named."), Severity.WARN)
    who = listed([Words(one.name, one.name) for one in named])
    return quiet(Words(f"代理: {who.ja}", f"Deputy: {who.en}."))


def single_key(facts: Facts, today: date) -> Verdict:
    """S-5: an account that one person alone can open."""
    if not facts.accounts:
        return unknown(Words("アカウントがまだ記入されていません。", "No accounts are listed yet."))
    single = [one for one in facts.accounts if len(set(one.admins)) == 1]
    if single:
        who = listed([Words(one.name, one.name) for one in single])
        return fires(
            Words(f"管理者がひとりだけのもの: {who.ja}", f"Only one person administers: {who.en}."),
            Severity.WARN,
            evidence=tuple(_key(one) for one in single),
        )
    if unsaid := [Words(one.name, one.name) for one in facts.accounts if not one.admins]:
        names = listed(unsaid)
        return unknown(
            Words(f"管理者が不明なもの: {names.ja}", f"Who administers is not known: {names.en}.")
        )
    return quiet(
        Words("どれにも管理者がふたり以上います。", "Each has two administrators or more.")
    )


def _key(account: Account) -> Trace:
    told = f"{account.name}: {account.admins[0]}"
    return Trace(f"account:{account.number}", Words(told, told))


RULES: tuple[Rule, ...] = (
    Rule(
        "P-1",
        Words("落とし穴", "Layer pitfall"),
        Words(
            "30日以内に、いちばん足りない能力のバックアップを決める。",
            "Within 30 days, agree on a backup for the ability that lacks most.",
        ),
        "team",
        pitfall,
    ),
    Rule(
        "S-1",
        Words("後継者なし", "No successor"),
        Words(
            "代理をひとり決め、次の2回を一緒に回す。",
            "Name a deputy, and run the next two events together.",
        ),
        "team",
        no_successor,
    ),
    Rule(
        "S-5",
        Words("鍵がひとつ", "Single key"),
        Words("ふたりめの管理者を追加する。", "Add a second administrator."),
        "team",
        single_key,
    ),
)
