"""The letter that goes along with a brief: one subject line, graded sentences, one link."""

from __future__ import annotations

from datetime import date

import pytest

from jibungoto.explain.briefs.letter import MOST_LINES, letter_of, with_sum
from jibungoto.explain.claims import Claim, Grade
from jibungoto.explain.document import Document, Section
from jibungoto.ledger.words import Words

SINCE = date(2026, 11, 15)
LINK = "https://community.example/read/abc/"


def document(*claims: Claim, community: str = "やまびこ") -> Document:
    return Document(
        title=Words("週次の3行", "Three lines of the week"),
        subtitle=Words("上司へ: 何が起きましたか。", "For the boss: what happened?"),
        community=community,
        as_of=date(2026, 11, 21),
        sections=(Section(Words("今週", "This week"), claims=claims),),
    )


def test_a_letter_reads_from_top_to_bottom() -> None:
    claim = Claim(Words("12人が来ました。", "12 people came."), Grade.E1)
    letter = letter_of(document(claim), since=SINCE, language="en", link=LINK, until="2026-12-22")
    assert letter.body.splitlines()[:6] == [
        "For the boss: what happened?",
        "",
        "- 12 people came. [E1]",
        "",
        "Read it whole (until 2026-12-22)",
        LINK,
    ]


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("ja", "やまびこ: 週次の3行(2026年11月15日〜2026年11月21日)"),
        ("en", "やまびこ: Three lines of the week, 15 Nov 2026 to 21 Nov 2026"),
    ],
)
def test_its_subject_says_which_community_which_kind_and_which_days(
    language: str, subject: str
) -> None:
    letter = letter_of(document(), since=SINCE, language=language, link=LINK, until="2026-12-22")
    assert letter.subject == subject


@pytest.mark.parametrize("language", ["ja", "en"])
def test_nothing_in_it_can_begin_another_header(language: str) -> None:
    hostile = "X\r\nBcc: all@example.com\x00\u202e"
    claim = Claim(Words(hostile, hostile), Grade.E0)
    made = document(claim, community=hostile)
    letter = letter_of(made, since=SINCE, language=language, link=LINK, until="2026-12-22")
    assert letter.subject.splitlines() == [letter.subject]
    assert [line for line in letter.body.splitlines() if line.startswith("Bcc")] == []
    assert not set("\r\x00\u202e") & set(letter.subject + letter.body)


def test_a_long_brief_sends_its_first_sentences() -> None:
    claims = [Claim(Words(f"その{n}。", f"No. {n}."), Grade.E1) for n in range(20)]
    letter = letter_of(document(*claims), since=SINCE, language="ja", link=LINK, until="2026-12-22")
    lines = [line for line in letter.body.splitlines() if line.startswith("- ")]
    assert lines == [f"- その{n}。 [E1]" for n in range(MOST_LINES)]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_ends_with_the_sum_of_what_was_issued(language: str) -> None:
    letter = letter_of(document(), since=SINCE, language=language, link=LINK, until="2026-12-22")
    told = with_sum(letter, "ab12" * 16, language=language)
    assert told.body.endswith("\n" + "ab12" * 16) and told.subject == letter.subject
    assert "jibungoto verify --sum" in told.body
