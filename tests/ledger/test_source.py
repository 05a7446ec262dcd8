"""What each source is about, and how long it may be quiet before it is old."""

from __future__ import annotations

from jibungoto.ledger.source import (
    EXPECTED_DAYS,
    SOURCE_NAMES,
    SOURCE_SUBJECTS,
    Subject,
    expected_days,
    sources_about,
    subjects_of,
)


def test_every_source_with_a_name_is_about_something_and_is_quiet_for_a_known_time() -> None:
    assert set(SOURCE_SUBJECTS) == set(EXPECTED_DAYS) == set(SOURCE_NAMES)
    assert all(SOURCE_SUBJECTS.values())


def test_conversations_go_on_every_day_and_events_articles_and_commits_do_not() -> None:
    daily = {source for source, days in EXPECTED_DAYS.items() if days == 0}
    assert daily == {"slack", "discord", "discourse", "zulip", "line", "mbox", "github"}
    assert {EXPECTED_DAYS[source] for source in set(EXPECTED_DAYS) - daily} == {45}
    assert expected_days("somewhere new") == 0


def test_people_talk_in_a_chat_and_not_on_a_list_of_guests() -> None:
    assert subjects_of("slack") == {Subject.CONVERSATION}
    assert subjects_of("connpass") == {Subject.EVENTS}
    assert subjects_of("git") == {Subject.WORKS}
    assert subjects_of("somewhere new") == set(Subject)


def test_a_table_may_be_of_anything() -> None:
    assert all("csv" in sources_about(subject) for subject in Subject)
