"""Two real communities, as they published their Slack: the figures hold exactly."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jibungoto.ledger.activity import TieKind
from jibungoto.ledger.kinds import Kind
from tests.gather.made import Gathered, folder_of, gather, zip_of

pytestmark = pytest.mark.real_inputs

# Reactions are counted there per emoji and person. Those to oneself are no activities.
HOUSTON_REACTIONS, HOUSTON_PAIRS, HOUSTON_TO_ONESELF = 199, 172, 5
HOUSTON_EMOJIS_TO_ONESELF = 9
WEEK_REACTIONS, WEEK_PAIRS, WEEK_TO_ONESELF = 1_685, 1_298, 4
WEEK_EMOJIS_TO_ONESELF = 8
JUNE_6_2015, JUNE_7_2015 = 1_433_548_800, 1_433_635_200
JULY_27_2016, JULY_28_2016 = 1_469_577_600, 1_469_664_000


def real(name: str) -> Path:
    return Path(os.environ["JIBUNGOTO_REAL_INPUTS"]) / name


def channels(found: Gathered) -> int:
    return len({a.place for a in found.activities if a.kind is not Kind.START})


def emojis(found: Gathered) -> int:
    return sum(len((a.emoji or "").split()) for a in found.of_kind(Kind.REACTION))


@pytest.fixture(scope="module")
def houston() -> Gathered:
    return gather(real("slack-export-houston"))


@pytest.fixture(scope="module")
def week() -> Gathered:
    return gather(real("dd2030-week"))


def test_houston_is_in_whole(houston: Gathered) -> None:
    assert (houston.read, len(houston.counted), houston.repeated) == (1_382, 1_382, 0)
    assert (houston.left_out, houston.refusals) == ([], [])
    assert (channels(houston), len(houston.initiatives), len(houston.handles)) == (16, 16, 71)
    assert (len(houston.of_kind(Kind.JOIN)), len(houston.of_kind(Kind.LEAVE))) == (320, 3)
    assert len(houston.of_kind(Kind.COMMENT)) == 6


def test_houstons_reactions_count_once_per_person_and_message(houston: Gathered) -> None:
    reactions = houston.of_kind(Kind.REACTION)
    assert len(reactions) == HOUSTON_PAIRS - HOUSTON_TO_ONESELF
    assert emojis(houston) == HOUSTON_REACTIONS - HOUSTON_EMOJIS_TO_ONESELF
    assert len(houston.tied(TieKind.REACTION)) == len(reactions)


def test_houston_lasts_from_june_2015_to_july_2016(houston: Gathered) -> None:
    happened = [a.happened_at for a in houston.activities if a.kind is not Kind.START]
    assert JUNE_6_2015 <= min(happened) < JUNE_7_2015
    assert JULY_27_2016 <= max(happened) < JULY_28_2016


def test_houston_cannot_tell_threads(houston: Gathered) -> None:
    told = houston.reading.can_tell
    assert (told.threads, told.replies, told.joins, told.reactions) == (False, False, True, True)
    assert str(told.complete_since) == "2015-06-06"


def test_houstons_admins_started_all_but_the_default_channels(houston: Gathered) -> None:
    assert len(houston.of_kind(Kind.START)) == 14
    assert sorted(one.name for one in houston.initiatives if one.is_default) == [
        "general",
        "meetup-",
    ]


def test_houston_zipped_gives_the_same(houston: Gathered, tmp_path: Path) -> None:
    root = real("slack-export-houston")
    files = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }
    zipped = gather(zip_of(files, tmp_path / "houston.zip"))
    assert zipped.records == houston.records
    assert zipped.activities == houston.activities
    assert zipped.ties == houston.ties
    assert zipped.handles == houston.handles
    assert gather(folder_of(files, tmp_path / "again")).records == houston.records


def test_the_week_is_in_whole_with_its_second_copies_counted_once(week: Gathered) -> None:
    assert (week.read, len(week.counted), week.repeated) == (970, 944, 26)
    assert week.refusals == []
    assert (channels(week), len(week.initiatives)) == (18, 18)
    assert len(week.of_kind(Kind.JOIN)) == 65


def test_the_weeks_files_of_other_sources_are_named_and_count_as_no_record(week: Gathered) -> None:
    beside = [(one.place.rsplit("/", 2)[-2], one.records) for one in week.left_out]
    assert sorted(beside) == [("github", 0)] * 18 + [("published-report", 0)] * 5


def test_the_weeks_reactions_leave_out_those_of_second_copies(week: Gathered) -> None:
    assert len(week.of_kind(Kind.REACTION)) == WEEK_PAIRS - WEEK_TO_ONESELF
    assert emojis(week) == WEEK_REACTIONS - WEEK_EMOJIS_TO_ONESELF


def test_the_weeks_threads_mostly_have_their_root(week: Gathered) -> None:
    threads = {a.thread for a in week.activities if a.thread}
    roots = {a.thread for a in week.activities if a.thread == a.key}
    assert (len(threads), len(roots)) == (99, 97)
    assert week.reading.can_tell.threads


def test_the_weeks_handles_include_those_who_only_reacted_or_were_mentioned(
    week: Gathered,
) -> None:
    mentioned = [handle for handle in week.handles if handle.is_mentioned_only]
    assert (len(week.handles), len(mentioned)) == (88, 2)
    assert sorted(handle.name for handle in week.handles if handle.is_bot) == ["Devin", "Slackbot"]
