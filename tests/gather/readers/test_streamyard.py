"""StreamYard's registrants: everybody is registered, and some watched it live."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jibungoto.gather.reader import Choices
from jibungoto.gather.readers import streamyard
from jibungoto.gather.readers.streamyard import StreamYardReader
from jibungoto.ledger.activity import AtPrecision
from jibungoto.ledger.initiative import Initiative, InitiativeKind
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.problems import Undecided
from tests.gather.made import Gathered
from tests.gather.with_reader import check_whatever_it_is, keys_of, read_files, recognised_by

STARTS = 1_776_592_800
EVENT = Initiative("youtube:abc", InitiativeKind.EVENT, "x", starts_at=STARTS)
CHOICES = Choices(event=EVENT)
TEXT = """email,firstName,lastName,status
an@example.com,An,Abe,attended live
bo@example.com,Bo,Baba,watched on-demand
,Cy,Chiba,live
dee@example.com,Dee,Doi,registered
"""


def read(text: str, tmp_path: Path, encoding: str = "utf-8") -> Gathered:
    return read_files(StreamYardReader(), {"r.csv": text.encode(encoding)}, tmp_path, CHOICES)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_everybody_is_registered_and_who_watched_live_attended(
    encoding: str, tmp_path: Path
) -> None:
    found = read(TEXT, tmp_path, encoding)
    who = {one.actor: one.name for one in found.handles}
    registered = found.of_kind(Kind.REGISTRATION)
    assert [who[a.actor or ""] for a in registered] == ["An Abe", "Bo Baba", "Cy Chiba", "Dee Doi"]
    assert {(a.happened_at, a.at_precision) for a in registered} == {
        (STARTS, AtPrecision.NOT_AFTER)
    }
    attended = found.of_kind(Kind.ATTENDANCE)
    assert [who[a.actor or ""] for a in attended] == ["An Abe", "Cy Chiba"]
    assert found.handle("name:cy chiba").is_name_only
    assert found.handle("email:an@example.com").email is None


def test_german_headings_and_another_order_read_alike(tmp_path: Path) -> None:
    german = "Status;Nachname;Vorname;Firma;E-Mail\nattended;Abe;An;Acme;an@example.com\n"
    found = read(german, tmp_path)
    assert found.handle("email:an@example.com").organisation == "Acme"
    assert len(found.of_kind(Kind.ATTENDANCE)) == 1


def test_a_broken_row_is_refused_alone(tmp_path: Path) -> None:
    found = read(TEXT + "e@example.com,E,E,dancing\r\n,,,live\r\n", tmp_path)
    assert [(one.place, one.reason) for one in found.refusals] == [
        ("r.csv, line 6", streamyard.BAD_STATUS),
        ("r.csv, line 7", streamyard.NOBODY),
    ]
    assert keys_of(found) == keys_of(read(TEXT, tmp_path / "again"))


def test_the_same_person_twice_counts_once(tmp_path: Path) -> None:
    found = read(TEXT + "AN@example.com,An,Abe,attended live\n", tmp_path)
    assert (found.read, len(found.counted), found.repeated) == (5, 4, 1)


def test_without_an_event_it_is_asked_which(tmp_path: Path) -> None:
    with pytest.raises(Undecided):
        read_files(StreamYardReader(), {"r.csv": TEXT.encode()}, tmp_path)


@pytest.mark.parametrize(
    "heading",
    ["guest_id,name,first_name,last_name,email,status", "email,name,status", "email,firstName"],
)
def test_other_lists_of_addresses_are_not_streamyards(heading: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"{heading}\n")
    assert not recognised_by(StreamYardReader(), tmp_path / "a.csv")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(TEXT) - 1), st.binary(max_size=4))
def test_whatever_is_done_to_a_list_the_sum_holds(
    tmp_path_factory: pytest.TempPathFactory, at: int, odd: bytes
) -> None:
    path = tmp_path_factory.mktemp("streamyard") / "r.csv"
    content = TEXT.encode()
    path.write_bytes(content[:at] + odd + content[at + 1 :])
    check_whatever_it_is(StreamYardReader(), path, CHOICES)


@pytest.mark.real_inputs
def test_the_headings_others_look_for_are_recognised(real_inputs: Path) -> None:
    name = "streamyard_registrants_header_observed_by_parsers.csv"
    assert recognised_by(StreamYardReader(), real_inputs / "formats" / "transcribed" / name)
