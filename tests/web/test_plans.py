"""The pages of a plan: begun, written, checked, in force, looked back at, without a script."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.segments import save
from jibungoto.plan.templates import KEYS
from jibungoto.plan.text import Text
from jibungoto.records.models import PlanRow
from jibungoto.understand.segments import Segment
from jibungoto.web.pages.plan_entered import Unreadable, number_read
from tests.web.plan_writing import H0, PLANS, V0, W0, WHOLE, begun, fields, get, held, texts, write


@pytest.fixture
def draft(manager: Client) -> str:
    """Return the address at which a new plan is written."""
    return begun(manager)


def test_before_any_plan_the_page_asks_what_should_be_different(manager: Client) -> None:
    page = get(manager, PLANS)
    assert "There is no plan yet. What should be different in half a year?" in page
    assert page.count('name="template"') == len(KEYS)


def test_a_plan_begins_with_its_title_and_an_open_part_of_each_kind(
    manager: Client, acting: Acting, draft: str
) -> None:
    assert draft == f"{PLANS}starts/1/edit/"
    plan = held(acting)
    assert (len(plan.objective.victory), len(plan.who), len(plan.what)) == (1, 1, 1)
    assert "1 plan, 0 in force." in get(manager, PLANS)


def test_a_title_that_is_too_long_is_told_so(manager: Client) -> None:
    page = manager.post(PLANS, {"step": "new", "title": "計" * 201}).content.decode()
    assert "title is too long (201 characters). Keep to 200 characters." in page
    assert "The plan has no title." not in page
    assert not PlanRow.objects.exists()


@pytest.mark.parametrize("title", ["", "  "])
def test_a_plan_needs_a_title(manager: Client, title: str) -> None:
    page = manager.post(PLANS, {"step": "new", "title": title}).content.decode()
    assert "The plan has no title." in page
    assert not PlanRow.objects.exists()


@pytest.mark.parametrize("key", KEYS)
def test_every_template_opens_in_the_editor(manager: Client, key: str) -> None:
    begun = manager.post(PLANS, {"step": "template", "template": key})
    page = get(manager, begun.headers["Location"])
    assert "plan-sentence" in page
    one = get(manager, begun.headers["Location"].rpartition("1/edit/")[0])
    assert "A reconstructed example" in one


def test_what_is_no_template_begins_nothing(manager: Client) -> None:
    page = manager.post(PLANS, {"step": "template", "template": "x"}).content.decode()
    assert "There is no template" in page and not PlanRow.objects.exists()


def test_the_form_writes_the_plan_and_shows_it_again(
    manager: Client, acting: Acting, draft: str
) -> None:
    page = write(manager, draft)
    plan = held(acting)
    assert plan.objective.victory[0].target == 3.0
    assert plan.objective.victory[0].unit == "persons"
    assert plan.who[0].first_pins == ("Aki", "Ben")
    assert fields(page)[f"{V0}.target"] == "3"
    assert "They can solve it at home" in page


def test_how_waits_until_victory_and_people_are_clear(manager: Client, draft: str) -> None:
    page = get(manager, draft)
    assert "How waits until the goal and the people are clear" in page
    assert "No measurable victory condition" in texts(page) and 'value="add:how"' not in page
    page = write(manager, draft)
    assert "How waits" not in page and 'value="add:how"' in page


def test_a_how_that_comes_first_is_an_idea_that_asks_what_it_is_for(
    manager: Client, acting: Acting, draft: str
) -> None:
    page = manager.post(
        draft, {**fields(get(manager, draft)), "idea": "A hackathon", "step": "idea"}, follow=True
    ).content.decode()
    assert "Which victory condition is it for?" in page and "A hackathon" in page
    assert held(acting).how[0].is_idea
    page = write(manager, draft, {f"{H0}.victories": ["", "victory-1"]})
    assert not held(acting).how[0].is_idea
    assert f'name="{H0}.owner"' in page


def test_validations_stand_beside_the_part_they_speak_of(manager: Client, draft: str) -> None:
    page = get(manager, draft)
    beside = re.search(r'id="beside-objective-victory-0">(.*?)</div>', page, re.DOTALL)
    assert beside and "No measurable victory condition" in beside[1]
    beside = re.search(r'id="beside-who-0">(.*?)</div>', page, re.DOTALL)
    assert beside and "Everyone is not a Who" in beside[1]


def test_a_measure_brings_its_baseline_and_its_own_history(
    manager: Client, acting: Acting, draft: str
) -> None:
    sent = {**fields(get(manager, draft)), f"{V0}.measure": "active", "step": "save"}
    page = manager.post(draft, sent, follow=True).content.decode()
    victory = held(acting).objective.victory[0]
    assert victory.baseline.value is not None and victory.baseline.last == date(2026, 6, 30)
    assert "Now: " in page and "Your own history at the ends of months" in page
    write(manager, draft, {f"{V0}.measure": "active", f"{V0}.baseline.value": "2"})
    assert held(acting).objective.victory[0].baseline.value == 2.0


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("20人", "persons", 20),
        ("２０ 名", "persons", 20),
        ("1,200 people", "persons", 1_200),
        ("45 %", "fraction", 45),
        ("４５％", "fraction", 45),
        ("12回", "events", 12),
        ("-3.5 points", "points", -3.5),
        ("20人", "", 20),
        ("1e3", "index", 1_000),
    ],
)
def test_a_number_is_read_with_its_unit_behind_it(text: str, unit: str, number: float) -> None:
    assert float(number_read(text, unit=unit)) == number


@pytest.mark.parametrize(
    ("text", "unit"), [("45 %", "persons"), ("20人", "fraction"), ("3 kg", "")]
)
def test_a_number_of_another_unit_is_refused(text: str, unit: str) -> None:
    with pytest.raises(Unreadable) as refused, translation.override("en"):
        number_read(text, unit=unit)
    assert "not counted in that unit" in str(refused.value)


@pytest.mark.parametrize("text", ["人", "%", "約20人", "1.2.3", "", "３人と4人"])
def test_what_is_no_number_stays_none(text: str) -> None:
    with pytest.raises(Unreadable) as refused, translation.override("en"):
        number_read(text, unit="persons")
    assert str(refused.value) == "This is no number."


def test_what_cannot_be_read_stays_in_its_field_and_the_rest_is_saved(
    manager: Client, acting: Acting, draft: str
) -> None:
    page = write(manager, draft, {f"{V0}.target": "three"})
    assert "This is no number." in page and 'value="three"' in page
    assert held(acting).objective.victory[0].target is None
    assert held(acting).who[0].first_pins == ("Aki", "Ben")


def test_saving_in_the_background_draws_no_field_anew(
    manager: Client, acting: Acting, draft: str
) -> None:
    sent = {**fields(get(manager, draft)), "title": "Other", "how_was": "locked"}
    asked = {"HX-Request": "true", "HX-Source": "form#plan"}
    answer = manager.post(draft, sent, headers=asked)
    page = answer.content.decode()
    assert answer.status_code == 200 and held(acting).title.en == "Other"
    drawn = re.search(r'hx-select-oob="([^"]+)"', page)
    assert drawn and 'id="how-all"' not in page
    for name in drawn[1].split(","):
        found = re.search(rf'id="{name[1:]}"[^>]*>(.*?)</div>', page, re.DOTALL)
        assert found is None or not re.search(r"<(textarea|select)|type=.text", found[1])


def test_how_opens_in_the_background_too(manager: Client, draft: str) -> None:
    sent = {**fields(get(manager, draft)), **WHOLE, "how_was": "locked"}
    asked = {"HX-Request": "true", "HX-Source": "form#plan"}
    assert 'id="how-all"' in manager.post(draft, sent, headers=asked).content.decode()


def test_parts_are_added_and_taken_away_without_a_script(
    manager: Client, acting: Acting, draft: str
) -> None:
    sent = {**fields(get(manager, draft)), **WHOLE, "step": "add:who"}
    answer = manager.post(draft, sent)
    assert answer.headers["Location"] == f"{draft}#who-1"
    assert [one.key for one in held(acting).who] == ["who-1", "who-2"]
    keys = {f"{above}.keys": f"{above}-1" for above in ("what",)}
    keys["objective.victory.keys"] = "victory-1"
    form = {"stamp": fields(get(manager, draft))["stamp"], **keys, "step": "remove:who[0]"}
    manager.post(draft, form)
    assert [one.key for one in held(acting).who] == ["who-2"]
    assert held(acting).what[0].who == ""


def test_two_people_who_edit_one_draft_both_keep_their_words(
    manager: Client, acting: Acting, draft: str
) -> None:
    mine = {**fields(get(manager, draft)), "title": "Mine", "step": "save"}
    write(manager, draft, {"title": "Theirs"})
    page = manager.post(draft, mine, follow=True).content.decode()
    assert "Somebody else changed this draft first." in page
    assert "How this differs from version 1" in page
    assert (held(acting, number=1).title.en, held(acting, number=2).title.en) == ("Theirs", "Mine")
    assert "<del>Theirs</del>" in page and "<ins>Mine</ins>" in page


def test_in_the_background_the_second_writer_is_led_to_their_own_draft(
    manager: Client, draft: str
) -> None:
    mine = {**fields(get(manager, draft)), "title": "Mine"}
    write(manager, draft, {"title": "Theirs"})
    answer = manager.post(draft, mine, headers={"HX-Request": "true", "HX-Source": "form#plan"})
    assert answer.headers["HX-Redirect"] == f"{PLANS}starts/2/edit/?beside=1"


def test_a_part_the_other_took_away_comes_back_with_ones_own_words(
    manager: Client, acting: Acting, draft: str
) -> None:
    write(manager, draft, step="add:who")
    page = get(manager, draft)
    mine = fields(page) | {"who.keys": ["who-1", "who-2"], "who[1].interest_axis": "Kept words"}
    stamp = {"stamp": fields(page)["stamp"], "step": "remove:who[1]"}
    manager.post(draft, stamp)
    manager.post(draft, {**mine, "step": "save"})
    assert held(acting, number=2).who[1].interest_axis == Text(ja="Kept words", en="Kept words")


HOSTILE = '"><script>alert(1)</script>'


def test_no_text_of_a_plan_becomes_markup(manager: Client, acting: Acting, draft: str) -> None:
    page = write(manager, draft, step="add:how")
    page = write(manager, draft, step="add:assumptions")
    sent = fields(page)
    ours = {
        name: HOSTILE
        for name in sent
        if not re.search(r"keys|stamp|target|value|due|from|to$|day|estimate|hours|amount", name)
    }
    ours[f"{V0}.measure"] = HOSTILE
    sent = {**sent, **ours, "idea": HOSTILE, f"{V0}.target": HOSTILE}
    pages = [manager.post(draft, {**sent, "step": "idea"}, follow=True).content.decode()]
    names = (PLANS, f"{PLANS}starts/", f"{PLANS}starts/score/", f"{PLANS}starts/1/edit/?both=1")
    pages += [get(manager, address) for address in names]
    pages.append(get(manager, f"{PLANS}starts/review/"))
    assert [HOSTILE in page for page in pages] == [False] * len(pages)
    assert ["<script>alert" in page for page in pages] == [False] * len(pages)
    assert held(acting).title.en == HOSTILE


def test_a_control_character_is_refused_and_the_words_stay(manager: Client, draft: str) -> None:
    sent = {**fields(get(manager, draft)), "title": "a\x07b", "step": "save"}
    answer = manager.post(draft, sent)
    assert answer.status_code == 422 and "control character" in answer.content.decode()


def test_both_languages_can_be_written(manager: Client, acting: Acting, draft: str) -> None:
    page = get(manager, f"{draft}?both=1")
    sent = fields(page) | {"title.ja": "起点", "title.en": "Starts", "both": "1", "step": "save"}
    answer = manager.post(draft, sent)
    assert answer.headers["Location"] == f"{draft}?both=1"
    assert held(acting).title == Text(ja="起点", en="Starts")


def test_a_segment_is_a_who_and_says_when_it_is_empty(
    manager: Client, acting: Acting, draft: str
) -> None:
    save(acting, "Nobody", rule=Segment(stages=("owning",), dormant=True))
    save(acting, "Starters", rule=Segment(stages=("starting",)))
    page = write(manager, draft, {f"{W0}.behaviour": "starters"})
    assert "members who stand at “Starting”: 1 person today" in texts(page)
    page = write(manager, draft, {f"{W0}.behaviour": "nobody"})
    assert "Nobody fits this segment today." in texts(page)
    assert "Nobody" in get(manager, f"{PLANS}starts/")


def test_three_plans_cost_no_more_questions_than_one(manager: Client, draft: str) -> None:
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as asked:
            get(manager, PLANS)
        counts.append(len(asked))
        for title in ("Second", "Third"):
            manager.post(PLANS, {"step": "new", "title": title})
    assert counts[0] == counts[1]
