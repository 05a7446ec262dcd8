"""On how few people a quarter rested, told act by act."""

from __future__ import annotations

from datetime import date

from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.person import PersonKind
from jibungoto.understand import dependence
from jibungoto.understand.newcomers import Rate
from tests.understand.reading import Reading
from tests.understand.stories import Story


def efforts(story: Story, as_of: str) -> dict[int, int]:
    """Return the efforts by the rule, once the step has said the same."""
    night = date.fromisoformat(as_of)
    reading = Reading(story.log(night), night)
    found = dependence.efforts_of(reading.acts, reading.sustaining, as_of=night)
    rows = story.told(as_of, names=("sample_effort",)).execute(
        "select person, amount from sample_effort"
    )
    assert dict(rows.fetchall()) == found
    return found


def test_only_the_quarter_that_is_over_counts() -> None:
    story = Story()
    post = story.act(1, "2023-03-31 09:00")
    story.reply(2, "2023-03-31 10:00", post)
    story.reply(3, "2023-04-01 10:00", post)
    assert efforts(story, "2023-03-31") == {}
    assert efforts(story, "2023-04-01") == {2: 1}
    assert efforts(story, "2023-07-01") == {3: 1}


def test_starting_and_keeping_alive_count_and_one_act_counts_once() -> None:
    story = Story()
    story.start(1, "2023-01-10 09:00", "club")
    post = story.act(2, "2023-02-01 09:00", initiative="club")
    story.act(3, "2023-02-02 09:00", initiative="club")
    story.act(1, "2023-02-03 09:00", initiative="club")
    story.reply(1, "2023-02-04 09:00", post)
    assert efforts(story, "2023-04-01") == {1: 3}


def test_works_count_without_any_thread() -> None:
    story = Story()
    story.act(1, "2023-02-01 09:00", Kind.ARTICLE)
    story.act(1, "2023-02-02 09:00")
    assert efforts(story, "2023-04-01") == {1: 1}


def test_what_staff_do_is_their_share_and_nobodys_effort() -> None:
    story = Story()
    story.person(8, PersonKind.BOT)
    story.person(9, PersonKind.STAFF)
    post = story.act(1, "2023-02-01 09:00")
    for person in (2, 8, 9):
        story.reply(person, "2023-02-01 10:00", post)
    story.start(9, "2023-02-02 09:00", "club")
    night = date(2023, 4, 1)
    acts = Reading(story.log(night), night).acts
    assert efforts(story, "2023-04-01") == {2: 1}
    assert dependence.staff_helps(acts, night) == Rate(1, 2)
    assert dependence.staff_starts(acts, night) == Rate(1, 1)
