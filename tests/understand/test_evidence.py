"""The rows shown behind a stage prove what its rule says of them."""

from __future__ import annotations

from jibungoto.understand.answers import Stage
from tests.understand.stories import Story
from tests.understand.test_ladder import legs, owning, stage


def rows_of(story: Story, as_of: str, leg: str) -> list[str]:
    return [key for name, key in legs(story, as_of) if name == leg]


def test_whoever_came_to_a_start_is_among_those_activated_under_both_conditions() -> None:
    story = Story()
    for person in range(1, 6):
        story.person(person)
    for place in ("one", "two"):
        story.start(1, "2023-03-01 09:00", place)
    came = [story.act(who, f"2023-03-1{who} 09:00", initiative="one").key for who in (2, 3, 4)]
    story.act(2, "2023-03-20 09:00", initiative="two")
    story.act(3, "2023-03-21 09:00", initiative="two")
    assert stage(story, "2023-04-01") is Stage.OWNING
    assert rows_of(story, "2023-04-01", "activated") == came
    assert set(came[:2]) <= set(rows_of(story, "2023-04-01", "came"))


def test_only_the_initiative_that_was_kept_alive_long_enough_is_shown_as_kept() -> None:
    story = owning(("2023-02-05", "2023-03-05", "2023-05-10"))
    story.start(1, "2023-02-01 09:00", "brief")
    for other in (2, 3):
        story.act(other, "2023-02-03 10:00", initiative="brief")
        story.act(other, "2023-03-03 10:00", initiative="brief")
    short = story.act(1, "2023-03-04 10:00", initiative="brief").key
    kept = rows_of(story, "2023-05-20", "kept")
    assert stage(story, "2023-05-20") is Stage.OWNING
    assert len(kept) == 3
    assert short not in kept
