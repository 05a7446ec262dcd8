"""Every story the demo promises holds when it is counted again from the export."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median

import pytest

from jibungoto.demo.rhythm import Rhythm
from jibungoto.demo.truth import Truth
from tests.demo.conftest import LAST_DAY
from tests.demo.reading import Act, Workspace

AS_OF = [LAST_DAY, LAST_DAY + timedelta(days=1)]
"""A last day with a message in its evening may be read as whole or as still under way."""
as_of_either_day = pytest.mark.parametrize("today", AS_OF, ids=["day under way", "day over"])


def acts_of(workspace: Workspace, user: str) -> list[Act]:
    return workspace.by_user[user]


def joined_at(workspace: Workspace, user: str) -> float:
    return min(
        float(one["ts"])
        for name, one in workspace.messages
        if one.get("subtype") == "channel_join" and one["user"] == user and name == "general"
    )


def qualified_on(workspace: Workspace, channel: str) -> date | None:
    """The day of the second other person's act in a channel's first 30 days, joins not counted."""
    (start,) = [act for act in workspace.acts if act.kind == "start" and act.channel == channel]
    others: set[str] = set()
    for act in workspace.acts:
        if act.channel == channel and start.at <= act.at < start.at + 30 * 86_400:
            others |= {act.user} - {start.user}
            if len(others) == 2:
                return act.day
    return None


def helped(workspace: Workspace, user: str, *, since: date, until: date) -> set[tuple[str, str]]:
    """Threads of others somebody answered in, each with its opener."""
    return {
        (act.root, act.opener)
        for act in acts_of(workspace, user)
        if act.kind == "reply" and act.opener != user and since <= act.day < until
    }


def test_the_founder_started_much_and_left_after_month_fifteen(
    workspace: Workspace, facts: Truth
) -> None:
    assert len(facts.founder_channels) == 4
    assert all(qualified_on(workspace, one) for one in facts.founder_channels)
    assert facts.founder.user not in {one.user for one in facts.staff}
    left = [
        float(one["ts"])
        for _, one in workspace.messages
        if one.get("subtype") == "channel_leave" and one["user"] == facts.founder.user
    ]
    assert len(left) >= 5
    last = acts_of(workspace, facts.founder.user)[-1]
    assert last.at < min(left)
    rhythm = Rhythm.until(LAST_DAY)
    assert rhythm.month(15) <= last.day <= rhythm.month(15.5)
    assert not any(facts.founder.user in one["members"] for one in workspace.channels)


def test_a_quiet_member_became_an_owner_step_by_step(workspace: Workspace, facts: Truth) -> None:
    acts = acts_of(workspace, facts.owner.user)
    first = {kind: next(act.day for act in acts if act.kind == kind) for kind in (
        "reaction", "message", "reply", "start")}  # fmt: skip
    answered = next(act.day for act in acts if act.kind == "reply" and act.opener != act.user)
    assert first["reaction"] < first["message"] < answered < first["start"]
    assert (acts[-1].day - first["reaction"]).days > 18 * 30
    assert {act.kind for act in acts if act.day < Rhythm.until(LAST_DAY).month(6)} == {"reaction"}


@as_of_either_day
def test_the_owner_stands_at_the_top_of_the_ladder(
    workspace: Workspace, facts: Truth, today: date
) -> None:
    days = [qualified_on(workspace, one) for one in facts.owner_channels]
    assert len([day for day in days if day and today - timedelta(days=365) <= day < today]) == 2
    since = today - timedelta(days=180)
    helps = helped(workspace, facts.owner.user, since=since, until=today)
    staff = {one.user for one in facts.staff}
    assert len({opener for _, opener in helps} - staff) >= 3


@as_of_either_day
def test_one_member_made_a_first_start_in_the_last_fortnight(
    workspace: Workspace, facts: Truth, today: date
) -> None:
    recent = [
        act
        for act in workspace.acts
        if act.kind == "start" and today - timedelta(days=14) <= act.day < today
    ]
    assert [(act.user, act.channel) for act in recent] == [
        (facts.first_starter.user, facts.first_start_channel)
    ]
    starts = [act for act in acts_of(workspace, facts.first_starter.user) if act.kind == "start"]
    assert len(starts) == 1
    qualified = qualified_on(workspace, facts.first_start_channel)
    assert qualified is not None
    assert qualified < LAST_DAY


def answers_to(workspace: Workspace, post: Act) -> list[Act]:
    """What anybody else did under a post: replies and reactions."""
    return [
        act
        for act in workspace.acts
        if act.user != post.user and post.ts in (act.root, act.ts if act.kind == "reaction" else "")
    ]


def written_after(workspace: Workspace, post: Act) -> list[Act]:
    """What others wrote in the same place afterwards."""
    return [
        act
        for act in workspace.acts
        if act.channel == post.channel
        and act.kind in ("message", "reply")
        and act.at > post.at
        and act.user != post.user
    ]


def unseen_first_posts(workspace: Workspace, today: date) -> dict[str, Act]:
    """First posts of 24 hours to 14 days ago with no reply, no reaction and no mention."""
    end = (today - date(1970, 1, 1)).total_seconds() - 9 * 3600
    mentioned = " ".join(one["text"] for _, one in workspace.messages if one.get("client_msg_id"))
    firsts: dict[str, Act] = {}
    for act in workspace.acts:
        if act.kind in ("message", "reply"):
            firsts.setdefault(act.user, act)
    return {
        user: act
        for user, act in firsts.items()
        if 86_400 <= end - act.at <= 14 * 86_400
        and not answers_to(workspace, act)
        and f"<@{user}>" not in mentioned
    }


@as_of_either_day
def test_two_first_posts_wait_for_an_answer_and_one_has_no_visible_reply(
    workspace: Workspace, facts: Truth, today: date
) -> None:
    unseen = unseen_first_posts(workspace, today)
    waiting = {user for user, post in unseen.items() if not written_after(workspace, post)}
    assert waiting == {one.user for one in facts.unanswered}
    assert set(unseen) - waiting == {facts.not_visible.user}


def test_the_newcomers_joining_is_dated(workspace: Workspace, facts: Truth) -> None:
    for one in (*facts.unanswered, facts.not_visible):
        acts = acts_of(workspace, one.user)
        assert joined_at(workspace, one.user) < acts[0].at
        assert len(acts) == 1


@as_of_either_day
def test_those_who_fell_silent_are_the_silent_of_the_story_and_nobody_else(
    workspace: Workspace, facts: Truth, today: date
) -> None:
    """Stricter than the ladder: whoever ever helped twice or started something others came to."""
    staff = {one.user for one in facts.staff}
    starts = [act for act in workspace.acts if act.kind == "start"]
    starters = {act.user for act in starts if qualified_on(workspace, act.channel)}
    found = set()
    for user in {act.user for act in workspace.acts} - staff:
        since = today - timedelta(days=365)
        days = sorted({act.day for act in acts_of(workspace, user) if since <= act.day < today})
        if len(days) < 6:
            continue
        gap = median((after - before).days for before, after in zip(days, days[1:], strict=False))
        silent = (today - days[-1]).days
        helps = helped(workspace, user, since=date(2000, 1, 1), until=today)
        if silent > max(2 * gap, 29) and (len(helps) >= 2 or user in starters):
            found.add(user)
    assert found == {one.user for one in facts.silent}


@as_of_either_day
def test_the_silent_still_count_as_contributing(
    workspace: Workspace, facts: Truth, today: date
) -> None:
    for one in facts.silent:
        helps = helped(workspace, one.user, since=today - timedelta(days=180), until=today)
        assert len(helps) >= 10
        assert len({opener for _, opener in helps}) >= 5
        assert 35 <= (today - acts_of(workspace, one.user)[-1].day).days <= 65


def test_nobody_came_to_the_failed_channels(workspace: Workspace, facts: Truth) -> None:
    assert len(facts.failed_channels) == 4
    assert [qualified_on(workspace, one) for one in facts.failed_channels] == [None] * 4
    started = {one["id"] for one in workspace.channels if one["creator"] not in
               {a.user for a in facts.staff}}  # fmt: skip
    well = {one for one in started if qualified_on(workspace, one)}
    assert well == started - set(facts.failed_channels)


def test_questions_are_answered_soon_late_or_never(workspace: Workspace, facts: Truth) -> None:
    staff = {one.user for one in facts.staff}
    waits: list[float] = []
    unanswered = by_staff = 0
    for _, one in workspace.messages:
        is_root = one.get("thread_ts", one["ts"]) == one["ts"]
        if not (is_root and "client_msg_id" in one and "？" in one["text"]):
            continue
        others = [reply for reply in one.get("replies", []) if reply["user"] != one["user"]]
        if not others:
            unanswered += 1
            continue
        waits.append((float(others[0]["ts"]) - float(one["ts"])) / 3600)
        by_staff += others[0]["user"] in staff
    late = sum(hours > 72 for hours in waits)
    total = len(waits) + unanswered
    assert total > 1_000
    assert 3 < median(waits) * 2 < 12
    assert 0.12 < (unanswered + late) / total < 0.35
    assert 0.1 < by_staff / len(waits) < 0.35


def test_most_introductions_are_welcomed_within_two_days(workspace: Workspace) -> None:
    intros = [
        one
        for name, one in workspace.messages
        if name == "自己紹介" and "client_msg_id" in one and "parent_user_id" not in one
    ]
    assert len(intros) > 80
    warm = [
        one
        for one in intros
        if one.get("reactions")
        or any(
            float(reply["ts"]) - float(one["ts"]) < 48 * 3600 for reply in one.get("replies", [])
        )
    ]
    assert 0.8 < len(warm) / len(intros) < 1


def test_people_help_back_those_who_helped_them(workspace: Workspace) -> None:
    edges = {(a.user, a.opener) for a in workspace.acts if a.kind == "reply" and a.user != a.opener}
    both = sum((opener, user) in edges for user, opener in edges)
    assert both / len(edges) > 0.15
