"""Names are found however they are written, and plain words are no names."""

from __future__ import annotations

import pytest

from jibungoto.explain.names_said import Named, likely, mentions_in

PEOPLE = [
    Named("佐藤 直子", ("Naoko Sato", "naoko_s", "サトウ ナオコ")),
    Named("石川 健", ("Ken Ishikawa",)),
    Named("Mark Young", ("markyoung",)),
    Named("髙橋圭介"),
    Named("Jun Watanabeの地図帳"),
]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It rose because of 佐藤 直子.", "佐藤 直子"),
        ("佐藤直子が始めた", "佐藤 直子"),
        ("佐藤さんのおかげ", "佐藤 直子"),
        ("佐藤氏が話した", "佐藤 直子"),
        ("佐藤が話した", "佐藤 直子"),
        ("直子さんが話した", "佐藤 直子"),
        ("サトウ ナオコが話した", "佐藤 直子"),
        ("Ms Sato spoke", "佐藤 直子"),
        ("Ms. SATO spoke", "佐藤 直子"),
        ("sato-san spoke", "佐藤 直子"),
        ("Sato Naoko spoke", "佐藤 直子"),
        ("we thank Sato for it", "佐藤 直子"),
        ("Naoko spoke", "佐藤 直子"),
        ("@naoko_s wrote it", "佐藤 直子"),
        ("naoko_s wrote it", "佐藤 直子"),
        ("石川さんが話した", "石川 健"),
        ("Mr Young spoke", "Mark Young"),
        ("Mark Young spoke", "Mark Young"),
        ("markyoung wrote it", "Mark Young"),
        ("髙橋さんが話した", "髙橋圭介"),
    ],
)
def test_a_person_is_found(text: str, name: str) -> None:
    assert [one.name for one in mentions_in(text, PEOPLE)] == [name]
    assert name in {one.name for one in likely(PEOPLE, text)}


@pytest.mark.parametrize(
    "text",
    [
        "石川県で3回開きました。",
        "石川で開きました。",
        "佐藤町で開きました。",
        "直子の字は使いません。"[1:],
        "Members mark a new young group.",
        "Young members asked 3 questions.",
        "Mark the day: 5 Dec.",
        "健康診断の話です。",
        "They satow nothing.",
        "As of 1 Jun 2026.",
    ],
)
def test_a_plain_word_is_nobody(text: str) -> None:
    assert mentions_in(text, PEOPLE) == ()


@pytest.mark.parametrize(
    ("name", "text", "is_told"),
    [
        ("John Smith", "johnsmith opened the map", True),
        ("John Smith", "It was smithjohn.", True),
        ("Ken O'Brien", "keno'brien said so", True),
        ("user_12", "as user_12 wrote", True),
        ("john mary", "12Mary said so", True),
        ("José García", "josé garcía came", True),
        ("Person 1052", "persons in 10 of 52 weeks", False),
        ("Mary Jones", "maryland and jonesborough", False),
    ],
)
def test_whoever_a_text_may_name_is_among_the_likely(name: str, text: str, is_told: bool) -> None:
    assert (likely([Named(name)], text) == [Named(name)]) is is_told


def test_very_many_people_who_share_a_name_are_told_apart() -> None:
    people = [Named(f"Person {number}", (f"person{number}",)) for number in range(1_000, 6_000)]
    text = "1,052 of 3,000 persons came, 4.1 per person and week; person4242 opened the map."
    found = mentions_in(text, likely(people, text))
    assert [(one.name, one.said) for one in found] == [("Person 4242", "person4242")]


def test_a_year_is_nobody_whose_name_has_a_number() -> None:
    guest = Named("Guest 2026")
    assert mentions_in("1 Jun 2026 – 30 Jun 2026", [guest]) == ()
    assert [one.said for one in mentions_in("We thank Guest 2026.", [guest])] == ["guest 2026"]
