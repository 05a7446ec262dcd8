"""While a page is read, a community is asked once; elsewhere always anew."""

from __future__ import annotations

from jibungoto.desk.acting import Acting
from jibungoto.desk.reading import read_once, reading
from jibungoto.records.models import CommunityRow

ASKED: list[int] = []


@read_once
def told_of(acting: Acting) -> int:
    """Return how often this was asked."""
    ASKED.append(acting.community.pk)
    return len(ASKED)


@read_once
def nothing_of(community: CommunityRow) -> None:
    """Return nothing, which is an answer too."""
    ASKED.append(community.pk)


def test_inside_it_is_asked_once_and_outside_each_time(acting: Acting) -> None:
    ASKED.clear()
    assert (told_of(acting), told_of(acting)) == (1, 2)
    with reading():
        assert (told_of(acting), told_of(acting), told_of(acting)) == (3, 3, 3)
    assert told_of(acting) == 4
    with reading():
        assert told_of(acting) == 5


def test_nothing_is_remembered_as_an_answer(acting: Acting) -> None:
    ASKED.clear()
    with reading():
        nothing_of(acting.community)
        nothing_of(acting.community)
    assert len(ASKED) == 1


def test_two_functions_and_two_communities_are_kept_apart(acting: Acting) -> None:
    ASKED.clear()
    other = Acting(CommunityRow(pk=acting.community.pk + 1, slug="other"), acting.role)
    with reading():
        assert (told_of(acting), told_of(other), told_of(acting)) == (1, 2, 1)
        nothing_of(acting.community)
    assert len(ASKED) == 3


def test_a_page_that_is_read_inside_another_asks_for_itself(acting: Acting) -> None:
    ASKED.clear()
    with reading():
        assert told_of(acting) == 1
        with reading():
            assert told_of(acting) == 2
        assert told_of(acting) == 1
