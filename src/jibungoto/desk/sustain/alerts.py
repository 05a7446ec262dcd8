"""The alerts of a community: evaluated, acknowledged, put off, and told to Today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from jibungoto.desk.acting import Acting, administrator, must_write, note
from jibungoto.desk.days import today_in
from jibungoto.desk.sustain.facts import facts_of
from jibungoto.desk.sustain.isolation import sees_isolation
from jibungoto.desk.understand.today import Decision
from jibungoto.ledger.problems import UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import AlertRow, CommunityRow
from jibungoto.sustain.alerts import Alert, AlertState, moved_on, shown
from jibungoto.sustain.facts import Facts
from jibungoto.sustain.rules import BY_KEY, RULES
from jibungoto.sustain.rules.rule import Rule, Severity, Verdict


@dataclass(frozen=True, slots=True)
class Standing:
    """One rule as it stands today: its verdict, and the alert that came of it (None: none)."""

    rule: Rule
    verdict: Verdict
    alert: Alert | None


def standings(acting: Acting, *, facts: Facts | None = None) -> list[Standing]:
    """Return every rule that may be shown to whoever acts, as it stands today.

    What nobody looked at since it changed is worked out here: a page is never behind.
    """
    today = today_in(acting)
    told = facts or facts_of(acting)
    kept = {row.rule: _alert(row) for row in AlertRow.objects.filter(community=acting.community)}
    may_see = sees_isolation(acting)
    found = []
    for rule in RULES:
        if rule.is_private and not may_see:
            continue
        verdict = rule.ask(told, today)
        alert = moved_on(kept.get(rule.key), verdict, rule=rule.key, today=today)
        found.append(Standing(rule, verdict, alert))
    return found


def open_alerts(found: Iterable[Standing]) -> list[Standing]:
    """Return those whose alert is open, five at most, the most severe and oldest first."""
    firing = {one.rule.key: one for one in found if one.alert and one.verdict.fires}
    alerts = [one.alert for one in firing.values() if one.alert]
    return [firing[alert.rule] for alert in shown(alerts)]


def decisions(acting: Acting) -> list[Decision]:
    """Return what Today says of this room: the open alerts, and the page where each is met.

    That there is no plan is not held against a community that has not begun with any of this.
    """
    facts = facts_of(acting)
    has_begun = bool(facts.team.members or facts.plans)
    return [
        Decision(one.verdict.sentence, one.rule.page)
        for one in open_alerts(standings(acting, facts=facts))
        if has_begun or one.rule.key != "P-3"
    ]


def evaluate(acting: Acting) -> None:
    """Keep how every rule stands today; it belongs to every change and to every night.

    Doing it twice on a day changes nothing.
    """
    must_write(acting)
    today = today_in(acting)
    facts = facts_of(acting)
    kept = {row.rule: row for row in AlertRow.objects.filter(community=acting.community)}
    changed = []
    for rule in RULES:
        row = kept.get(rule.key)
        before = _alert(row) if row else None
        after = moved_on(before, rule.ask(facts, today), rule=rule.key, today=today)
        if after is not None and after != before:
            changed.append((after, row))
    if changed:
        with transaction.atomic():
            for after, row in changed:
                _keep(acting, after, row=row)


def evaluate_all() -> None:
    """Keep how the rules stand in every community; the worker asks for it."""
    for community in CommunityRow.objects.order_by("pk"):
        evaluate(administrator(community))


def acknowledge(acting: Acting, rule: str) -> None:
    """Note that an alert was seen; it stays quiet unless it gets worse or rests on new rows."""
    _say(acting, rule, verb="acknowledge alert")


def snooze(acting: Acting, rule: str, *, days: int) -> None:
    """Put an alert off, for 60 days at most."""
    _say(acting, rule, verb="snooze alert", days=days)


def _say(acting: Acting, rule: str, *, verb: str, days: int | None = None) -> None:
    must_write(acting)
    if rule not in BY_KEY or (BY_KEY[rule].is_private and not sees_isolation(acting)):
        raise _no_alert()
    today = today_in(acting)
    with transaction.atomic():
        evaluate(acting)
        row = AlertRow.objects.filter(community=acting.community, rule=rule).first()
        if row is None or row.state == AlertState.RESOLVED:
            raise _no_alert()
        before = _alert(row)
        after = before.acknowledged() if days is None else before.snoozed(today, days=days)
        if after != before:
            _keep(acting, after, row=row)
            note(acting, verb, about=rule)


def _no_alert() -> UnknownName:
    return UnknownName(
        Words("その注意は、いま出ていません。", "There is no such alert now."),
        Words("チームのページで確認してください。", "Look at the page of the team."),
    )


def _alert(row: AlertRow) -> Alert:
    return Alert(
        rule=row.rule,
        state=AlertState(row.state),
        severity=Severity(row.severity),
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        evidence=frozenset(row.evidence),
        snoozed_until=row.snoozed_until,
    )


def _keep(acting: Acting, alert: Alert, *, row: AlertRow | None) -> None:
    kept = row or AlertRow(community=acting.community, rule=alert.rule)
    kept.state = alert.state.value
    kept.severity = alert.severity.value
    kept.first_seen = alert.first_seen
    kept.last_seen = alert.last_seen
    kept.evidence = sorted(alert.evidence)
    kept.snoozed_until = alert.snoozed_until
    kept.by_id = acting.user_id
    kept.save()
