"""A victory condition of a segment: counted by the worker, shown on the plan's pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.current import current_log
from jibungoto.desk.people.segment_findings import SHOWN, measured_of, missing
from jibungoto.desk.people.segments import save
from jibungoto.desk.plan.scopes import asked_of, count_asked, waiting_for_segments
from jibungoto.desk.understand.measures import measured
from jibungoto.desk.understand.refresh import nights_for
from jibungoto.desk.understand.today import newest_answer
from jibungoto.engine import scoped, steps
from jibungoto.engine.log import opened
from jibungoto.ledger.finding import Finding
from jibungoto.records.models import IntakeRow, SegmentFindingRow, SegmentRow
from jibungoto.understand.catalogue import CATALOGUE
from jibungoto.understand.scoping import WHOLE_ONLY, may_be_scoped
from jibungoto.understand.segments import Segment
from jibungoto.work.loop import work_once
from tests.web.plan_writing import PLANS, V0, begun, fields, get, texts

COUNTED = sorted(
    measure.key
    for measure in CATALOGUE
    if may_be_scoped(measure.key) and measure.step.startswith("tally_")
)


@pytest.fixture
def draft(manager: Client) -> str:
    """Return the address at which a new plan is written."""
    return begun(manager)


def values(found: tuple[Finding, ...]) -> dict[tuple[str, str, object], tuple[float, float]]:
    """Return numerator and denominator, or the count itself, of every value there is."""
    return {
        (one.measure, one.part, one.as_of): (
            one.value or 0.0 if one.numerator is None else one.numerator,
            one.denominator or 0.0,
        )
        for one in found
        if one.measure != "output_rate"
    }


def left(acting: Acting) -> object:
    """Return what is asked for and not counted yet."""
    return missing(acting.community, asked_of(acting.community))


def test_the_counts_of_two_halves_add_up_to_the_whole(acting: Acting) -> None:
    answer, current = newest_answer(acting), current_log(acting.community)
    assert answer is not None and current is not None
    night = answer.as_of + timedelta(days=1)
    params = steps.Params(as_of=night, zone=acting.community.zone, nights=nights_for(night))
    with opened(current[1], threads=1) as con:
        scoped.run_for(con, params, keys=COUNTED)
        everybody = [row[0] for row in con.execute("select distinct person from who").fetchall()]
        whole = values(steps.findings(con, keys=COUNTED))
        again = values(scoped.findings_of(con, everybody, keys=COUNTED))
        one, other = (
            values(scoped.findings_of(con, half, keys=COUNTED))
            for half in (everybody[::2], everybody[1::2])
        )
        after = values(steps.findings(con, keys=COUNTED))
    assert again == whole == after
    assert len(whole) > 100
    for key, (top, bottom) in whole.items():
        halves = one.get(key, (0.0, 0.0)), other.get(key, (0.0, 0.0))
        assert (top, bottom) == (halves[0][0] + halves[1][0], halves[0][1] + halves[1][1]), key


def test_what_speaks_of_sources_or_staff_is_not_taken_of_a_segment() -> None:
    assert {key for key in WHOLE_ONLY if may_be_scoped(key)} == set()
    assert not may_be_scoped("no-such-measure")


@pytest.fixture
def asked(manager: Client, acting: Acting, draft: str) -> str:
    """Return the editor of a plan that asks for the active people of a segment."""
    save(acting, "Few", rule=Segment(stages=("starting", "contributing")))
    sent = fields(get(manager, draft)) | {
        f"{V0}.measure": "active",
        f"{V0}.scope.segment": "few",
        "step": "save",
    }
    manager.post(draft, sent)
    return draft


def test_the_worker_counts_what_a_plan_asks_of_a_segment(
    manager: Client, acting: Acting, asked: str
) -> None:
    assert "is being counted" in texts(get(manager, asked))
    assert asked_of(acting.community) == {"few": frozenset({"active"})}
    assert [one.pk for one in waiting_for_segments()] == [acting.community.pk]
    assert work_once()
    assert left(acting) == {} and list(waiting_for_segments()) == []
    page = texts(get(manager, asked))
    assert "Now: 1 person" in page and "is being counted" not in page
    assert "Take the value now as the baseline" in page
    assert "Only the people who fit the segment today are counted" in page
    whole = measured(acting, keys=("active",))[0].now[""].value
    some = measured_of(acting, "few", measure="active")
    assert some is not None and some.now[""].value == 1.0 and whole is not None and whole > 1


def test_a_segment_that_is_not_there_is_not_said_to_be_counted(manager: Client, asked: str) -> None:
    SegmentRow.objects.all().delete()
    page = texts(get(manager, asked))
    assert "No value now. This segment is not there any more." in page
    assert "is being counted" not in page


def test_the_value_of_a_segment_goes_with_the_log(manager: Client, asked: str) -> None:
    assert work_once()
    assert "Now: 1 person" in texts(get(manager, asked))
    IntakeRow.objects.update(state="undone", first_day=None, last_day=None, covered_until=None)
    page = texts(get(manager, asked))
    assert "No value now. There is nothing in the log yet." in page
    assert "Now: 1 person" not in page and "is being counted" not in page


def test_counting_twice_changes_nothing(acting: Acting, asked: str) -> None:
    assert count_asked(acting.community) == len({"active"} | set(SHOWN))
    kept = list(SegmentFindingRow.objects.values_list("pk", "value"))
    assert count_asked(acting.community) == 0
    assert list(SegmentFindingRow.objects.values_list("pk", "value")) == kept


def test_nobody_in_a_segment_is_counted_once_and_said(
    manager: Client, acting: Acting, draft: str
) -> None:
    save(acting, "Nobody", rule=Segment(stages=("owning",), dormant=True))
    sent = fields(get(manager, draft)) | {f"{V0}.measure": "act30", "step": "save"}
    manager.post(draft, sent | {f"{V0}.scope.segment": "nobody"})
    assert count_asked(acting.community) == len({"act30"} | set(SHOWN))
    assert left(acting) == {}
    assert "Nobody fits this segment today" in texts(get(manager, draft))


def test_a_measure_of_no_segment_says_that_it_is_of_the_whole(
    manager: Client, acting: Acting, draft: str
) -> None:
    save(acting, "Few", rule=Segment(stages=("starting",)))
    sent = fields(get(manager, draft)) | {f"{V0}.measure": "staff_share", "step": "save"}
    page = manager.post(draft, sent | {f"{V0}.scope.segment": "few"}, follow=True).content.decode()
    assert "It cannot be worked out for this scope" in texts(page)
    assert left(acting) == {}


def test_the_pages_of_another_plan_ask_for_nothing(manager: Client, acting: Acting) -> None:
    save(acting, "Few", rule=Segment(stages=("starting",)))
    manager.post(PLANS, {"step": "new", "title": "Plain"})
    assert asked_of(acting.community) == {}
    assert count_asked(acting.community) == len(SHOWN), "what the page of measures shows of it"
    assert list(waiting_for_segments()) == []
