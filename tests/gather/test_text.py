"""What is kept of a text: its length, whether it asks, its links' hosts, and a digest."""

from __future__ import annotations

import re
import sys
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jibungoto.gather import text as module
from jibungoto.gather.signs import STABLE, WIDE
from jibungoto.gather.text import digest63, facts_of, kept_of, kept_of_all, normalised

HTTPS = "https://"
LONG = (
    "この文章は、同じ内容かどうかを見分けるために使われる、"
    "五十文字を超える長さの文章です。ほかの場所にも書きます。"
)


@pytest.mark.parametrize(
    "text",
    [
        "Right?",
        "いいですか",
        "いいですか。",
        "ありますか\nよろしくお願いします",
        "どうでしょうか！",
        "これでいいのか。そう思う",
        "本当？そうなんだ",
        "場所はどこでしょうか…？",
        "来られますか :pray:",
        "「行けますか」",
        "ok? <https://example.com|link>",
    ],
)
def test_a_question_is_one_in_both_languages(text: str) -> None:
    assert facts_of(text).is_question


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Right.",
        "そうですかね",
        "ですから、行きます",
        "`why?` is a variable",
        "```\nreally?\n```",
        "&gt; who asked?\nI did.",
        "> who asked?\nI did.",
        "<https://example.com/?q=1>",
        "https://example.com/search?q=1 を見て",
        "see <https://example.com|what is this?>",
        "何か",
        "open ```why?",
    ],
)
def test_what_stands_in_code_quotes_and_links_asks_nothing(text: str) -> None:
    assert not facts_of(text).is_question


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("hello", "hello"),
        ("<@U061A1R2R|micah> hi", "hi"),
        ("<!here> see <#C061A0WJG|datajam>", "see datajam"),
        ("<https://example.com/a|this page> &amp; that", "this page & that"),
        ("<https://example.com/a>", ""),
        (":tada: done :+1::skin-tone-2:", "done"),
        ("at 10:30:15", "at 10:30:15"),
        ("`code` stays", "`code` stays"),
    ],
)
def test_the_length_is_what_a_reader_sees(text: str, shown: str) -> None:
    assert facts_of(text).length == len(shown)


def test_the_digest_is_of_the_normalised_text() -> None:
    first = facts_of(LONG).text_hash
    assert first is not None
    assert 0 <= first < 1 << 63
    assert facts_of(f" {LONG} \n https://example.com/x ").text_hash == first
    assert facts_of(f"<https://example.com/y|more> {LONG}").text_hash == first
    assert facts_of(LONG + "!").text_hash == facts_of(LONG + "！").text_hash != first
    assert facts_of("A b" * 30).text_hash == facts_of("a　B" * 30).text_hash


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [
        ("x" * 49, False),
        ("x" * 50, True),
        ("x " * 49, False),
        ("㍿" * 13, True),
        ("㍿" * 12, False),
    ],
)
def test_fewer_than_50_normalised_characters_have_no_digest(text: str, is_kept: bool) -> None:
    assert (facts_of(text).text_hash is not None) is is_kept


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("no link", None),
        ("<https://B.example.com/x|b> <http://a.example.com:80/>", "a.example.com b.example.com"),
        ("https://user:secret@example.com/", "example.com"),
        ("<mailto:someone@example.com|mail>", None),
        ("https://日本語.jp/x", "日本語.jp"),
        (f"{HTTPS}localhost/ {HTTPS}a..b/ {HTTPS}/", None),
        (f"{HTTPS}example.com. {HTTPS}EXAMPLE.com", "example.com"),
    ],
)
def test_hosts_are_those_of_links_and_never_addresses_of_people(
    text: str, hosts: str | None
) -> None:
    assert facts_of(text).hosts == hosts


def test_every_character_held_to_be_stable_is() -> None:
    decomposed = (unicodedata.normalize("NFD", chr(code)) for code in range(sys.maxunicode + 1))
    seconds = {sign for signs in decomposed for sign in signs[1:]}
    stable = re.compile(f"[{module._ranges(*STABLE)}]")
    for code in range(sys.maxunicode + 1):
        sign = chr(code)
        if stable.match(sign):
            assert unicodedata.normalize("NFKC", sign) == sign, hex(code)
            assert unicodedata.combining(sign) == 0, hex(code)
            assert sign not in seconds, hex(code)


def test_wide_characters_become_three_at_most() -> None:
    signs = [chr(code) for first, last in WIDE for code in range(first, last + 1)]
    widest = max(len(unicodedata.normalize("NFKC", sign)) for sign in signs)
    assert widest == module._MOST_FROM_ONE


@given(
    st.text(st.sampled_from("aé e\u0301かがカﾞ゛\u3099！？ｱ㍿①…　漢字～→\U0001f600"), max_size=30)
)
def test_normalised_is_nfkc(text: str) -> None:
    assert normalised(text) == unicodedata.normalize("NFKC", text)


@given(st.text(max_size=300))
def test_any_text_has_facts(text: str) -> None:
    facts = facts_of(text)
    assert facts.length >= 0
    assert facts_of(text) == facts


PIECES = st.sampled_from(
    [
        "",
        "あ",
        "？",
        "…",
        "a b",
        "<@U1|an>",
        "<https://a.example/x|y>",
        ":tada:",
        "&amp;",
        " か。",
        *("で", "す", "う", "か", "。", "ますか", "でしょうか"),
        "Ⅻ",
    ]
)


@given(st.lists(st.lists(PIECES | st.text(max_size=9), max_size=30).map("".join), max_size=9))
def test_of_many_texts_the_same_is_kept_as_of_each_alone(texts: list[str]) -> None:
    kept = kept_of_all(texts)
    found = zip(kept.lengths, kept.asks, kept.hashes, kept.hosts, strict=True)
    assert list(found) == [kept_of(text) for text in texts]


MARKED = st.sampled_from(
    [
        *(
            "<https://a.example/x|y>",
            "<http://b.example>",
            "<https://C.example:80/?u=https://d.example>",
        ),
        *("<https://u:p@f.example#g|a/b: c>", "<@U1>", "<@U1|an: d>", "<#C1|place>", "<!here>"),
        *("<mailto:a@b.example|c>", "<http:x>", "http", "https://g.example/", ":tada:", ":", "&"),
        *("&amp;", "<", ">", "|", "か", " "),
    ]
)


@settings(max_examples=500)
@given(st.lists(MARKED, max_size=6).map("".join))
def test_what_is_cut_at_its_only_mark_is_what_the_patterns_say(text: str) -> None:
    unlinked, shown, hosts = module._taken_apart(text)
    has_links = "://" in text or ("<" in text and "mailto:" in text)
    assert unlinked == (module._LINK.sub(" ", text) if has_links else text)
    assert (shown, hosts) == (module._shown(text), module._hosts_in(text))


@pytest.mark.parametrize(
    "piece", ["<", "`", "```", ":", "&gt;", "https://", "a.", "？", "<@U1|", "\n>"]
)
def test_a_hostile_text_takes_no_longer_than_its_length(piece: str) -> None:
    began = time.process_time()
    facts_of(piece * 40_000)
    assert time.process_time() - began < 2


def test_a_digest_is_the_same_everywhere() -> None:
    assert digest63(b"jibungoto") == 8_128_732_064_102_873_590
