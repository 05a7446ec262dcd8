"""A mailing list's archive: topics, answers, and what Python's own reader breaks on."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from email.header import Header
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jibungoto.gather.readers import mbox
from jibungoto.gather.readers.mbox import MboxReader
from jibungoto.gather.text import digest63
from jibungoto.ledger.activity import AtPrecision, TieKind
from jibungoto.ledger.kinds import Kind
from tests.gather.made import Gathered, concealed
from tests.gather.with_reader import check_whatever_it_is, keys_of, read_files, recognised_by


def at(minute: int) -> int:
    return int(datetime(2019, 3, 5, 1, minute, tzinfo=UTC).timestamp())


def mail(number: int, body: str | bytes = "hello", **headers: str | bytes | None) -> bytes:
    """Return one mail; a header that is None is left out, ``_`` in a name stands for ``-``."""
    told: dict[str, str | bytes | None] = {
        "From": f"P{number} <p{number}@example.com>",
        "Date": f"Tue, 5 Mar 2019 10:{number:02d}:00 +0900",
        "Subject": "[kochi] spring",
        "Message-ID": f"<m{number}@example.com>",
        "List-Id": "Kochi <kochi.example.org>",
    }
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"From p{number}@example.com Tue Mar  5 10:{number:02d}:00 2019".encode()]
    for name, value in told.items():
        if value is not None:
            lines.append(name.encode() + b": " + as_bytes(value))
    return b"\n".join([*lines, b"", as_bytes(body), b"", b""])


def as_bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def key(number: int) -> str:
    return f"{digest63(f'm{number}@example.com'.encode()):016x}"


def read(tmp_path: Path, *mails: bytes, **files: bytes) -> Gathered:
    return read_files(MboxReader(), {"2019-March.mbox": b"".join(mails), **files}, tmp_path)


def test_a_topic_and_its_answers_are_tied_whatever_their_order(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        mail(3, In_Reply_To="<m2@example.com>", References="<m1@example.com>\n <m2@example.com>"),
        mail(2, In_Reply_To="Your message of Monday <m1@example.com>"),
        mail(1),
    )
    (topic,) = found.of_kind(Kind.TOPIC)
    assert (topic.key, topic.thread, topic.in_reply_to) == (key(1), key(1), None)
    assert (topic.happened_at, topic.at_precision) == (at(1), AtPrecision.EXACT)
    assert topic.place == "kochi.example.org"
    replies = {a.key: (a.thread, a.in_reply_to) for a in found.of_kind(Kind.REPLY)}
    assert replies == {key(2): (key(1), key(1)), key(3): (key(1), key(2))}
    p1, p2, p3 = (f"email:p{number}@example.com" for number in (1, 2, 3))
    assert found.tied(TieKind.REPLY) == [(p3, p2), (p2, p1)]
    assert found.reading.can_tell.replies and found.reading.can_tell.threads
    assert not found.reading.can_tell.emails
    assert [one.key for one in found.initiatives] == ["mbox:kochi.example.org"]


def test_an_answer_to_a_mail_from_another_month_waits_for_it(tmp_path: Path) -> None:
    found = read(tmp_path, mail(5, References="<old@x> <m1@example.com>"))
    (reply,) = found.of_kind(Kind.REPLY)
    assert (reply.thread, reply.in_reply_to) == (f"{digest63(b'old@x'):016x}", key(1))
    assert found.tied(TieKind.REPLY) == [("email:p5@example.com", None)]


def test_an_answer_to_oneself_makes_no_tie_and_a_ring_ends(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        mail(1, In_Reply_To="<m2@example.com>"),
        mail(2, In_Reply_To="<m1@example.com>", From="p1@example.com"),
    )
    assert len(found.of_kind(Kind.REPLY)) == 2
    assert found.ties == []


def test_re_without_an_id_is_neither_a_topic_nor_an_answer(tmp_path: Path) -> None:
    found = read(tmp_path, mail(1, Subject="[kochi] Re: spring"), mail(2, Subject="Re[2]: a"))
    assert [(a.kind, a.thread) for a in found.activities] == [(Kind.MESSAGE, None)] * 2


def test_from_lines_that_nobody_escaped_begin_no_mail(tmp_path: Path) -> None:
    body = (
        "hello\n\nFrom now on we meet on Tuesdays at 10:30, since 2019\nsee you\n\n"
        "From me Tue Mar 5 10:00:00 2019\n\nthat was a date and no header below it\n"
    )
    found = read(tmp_path, mail(1, body), mail(2))
    assert (found.read, len(found.of_kind(Kind.TOPIC))) == (2, 2)
    assert found.of_kind(Kind.TOPIC)[0].length == len(body.strip())


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("iso-2022-jp", "iso2022_jp"),
        ("shift_jis", "cp932"),
        ("euc-jp", "euc_jp"),
        ("utf-8", "utf-8"),
        ("us-ascii", "utf-8"),
        ("utf-8", "cp932"),
        ("unheard-of", "iso2022_jp"),
    ],
    ids=str,
)
def test_japanese_is_read_whatever_is_stated(charset: str, codec: str, tmp_path: Path) -> None:
    text, name = "これは質問ですか？", "佐藤 花子"
    found = read(
        tmp_path,
        mail(
            1,
            text.encode(codec),
            From=name.encode(codec) + b" <hanako@example.jp>",
            Content_Type=f'text/plain; charset="{charset}"',
        ),
    )
    (topic,) = found.of_kind(Kind.TOPIC)
    assert (topic.length, topic.is_question) == (len(text), True)
    assert found.handle("email:hanako@example.jp").name == name


def test_encoded_names_are_decoded(tmp_path: Path) -> None:
    written = Header("佐藤 花子", "iso-2022-jp").encode()
    found = read(tmp_path, mail(1, From=f"{written} <hanako@example.jp>"))
    assert found.handle("email:hanako@example.jp").name == "佐藤 花子"
    assert found.handle("email:hanako@example.jp").typed_email == "hanako@example.jp"
    assert found.handle("email:hanako@example.jp").email is None


def test_only_ones_own_words_are_measured(tmp_path: Path) -> None:
    body = "On Monday An wrote:\n> is this right?\n> yes\nmine\n-- \nAn, Example Inc.\n"
    found = read(tmp_path, mail(1, body))
    assert found.activities[0].length == len("On Monday An wrote:\nmine")
    assert found.activities[0].is_question is False


def test_nested_parts_are_walked_to_the_text(tmp_path: Path) -> None:
    attached = base64.b64encode("ですか？".encode()).decode()
    body = (
        "--a\nContent-Type: multipart/alternative; boundary=b\n\n"
        "--b\nContent-Type: text/html\n\n<p>no</p>\n"
        "--b\nContent-Type: text/plain\n\nplain words\n--b--\n"
        "--a\nContent-Type: text/plain\nContent-Disposition: attachment\n"
        f"Content-Transfer-Encoding: base64\n\n{attached}\n--a--\n"
    )
    kind = "multipart/mixed; boundary=a"
    found = read(tmp_path, mail(1, body, Content_Type=kind))
    assert found.activities[0].length == len("plain words")
    html = "<style>p{}</style><p>only&nbsp;html</p>"
    found = read(tmp_path / "html", mail(1, html, Content_Type="text/html"))
    assert found.activities[0].length == len("only html")


def test_lists_that_write_in_their_members_place_hide_nobody(tmp_path: Path) -> None:
    via = "'Hanako Sato' via Kochi <kochi@example.org>"
    found = read(
        tmp_path,
        mail(1, From=via, X_Original_From="Hanako Sato <hanako@example.jp>"),
        mail(2, From=via, Reply_To="taro@example.jp"),
        mail(3, From=via, Reply_To="kochi@example.org", List_Post="<mailto:kochi@example.org>"),
    )
    assert [a.actor for a in found.activities] == [
        concealed("email:hanako@example.jp"),
        concealed("email:taro@example.jp"),
        concealed("name:hanako sato"),
    ]


def test_mailmans_monthly_texts_are_read(tmp_path: Path) -> None:
    text = (
        b"From hanako at example.jp  Tue Mar  5 10:01:00 2019\n"
        b"From: hanako at example.jp (Hanako Sato)\n"
        b"Date: Tue, 5 Mar 2019 10:01:00 +0900\nSubject: [kochi] spring\n"
        b"Message-ID: <m1@example.com>\n\nhello\n"
    )
    found = read_files(MboxReader(), {"kochi/2019-March.txt": text}, tmp_path)
    assert found.handle("email:hanako@example.jp").name == "Hanako Sato"
    assert found.activities[0].place == "name:kochi"


def test_private_and_automatic_mail_stays_out(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        mail(1, X_Gmail_Labels="Inbox"),
        mail(2, X_Gmail_Labels="Inbox", List_Id=None),
        mail(3, Auto_Submitted="auto-replied"),
    )
    assert [a.key for a in found.activities] == [key(1)]
    assert {one.reason: one.records for one in found.left_out} == {
        mbox.PRIVATE: 1,
        mbox.AUTOMATIC: 1,
    }
    assert len(found.handles) == 1


def test_a_broken_mail_is_refused_alone(tmp_path: Path) -> None:
    nameless = b"From x@example.com Tue Mar  5 10:00:00 2019\nX-Only: 1\n\nhello\n\n"
    found = read(tmp_path, mail(1), nameless, mail(2, From=None), mail(3))
    assert [(one.place, one.reason) for one in found.refusals] == [
        ("2019-March.mbox, line 10", mbox.NO_AUTHOR),
        ("2019-March.mbox, line 15", mbox.NO_AUTHOR),
    ]
    assert len(found.activities) == 2


def test_a_mail_without_date_or_id_is_placed_by_what_else_it_says(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        mail(1, Date="Someday", Received="from a by b; Tue, 5 Mar 2019 10:09:00 +0900"),
        mail(2, Date=None),
        mail(3, Message_ID=None),
    )
    assert [(a.happened_at, a.at_precision, a.filed_at) for a in found.activities] == [
        (at(9), AtPrecision.NOT_AFTER, 0),
        (int(datetime(2019, 3, 5, 10, 2, tzinfo=UTC).timestamp()), AtPrecision.NOT_AFTER, 0),
        (at(3), AtPrecision.EXACT, None),
    ]
    assert keys_of(found) == keys_of(
        read(
            tmp_path / "again",
            mail(3, Message_ID=None),
            mail(1, Date="Someday", Received="from a by b; Tue, 5 Mar 2019 10:09:00 +0900"),
            mail(2, Date=None),
        )
    )


def test_the_same_mail_in_two_archives_is_a_second_copy(tmp_path: Path) -> None:
    found = read(tmp_path, mail(1), mail(2), **{"b.mbox": mail(1), "readme.md": b"hello"})
    assert (found.read, len(found.counted), found.repeated) == (4, 2, 1)
    assert [one.reason for one in found.left_out] == [mbox.NOT_AN_MBOX]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_line_ends_make_no_difference(end: bytes, tmp_path: Path) -> None:
    found = read(tmp_path, mail(1).replace(b"\n", end), mail(2))
    assert keys_of(found) == keys_of(read(tmp_path / "plain", mail(1), mail(2)))


def test_senders_that_are_machines_are_proposed_as_bots(tmp_path: Path) -> None:
    found = read(tmp_path, mail(1, From="CI <noreply@example.com>"), mail(2))
    assert [one.is_bot for one in found.handles] == [True, False]


@pytest.mark.parametrize("content", [b"From here on\nall is well\n", b"", b"Hello\n", b"From x\n"])
def test_other_texts_are_no_archives(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    assert not recognised_by(MboxReader(), tmp_path / "a.txt")


WHOLE = b"".join(
    [
        mail(1),
        mail(2, "こんにちは".encode("iso2022_jp"), References="<m1@example.com>"),
        mail(
            3, "--a\n\nx\n--a--", Content_Type="multipart/mixed; boundary=a", In_Reply_To="<m2@x>"
        ),
        mail(
            4, Subject=b"=?iso-2022-jp?B?GyRC?= \xe3\x81", Content_Type=b"text/plain; charset=\xff"
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_is_done_to_an_archive_the_sum_holds(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        spot = data.draw(st.integers(0, len(content) - 1))
        odd = st.binary(max_size=3) | st.sampled_from([b"=?x?b?", b"\n", b"\x1b$B", b"From ", b'"'])
        content[spot : spot + 1] = data.draw(odd)
    path = tmp_path_factory.mktemp("mbox") / "a.mbox"
    path.write_bytes(bytes(content))
    check_whatever_it_is(MboxReader(), path)
