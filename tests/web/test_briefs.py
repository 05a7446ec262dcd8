"""Briefs on their pages: drafted, mended, issued, handed out as files and by a link."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from jibungoto.desk.explain.asked import do_next
from jibungoto.desk.explain.closed_links import GUESSES, GUESSES_FOR, is_one_too_many
from jibungoto.desk.explain.drawn import draw_next
from jibungoto.desk.explain.edit import revision_of
from jibungoto.desk.explain.link import CLOSED, Closed, open_link
from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.explain.briefs.verify import verify
from jibungoto.explain.formats.endings import FORMATS
from jibungoto.records.models import (
    BriefFileRow,
    BriefLinkRow,
    BriefRow,
    BriefState,
    ClosedLinkRow,
)
from tests.web.making import SLUG

HOSTILE = "<script>alert(1)</script>"

pytestmark = pytest.mark.django_db


def page_of(client: Client, place: str = "1/") -> str:
    answer = client.get(f"/{SLUG}/briefs/{place}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def drafted(client: Client, kind: str = "weekly", audience: str = "cfo") -> BriefRow:
    answer = client.post(f"/{SLUG}/briefs/", {"kind": kind, "audience": audience})
    row = BriefRow.objects.latest("number")
    assert answer.headers["Location"] == f"/{SLUG}/briefs/{row.number}/"
    assert do_next()
    row.refresh_from_db()
    return row


def become(client: Client, step: str, number: int = 1) -> str:
    answer = client.post(f"/{SLUG}/briefs/{number}/", {"step": step}, follow=True)
    return unescape(answer.content.decode())


def first_claim(row: BriefRow) -> str:
    from jibungoto.desk.explain.listing import brief_of

    return next(one.key for one in brief_of(row).claims())


def said(client: Client, claim: str, **told: str) -> str:
    entered = {"claim": claim, "ja": "会は続いています。", "en": "It goes on.", "grade": "E1"}
    answer = client.post(f"/{SLUG}/briefs/1/claim/", entered | {"seen": "0"} | told, follow=True)
    return unescape(answer.content.decode())


@pytest.fixture
def issued(manager: Client) -> BriefRow:
    drafted(manager)
    assert "Being issued: its figures are counted once more" in become(manager, "issue")
    assert (do_next(), do_next()) == (True, False)
    return BriefRow.objects.get()


def link(client: Client, days: str = "30") -> str:
    answer = client.post(f"/{SLUG}/briefs/1/links/", {"label": HOSTILE, "days": days}, follow=True)
    page = answer.content.decode()
    assert HOSTILE not in page
    found = re.search(r'value="http://testserver(/read/[^"]+/)"', page)
    assert found is not None
    return found[1]


def test_the_list_says_how_to_begin(manager: Client) -> None:
    page = page_of(manager, "")
    assert "None yet. Begin with the monthly page for your boss" in page
    assert page.count("<option") == 4 + 8


@pytest.mark.parametrize("kind", ["weekly", "monthly", "quarterly", "yearly"])
def test_a_draft_of_every_kind_shows_its_claims_with_their_grade(
    manager: Client, kind: str
) -> None:
    row = drafted(manager, kind)
    page = page_of(manager)
    assert f'id="claim-{first_claim(row)}"' in page
    assert "E1 a count or a trend" in page


def test_a_new_brief_is_drafted_by_the_worker_and_its_page_waits(manager: Client) -> None:
    answer = manager.post(f"/{SLUG}/briefs/", {"kind": "weekly", "audience": "cfo"}, follow=True)
    page = answer.content.decode()
    assert ("Being written from the newest numbers" in page, 'name="step"' in page) == (True, False)
    assert "Nothing is written yet" in become(manager, "issue")
    assert (do_next(), do_next()) == (True, False)
    page = page_of(manager)
    assert ("Being written" in page, "As it will look" in page) == (False, True)
    assert "your sentences stayed" not in page


def test_a_brief_that_could_not_be_drafted_says_why_and_is_tried_again(manager: Client) -> None:
    manager.post(f"/{SLUG}/briefs/", {"kind": "weekly", "audience": "cfo"})
    BriefRow.objects.update(asked_at=None, problem_en="It broke. Try again.", problem_ja="壊れた。")
    page = page_of(manager)
    assert ("It broke. Try again." in page, "Nothing is written yet" in page) == (True, True)
    become(manager, "redraft")
    assert do_next()
    assert "As it will look" in page_of(manager)


def test_no_kind_or_reader_but_those_listed(manager: Client) -> None:
    answer = manager.post(f"/{SLUG}/briefs/", {"kind": "daily", "audience": "cfo"}, follow=True)
    assert "There is no brief of this kind." in answer.content.decode()
    assert not BriefRow.objects.exists()


def test_a_sentence_is_mended(manager: Client) -> None:
    row = drafted(manager)
    page = said(manager, first_claim(row))
    assert ("Kept." in page, "It goes on." in page) == (True, True)


def test_a_word_above_its_grade_is_refused_and_what_was_written_stays(manager: Client) -> None:
    row = drafted(manager)
    page = said(manager, first_claim(row), en=f"It grew because of us {HOSTILE}.")
    assert "“because” is for grade" in page
    assert page.count("It grew because of us") == 3  # read, said by the button, in its field
    assert HOSTILE not in manager.get(f"/{SLUG}/briefs/1/").content.decode()
    assert "because of us" not in page_of(manager)


def test_a_note_lets_the_word_stand_and_is_shown(manager: Client) -> None:
    row = drafted(manager)
    page = said(manager, first_claim(row), en="It grew because of us.", note="quoted from the CEO")
    assert ("Kept." in page, "quoted from the CEO" in page) == (True, True)


def test_of_two_who_mend_one_sentence_neither_loses(manager: Client) -> None:
    row = drafted(manager)
    said(manager, first_claim(row), en="The first says this.")
    page = said(manager, first_claim(row), en="The second says that.")
    assert "Somebody else changed this sentence meanwhile" in page
    assert ("The first says this." in page, "The second says that." in page) == (True, True)
    assert "The first says this." in page_of(manager)


def test_a_sentence_taken_out_meanwhile_loses_nobody_s_words(manager: Client) -> None:
    row = drafted(manager)
    said(manager, first_claim(row), step="drop")
    page = said(manager, first_claim(row), en="Mine is still here.", seen="0")
    assert "Somebody took this sentence out meanwhile" in page
    assert "Mine is still here." in page


def test_a_sentence_is_added_and_one_that_cannot_stand_keeps_its_form(manager: Client) -> None:
    drafted(manager, "monthly")
    page = said(manager, "", head="voices", grade="E0", en="One of 12 said so.", ja="12人の声。")
    assert "One of 12 said so." in page
    assert not BriefRow.objects.filter(content__icontains="One of 12").exists()
    page = said(
        manager, "", head="voices", grade="E0", en="“It feels like ours.”", ja="「自分の場だ」"
    )
    assert "Kept." in page


def test_an_issued_brief_is_frozen_and_its_package_proves_it(issued: BriefRow) -> None:
    client = Client()
    assert issued.state == BriefState.ISSUED
    assert verify(bytes(issued.package or b"")).is_sound
    assert client.get(f"/{SLUG}/briefs/1.zip").status_code == 302


@pytest.mark.parametrize("ending", ["html", "xlsx", "md", "zip"])
def test_it_leaves_as_a_file(manager: Client, issued: BriefRow, ending: str) -> None:
    answer = manager.get(f"/{SLUG}/briefs/1.{ending}")
    assert answer.status_code == 200
    wanted = "application/zip" if ending == "zip" else FORMATS[f".{ending}"].media_type
    assert answer.headers["Content-Type"] == wanted
    assert len(answer.content) > 500


@pytest.mark.parametrize("ending", ["pdf", "pptx"])
def test_what_takes_long_is_drawn_by_the_worker_and_the_page_says_how_far(
    manager: Client, issued: BriefRow, ending: str
) -> None:
    place = f"/{SLUG}/briefs/1.{ending}"
    page = manager.get(place, follow=True)
    assert page.redirect_chain == [(f"{place}?waiting=1", 302)]
    told = page.content.decode()
    assert "The file is being drawn" in told
    assert f'hx-get="{place}?waiting=1"' in told and f'href="{place}?waiting=1"' in told
    assert (draw_next(), draw_next()) == (True, False)
    ready = manager.get(f"{place}?waiting=1").content.decode()
    assert "The file is ready" in ready and f'href="{place}" download' in ready
    answer = manager.get(place)
    assert answer.headers["Content-Type"] == FORMATS[f".{ending}"].media_type
    assert len(answer.content) > 500
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_file_that_could_not_be_drawn_says_why_and_is_tried_again(
    manager: Client, issued: BriefRow
) -> None:
    place = f"/{SLUG}/briefs/1.pptx"
    manager.get(place)
    BriefFileRow.objects.update(problem_en="It broke. Try again.", problem_ja="壊れました。")
    page = manager.get(f"{place}?waiting=1").content.decode()
    assert "The file could not be drawn" in page and "It broke. Try again." in page
    assert "The file is being drawn" in manager.post(place, follow=True).content.decode()
    assert draw_next()
    assert manager.get(place).status_code == 200


def test_nobody_draws_files_of_another_community(manager: Client, issued: BriefRow) -> None:
    BriefRow.objects.update(community=begin(Beginning("Elsewhere", slug="elsewhere")))
    assert manager.get(f"/{SLUG}/briefs/1.pdf").status_code == 404
    assert manager.post(f"/{SLUG}/briefs/1.pdf").status_code == 404
    assert not BriefFileRow.objects.exists()


def test_an_ending_nobody_writes_is_no_page(manager: Client, issued: BriefRow) -> None:
    assert manager.get(f"/{SLUG}/briefs/1.exe").status_code == 404


def test_a_draft_has_no_package_and_no_links(manager: Client) -> None:
    drafted(manager)
    answer = manager.get(f"/{SLUG}/briefs/1.zip", follow=True)
    assert "This brief is not issued yet." in answer.content.decode()
    answer = manager.post(f"/{SLUG}/briefs/1/links/", {"days": "3"}, follow=True)
    assert "This brief is not issued yet." in answer.content.decode()


def test_a_link_opens_it_for_a_stranger_until_it_is_taken_back(
    manager: Client, issued: BriefRow
) -> None:
    place, stranger = link(manager), Client()
    answer = stranger.get(place)
    assert (answer.status_code, answer.headers["Referrer-Policy"]) == (200, "no-referrer")
    assert "no-store" in answer.headers["Cache-Control"]
    kept = BriefLinkRow.objects.get()
    assert kept.opened == 1
    assert place.split("/")[2] not in page_of(manager)
    manager.post(f"/{SLUG}/briefs/1/links/", {"revoke": str(kept.pk)})
    assert stranger.get(place).status_code == 404


def test_a_link_is_shown_once_and_looking_again_makes_no_other(
    manager: Client, issued: BriefRow
) -> None:
    place = link(manager)
    again = manager.get(f"/{SLUG}/briefs/1/links/", follow=True).content.decode()
    assert (place in again, BriefLinkRow.objects.count()) == (False, 1)


def test_whoever_is_reached_on_this_machine_alone_is_told_so(
    manager: Client, issued: BriefRow
) -> None:
    told = "Links open on this computer only"
    pages = [
        manager.get(f"/{SLUG}/briefs/1/send/", headers={"host": host}).content.decode()
        for host in ("127.0.0.1:8000", "localhost", "testserver")
    ]
    assert [told in page for page in pages] == [True, True, False]


def test_guessed_and_expired_links_get_the_same_answer(manager: Client, issued: BriefRow) -> None:
    place, stranger = link(manager), Client(headers={"accept-language": "en"})
    BriefLinkRow.objects.update(expires_at=timezone.now())
    both = [stranger.get(place), stranger.get("/read/guessed/")]
    assert [page.status_code for page in both] == [404, 404]
    said = [page.content.decode().partition("<main")[2].partition("</main>")[0] for page in both]
    assert said[0] == said[1]
    assert "the link is wrong, has expired, or was taken back" in said[0]


def test_whoever_tries_many_links_has_to_wait_and_true_links_open_meanwhile(
    manager: Client, issued: BriefRow
) -> None:
    place, late = link(manager), link(manager)
    BriefLinkRow.objects.order_by("pk").filter(pk__gt=1).update(expires_at=timezone.now())
    ClosedLinkRow.objects.all().delete()
    stranger = Client(headers={"accept-language": "en"})
    tried = [stranger.get(f"/read/guess{n}/").status_code for n in range(GUESSES)]
    assert set(tried) == {404}
    for closed in (late, "/read/guess/"):
        answer = stranger.get(closed)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "600")
        assert "Too many links were tried from here" in answer.content.decode()
    assert stranger.get(place).status_code == 200
    ClosedLinkRow.objects.all().delete()
    assert stranger.get(late).status_code == 404


def test_guesses_count_together_in_every_process_and_no_address_is_kept(
    manager: Client, issued: BriefRow, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = link(manager)
    for _ in range(GUESSES + 1):
        is_one_too_many("203.0.113.9")
    cache.clear()  # what one process remembers does not matter
    assert is_one_too_many("203.0.113.9") and not is_one_too_many("203.0.113.8")
    assert all("203.0" not in key for key in ClosedLinkRow.objects.values_list("address_hash"))
    with django_assert_num_queries(1):
        assert is_one_too_many("203.0.113.9")
    before = list(ClosedLinkRow.objects.order_by("pk").values())
    stranger = Client(REMOTE_ADDR="203.0.113.7")
    assert stranger.get(place).status_code == 200
    assert list(ClosedLinkRow.objects.order_by("pk").values()) == before


def test_after_ten_minutes_an_address_may_try_again(manager: Client) -> None:
    for _ in range(GUESSES + 1):
        is_one_too_many("203.0.113.9")
    ClosedLinkRow.objects.update(since=timezone.now() - timedelta(seconds=GUESSES_FOR + 1))
    assert not is_one_too_many("203.0.113.9")
    assert ClosedLinkRow.objects.get().tries == 1


@pytest.mark.parametrize("how", ["guessed", "expired", "revoked"])
def test_a_closed_link_takes_one_question_whatever_closed_it(
    manager: Client,
    issued: BriefRow,
    django_assert_num_queries: DjangoAssertNumQueries,
    how: str,
) -> None:
    token = link(manager).split("/")[2]
    now = timezone.now()
    if how == "expired":
        BriefLinkRow.objects.update(expires_at=now)
    elif how == "revoked":
        BriefLinkRow.objects.update(revoked_at=now)
    else:
        token = "guessed"
    with django_assert_num_queries(1):
        assert open_link(token) == Closed(CLOSED)


def test_a_link_lasts_a_year_at_most(manager: Client, issued: BriefRow) -> None:
    answer = manager.post(f"/{SLUG}/briefs/1/links/", {"days": "999"}, follow=True)
    assert "A link lasts from 1 to 366 days." in answer.content.decode()
    assert not BriefLinkRow.objects.exists()


def test_a_link_of_another_community_cannot_be_taken_back(
    manager: Client, issued: BriefRow
) -> None:
    link(manager)
    elsewhere = begin(Beginning("Elsewhere", slug="elsewhere"))
    BriefRow.objects.update(community=elsewhere)
    pk = BriefLinkRow.objects.get().pk
    assert manager.post(f"/{SLUG}/briefs/1/links/", {"revoke": str(pk)}).status_code == 404
    assert BriefLinkRow.objects.get().revoked_at is None


def test_nothing_changed_is_said_where_a_correction_is_asked_for(
    manager: Client, issued: BriefRow
) -> None:
    page = become(manager, "correct")
    assert "Being compared with today's numbers" in page
    assert 'value="correct"' not in page
    assert (do_next(), do_next()) == (True, False)
    assert "Every figure still says the same" in page_of(manager)


def test_a_draft_is_written_anew_by_the_worker_and_dropped(manager: Client) -> None:
    row = drafted(manager)
    said(manager, first_claim(row), en="Mine.")
    page = become(manager, "redraft")
    assert "Being written anew from today's numbers" in page
    assert ("Look again" in page, 'name="ja"' in page) == (True, False)
    assert do_next()
    page = page_of(manager)
    assert "Written anew from today's numbers; your sentences stayed." in page
    assert ("Mine." in page, 'name="ja"' in page) == (True, True)
    key = first_claim(row)
    seen = revision_of(BriefRow.objects.get(), key)
    assert "Mine again." in said(
        manager, key, ja="また書きました。", en="Mine again.", seen=str(seen)
    )
    assert "Written anew" not in page_of(manager)
    assert "The draft is gone." in become(manager, "drop")
    assert "Nothing was chosen to be done." not in page_of(manager, "")


def test_every_figure_is_listed_with_its_definition(manager: Client) -> None:
    drafted(manager, "monthly")
    page = page_of(manager, "1/figures/")
    assert ("Active members" in page, "/measures/active/" in page) == (True, True)
