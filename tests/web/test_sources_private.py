"""Private channels: chosen by name on the page of a file, and only those a person chose."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from importlib import import_module
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import jibungoto
from jibungoto.desk.gather.shut import CHOOSABLE
from jibungoto.records.models import AuditRow, CommunityRow, IntakeRow
from tests.gather.slack_made import AN, BO, CY, DAY, channel, export, said
from tests.web.test_sources import SOURCES, dropped, no_heartbeat, read_all, shown, told

__all__ = ["no_heartbeat"]

FILES = export(
    [said(AN, 10)],
    **{
        "groups.json": [channel("G0CORE", "core", 0), channel("G0MONEY", "お金", 0)],
        "dms.json": [{"id": "D0SECRET", "members": [AN, BO]}],
        f"core/{DAY}": [said(BO, 20), said(CY, 21)],
        f"お金/{DAY}": [said(CY, 30)],
        f"D0SECRET/{DAY}": [said(AN, 40)],
    },
)


def zipped() -> bytes:
    """Return an export with two private channels and a direct message."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in FILES.items():
            archive.writestr(
                zipfile.ZipInfo(name), json.dumps(content)
            )  # of no time: the same twice
    return held.getvalue()


def offered(page: str) -> list[str]:
    """Return the channels a page offers to read."""
    return re.findall(r'name="place" value="([^"]*)"', page)


def chosen(client: Client, number: int, places: list[str], *, again: bytes | None = None) -> str:
    """Choose channels on the page of a file, with the file once more where it is given."""
    sent: dict[str, object] = {"place": places}
    if again is not None:
        sent["again"] = SimpleUploadedFile("again.zip", again)
    answer = client.post(f"{SOURCES}{number}/private/", sent, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_private_channels_that_stayed_shut_are_offered_by_name(manager: Client) -> None:
    dropped(manager, zipped())
    page = shown(manager, f"{SOURCES}{read_all().number}/")
    assert offered(page) == ["core", "お金"]
    words = told(page)
    assert "Read one only if the people in it agree" in words
    assert "Direct messages are never read, whatever is chosen." in words
    assert "checked" not in page.split('id="private"')[1].split("</section>")[0]


def test_what_is_chosen_is_read_with_the_file_dropped_again(manager: Client) -> None:
    dropped(manager, zipped())
    first = read_all()
    assert 'name="again"' in shown(manager, f"{SOURCES}{first.number}/")
    page = chosen(manager, first.number, ["core"], again=zipped())
    assert "again.zip is read once more, with 1 private channel." in page
    second = read_all()
    assert (second.state, second.new, second.private_places) == ("in", 2, ["core"])
    assert {row.place for row in second.leavings.all()} == {"お金", "D0SECRET"}
    assert offered(shown(manager, f"{SOURCES}{second.number}/")) == ["お金"]
    assert offered(shown(manager, f"{SOURCES}{first.number}/")) == ["お金"]


def test_choosing_another_one_later_keeps_the_first_open(manager: Client) -> None:
    dropped(manager, zipped())
    chosen(manager, read_all().number, ["core"], again=zipped())
    chosen(manager, read_all().number, ["お金"], again=zipped())
    third = read_all()
    assert (third.new, third.private_places) == (1, ["core", "お金"])
    assert offered(shown(manager, f"{SOURCES}{third.number}/")) == []


def test_a_file_that_was_kept_need_not_be_dropped_again(
    manager: Client, community: CommunityRow
) -> None:
    CommunityRow.objects.filter(pk=community.pk).update(keeps_uploads=True)
    dropped(manager, zipped())
    first = read_all()
    assert Path(first.path).exists()
    assert 'name="again"' not in shown(manager, f"{SOURCES}{first.number}/")
    chosen(manager, first.number, ["お金"])
    second = read_all()
    assert (second.name, second.new, second.path) == ("export.zip", 1, first.path)
    assert AuditRow.objects.filter(verb="bring_in", about="export.zip").count() == 2
    shutil.rmtree(Path(first.path).parent)


def test_without_the_file_the_page_asks_for_it_and_nothing_is_queued(manager: Client) -> None:
    dropped(manager, zipped())
    number = read_all().number
    page = told(chosen(manager, number, ["core"]))
    assert "This file was deleted once it had come in. Hand the same file in once more" in page
    assert IntakeRow.objects.filter(number__gt=number).count() == 0


@pytest.mark.parametrize("places", [[], ["general"], ["D0SECRET"], ["core", "nowhere"]], ids=str)
def test_only_private_channels_of_this_file_can_be_chosen(
    manager: Client, places: list[str]
) -> None:
    dropped(manager, zipped())
    number = read_all().number
    assert "No channel to read was chosen." in chosen(manager, number, places, again=zipped())
    assert IntakeRow.objects.filter(number__gt=number).count() == 0


def test_a_newer_file_has_what_was_chosen_before_ticked(manager: Client) -> None:
    dropped(manager, zipped())
    chosen(manager, read_all().number, ["core"], again=zipped())
    read_all()
    FILES[f"general/{DAY}"].append(said(AN, 50))
    dropped(manager, zipped(), "newer.zip")
    FILES[f"general/{DAY}"].pop()
    page = shown(manager, f"{SOURCES}{read_all().number}/")
    ticked = re.findall(r'name="place" value="([^"]*)" checked', page)
    assert (offered(page), ticked) == (["core", "お金"], ["core"])
    assert page.count("chosen in another file") == 1


def test_every_readers_reason_for_a_shut_place_is_known() -> None:
    readers = Path(jibungoto.__file__).parent / "gather" / "readers"
    modules = [
        import_module(f"jibungoto.gather.readers.{p.stem}") for p in readers.glob("*_words.py")
    ]
    reasons = [one.PRIVATE.en for one in modules if hasattr(one, "PRIVATE")]
    assert reasons and [one for one in reasons if not one.endswith(CHOOSABLE)] == []


def test_what_was_taken_out_offers_nothing(manager: Client) -> None:
    dropped(manager, zipped())
    number = read_all().number
    IntakeRow.objects.filter(number=number).update(state="undone")
    assert 'id="private"' not in shown(manager, f"{SOURCES}{number}/")
    assert "No channel to read was chosen." in chosen(manager, number, ["core"], again=zipped())


def test_a_file_of_another_community_is_no_page(manager: Client) -> None:
    assert manager.post(f"{SOURCES}999/private/", {"place": "core"}).status_code == 404
    assert manager.get(f"{SOURCES}1/private/").status_code == 405
