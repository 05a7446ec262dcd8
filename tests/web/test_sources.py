"""Sources: what is dropped comes in, is accounted for, and can be taken out again."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.days import today_in
from jibungoto.desk.gather.carry_out import carry_out
from jibungoto.desk.gather.claim import next_claim
from jibungoto.desk.gather.undo import undo, undo_next
from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.desk.understand.refresh import refresh
from jibungoto.records.models import CommunityRow, IntakeRow, IntakeState, MembershipRow
from jibungoto.web.pages.sources import age
from tests.gather.slack_made import AN, BO, export, said

SOURCES = "/yamabiko/sources/"
HOSTILE = "<img src=x onerror=alert(1)>.zip"


def zipped(records: list[object]) -> bytes:
    """Return a small Slack export as a ZIP, with one record that has no time."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in export(records).items():
            archive.writestr(name, json.dumps(content))
    return held.getvalue()


RECORDS: list[object] = [said(AN, 10), said(BO, 20), {"type": "message", "user": AN, "text": "x"}]


def dropped(client: Client, content: bytes, name: str = "export.zip") -> str:
    answer = client.post(SOURCES, {"export": SimpleUploadedFile(name, content)}, follow=True)
    assert answer.redirect_chain == [(SOURCES, 302)]
    return answer.content.decode()


def shown(client: Client, address: str = SOURCES) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def read_all() -> IntakeRow:
    """Do what the worker does, and return the last intake it carried out."""
    last: IntakeRow | None = None
    while (claim := next_claim()) is not None:
        last = carry_out(claim)
    assert last is not None
    return last


def told(page: str) -> str:
    """Return the words of a page without its tags."""
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


@pytest.fixture(autouse=True)
def no_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the heartbeat's own connection off tables that the test's transaction holds."""
    monkeypatch.setattr("jibungoto.desk.gather.claim._TELL_EVERY", 600)


@pytest.fixture
def empty(manager: Client) -> Client:
    """Return the manager's browser in a community of their own that nothing came into."""
    member = MembershipRow.objects.get()
    MembershipRow.objects.create(
        user=member.user, community=begin(Beginning("空", slug="empty")), role=member.role
    )
    return manager


def test_an_empty_community_is_told_the_one_next_step(empty: Client) -> None:
    page = shown(empty, "/empty/sources/")
    assert "Drop your first files to begin" in page
    assert "Kept: who, when, where, how long. Not kept: the text." in page
    assert "Files that came in" not in page and "hx-trigger" not in page


def test_a_dropped_file_waits_is_read_and_is_accounted_for(manager: Client) -> None:
    page = dropped(manager, zipped(RECORDS))
    assert "Received: export.zip" in page and "export.zip waits its turn" in page
    intake = read_all()
    assert (intake.state, intake.new, intake.refused) == ("in", intake.read - 1, 1)
    page = shown(manager, f"{SOURCES}{intake.number}/")
    row = r"{} <span class=\"quiet\">[^<]+</span></th><td class=\"number\">(\d+)</td>"
    classes = ["New", "Updated", "Unchanged", "Repeated", "Left out", "Not readable"]
    found = [re.search(row.format(name), page) for name in classes]
    counts = [int(one[1]) for one in found if one]
    total = re.search(r"Read in all</strong></th><td class=\"number\"><strong>(\d+)<", page)
    assert total and len(counts) == 6
    assert sum(counts) == int(total[1]) == intake.read


def test_several_files_at_once_are_an_intake_each(manager: Client) -> None:
    assert re.search(r'<input type="file" id="drop-export"[^>]* multiple ', shown(manager))
    files = [SimpleUploadedFile(name, zipped(RECORDS)) for name in ("a.zip", "b.zip")]
    page = manager.post(SOURCES, {"export": files}, follow=True).content.decode()
    assert "Received: a.zip" in page and "Received: b.zip" in page
    assert list(IntakeRow.objects.order_by("-pk").values_list("name", flat=True)[:2]) == [
        "b.zip",
        "a.zip",
    ]


def test_what_could_not_be_read_is_listed_with_place_and_reason(manager: Client) -> None:
    dropped(manager, zipped(RECORDS))
    intake = read_all()
    address = f"{SOURCES}{intake.number}/"
    refusal = intake.refusals.get()
    page = shown(manager, address)
    assert f"<code>{refusal.place}</code>" in page and refusal.reason_en in page
    whole = b"".join(manager.get(f"{address}?as=csv").streaming_content)  # type: ignore[attr-defined]  # it streams
    rows = list(csv.reader(io.StringIO(whole.decode("utf-8-sig"))))
    assert rows[1:] == [["Not readable", refusal.place, refusal.reason_en, "1"]]
    assert manager.get(f"{address}?as=html").status_code == 404
    manager.defaults["HTTP_ACCEPT_LANGUAGE"] = "ja"
    file, _, number = refusal.place.partition(", record ")
    assert f"<code>{file}、{number} 件目</code>" in shown(manager, address)
    whole = b"".join(manager.get(f"{address}?as=csv").streaming_content)  # type: ignore[attr-defined]  # it streams
    assert f"{file}、{number} 件目," in whole.decode("utf-8-sig")


def test_a_second_delivery_of_the_same_content_says_that_it_is_in_already(manager: Client) -> None:
    content = zipped(RECORDS)
    dropped(manager, content, "first.zip")
    first = read_all()
    dropped(manager, content, "second.zip")
    second = read_all()
    assert second.same_as == first
    page = shown(manager, f"{SOURCES}{second.number}/")
    assert "This content is in already" in page
    assert "It is the same as “first.zip”" in page
    assert first.refusals.get().place in page
    assert "in already" in shown(manager)


def test_what_is_no_export_is_refused_with_the_next_step(manager: Client) -> None:
    dropped(manager, b"not a zip", "notes.zip")
    intake = read_all()
    page = shown(manager, f"{SOURCES}{intake.number}/")
    assert intake.state == IntakeState.REFUSED
    assert "This file could not be brought in" in page
    assert told(page).count(" ".join(intake.problem_en.split())) == 1
    assert "Take it out again" not in page


def test_no_file_is_a_message_and_no_intake(manager: Client) -> None:
    before = IntakeRow.objects.count()
    page = manager.post(SOURCES, {}, follow=True).content.decode()
    assert "No file came along" in page
    assert IntakeRow.objects.count() == before


def test_the_name_of_a_file_stays_a_name(manager: Client) -> None:
    page = dropped(manager, zipped(RECORDS), HOSTILE)
    intake = read_all()
    assert "<img" not in page
    assert "<img" not in shown(manager, f"{SOURCES}{intake.number}/")
    assert "<img" not in shown(manager, f"{SOURCES}{intake.number}/undo/")
    assert "onerror" in intake.name


class Flow:
    """The body of an upload that is made while it is read."""

    def __init__(self, size: int) -> None:
        self._ends = [b"--edge--\r\n", b"\r\n"]
        self._head = (
            b'--edge\r\nContent-Disposition: form-data; name="export"; filename="big.zip"\r\n'
            b"Content-Type: application/zip\r\n\r\n"
        )
        self.left = size
        self.length = len(self._head) + size + sum(map(len, self._ends))

    def read(self, most: int = 65_536) -> bytes:
        if self._head:
            piece, self._head = self._head, b""
        elif self.left:
            piece = bytes(min(most, self.left))
            self.left -= len(piece)
        else:
            piece = self._ends.pop() if self._ends else b""
        return piece

    readline = read


def test_a_large_file_never_sits_in_memory(manager: Client) -> None:
    size = 48_000_000
    flow = Flow(size)
    tracemalloc.start()
    answer = manager.request(
        PATH_INFO=SOURCES,
        REQUEST_METHOD="POST",
        CONTENT_TYPE="multipart/form-data; boundary=edge",
        CONTENT_LENGTH=str(flow.length),
        **{"wsgi.input": flow},
    )
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.status_code == 302
    kept = Path(IntakeRow.objects.order_by("-pk")[0].path)
    assert kept.stat().st_size == size
    assert peak < size / 4
    shutil.rmtree(kept.parent)


def test_the_page_asks_again_while_something_is_read_and_then_no_more(
    manager: Client, community: CommunityRow
) -> None:
    dropped(manager, zipped(RECORDS))
    intake = IntakeRow.objects.order_by("-pk")[0]
    IntakeRow.objects.filter(pk=intake.pk).update(
        state=IntakeState.READING,
        entries_done=64,
        entries_total=164,
        read=1_382,
        heartbeat_at=timezone.now(),
    )
    fragment = shown(manager, f"{SOURCES}progress/")
    assert "64 of 164 files, 1,382 records" in fragment
    assert 'hx-trigger="every 2s"' in fragment and "Look again" in fragment
    assert "<html" not in fragment
    IntakeRow.objects.filter(pk=intake.pk).update(state=IntakeState.WAITING)
    read_all()
    assert "Working out who stands where" in shown(manager, f"{SOURCES}progress/")
    refresh(community)
    done = manager.get(f"{SOURCES}progress/", headers={"hx-request": "true"}).content.decode()
    assert "hx-trigger" not in done
    assert "Everything that was handed in has been read" in done
    assert "Everything that was handed in has been read" not in shown(manager)


def test_taking_out_is_asked_once_more_and_takes_a_post(manager: Client) -> None:
    dropped(manager, zipped(RECORDS))
    number = read_all().number
    address = f"{SOURCES}{number}/undo/"
    assert "Take “export.zip” out again?" in shown(manager, address)
    assert IntakeRow.objects.get(number=number).state == IntakeState.IN
    page = manager.post(address, follow=True).content.decode()
    assert "Being taken out: export.zip" in page
    assert "Taking out export.zip" in page
    assert "being taken out again" in shown(manager, f"{SOURCES}{number}/")
    assert undo_next()
    assert IntakeRow.objects.get(number=number).state == IntakeState.UNDONE
    assert "This file was taken out again" in shown(manager, f"{SOURCES}{number}/")


def test_taking_out_twice_says_why_not(manager: Client, acting: Acting) -> None:
    dropped(manager, zipped(RECORDS))
    number = read_all().number
    undo(acting, number)
    page = manager.post(f"{SOURCES}{number}/undo/", follow=True).content.decode()
    assert f"Intake {number} cannot be undone now." in page
    answer = manager.get(f"{SOURCES}{number}/undo/")
    assert answer.headers["Location"] == f"{SOURCES}{number}/"


def test_a_number_that_is_not_here_is_no_page(manager: Client) -> None:
    assert manager.get(f"{SOURCES}999/").status_code == 404
    assert manager.post(f"{SOURCES}999/undo/").status_code == 404


def test_another_communitys_intake_is_no_page(empty: Client) -> None:
    assert empty.get(f"{SOURCES}1/").status_code == 200
    assert empty.get("/empty/sources/1/").status_code == 404


def test_how_far_the_records_reach_is_said_in_words(manager: Client) -> None:
    page = told(shown(manager))
    assert "Slack" in page and "It can tell: whom a reply answers" in page
    assert age(date(2026, 6, 30), today_in(administrator(CommunityRow.objects.get()))) in page


@pytest.mark.parametrize(
    ("day", "japanese", "english"),
    [
        (date(2026, 10, 21), "1か月前", "1 month ago"),
        (date(2026, 10, 30), "1か月前", "1 month ago"),
        (date(2026, 8, 23), "2か月前", "2 months ago"),
        (date(2025, 11, 23), "11か月前", "11 months ago"),
        (date(2025, 11, 22), "1年前", "1 year ago"),
        (date(2016, 11, 22), "10年前", "10 years ago"),
    ],
    ids=str,
)
def test_how_old_records_are_is_said_by_size(day: date, japanese: str, english: str) -> None:
    for language, words in (("ja", japanese), ("en", english)):
        with translation.override(language):
            assert age(day, date(2026, 11, 22)) == words


def test_records_of_ten_years_ago_say_so(manager: Client) -> None:
    today = timezone.localdate()
    long_ago = today.replace(year=today.year - 10, day=1)
    IntakeRow.objects.update(first_day=long_ago, last_day=long_ago, covered_until=long_ago)
    assert "10 years ago" in told(shown(manager))


@pytest.mark.parametrize("kind", ["", "progress/"], ids=["page", "fragment"])
def test_the_moment_of_an_intake_is_written_on_the_clock_of_the_community(
    manager: Client, kind: str
) -> None:
    IntakeRow.objects.update(asked_at=datetime(2026, 11, 21, 16, 49, tzinfo=UTC))
    assert "22 November 2026 01:49" in told(shown(manager, SOURCES + kind))
    assert "22 November 2026 01:49" in told(shown(manager, f"{SOURCES}1/"))


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", [SOURCES, f"{SOURCES}progress/"])
def test_three_files_cost_no_more_queries_than_one(manager: Client, address: str) -> None:
    before = queries(manager, address)
    for name in ("a.zip", "b.zip"):
        dropped(manager, zipped([*RECORDS, said(AN, len(name))]), name)
        read_all()
    assert IntakeRow.objects.count() == 3
    assert queries(manager, address) <= before


def test_three_places_cost_no_more_queries_than_one(manager: Client) -> None:
    dropped(manager, zipped(RECORDS))
    one = queries(manager, f"{SOURCES}{read_all().number}/")
    wrong: list[object] = [{"type": "message", "user": AN, "text": str(at)} for at in range(3)]
    dropped(manager, zipped([*RECORDS[:2], *wrong]))
    assert queries(manager, f"{SOURCES}{read_all().number}/") == one


def test_a_list_of_headings_alone_adds_no_source(manager: Client) -> None:
    head = "guest_id,name,first_name,last_name,email,created_at,approval_status,checked_in_at"
    dropped(manager, f"{head},qr_code_url,ticket_type_id,ticket_name\n".encode(), "guests.csv")
    assert (read_all().state, reaching(manager)) == ("in", ["Slack"])


def test_a_source_of_head_counts_says_until_when_it_reaches(manager: Client) -> None:
    count = "event,viewers\nSpring 2016-05-20 19:00,12\n"
    dropped(manager, count.encode(), "counts.csv")
    intake = read_all()
    assert (intake.state, intake.read, intake.first_day) == ("in", 1, None)
    assert "Head counts" in reaching(manager)
    page = told(shown(manager))
    assert "– – –" not in page and "– up to date" not in page


def reaching(client: Client) -> list[str]:
    """Return the sources whose reach the page tells."""
    page = shown(client)
    return re.findall(r'<p class="source-line"><strong>([^<]+)</strong>', page)
