"""One form for the same page, and whose account it lies below."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jibungoto.gather.addresses import account_in, canonical, site_of, without_account

SAME = [
    "HTTP://WWW.Example.com:80/a/b/?utm_source=rss&utm_medium=x#top",
    "https://example.com/a/b",
    "https://example.com:443/a/b/",
    "https://m.example.com/a/b?fbclid=1&gclid=2",
]


def test_tracking_case_ports_and_slashes_tell_no_page_from_another() -> None:
    assert {canonical(one) for one in SAME} == {"https://example.com/a/b"}


def test_what_names_a_page_stays_in_its_order() -> None:
    assert canonical("https://example.com/?p=12&b=1") == "https://example.com?b=1&p=12"
    assert canonical("https://example.com/記事") == canonical(
        "https://example.com/%E8%A8%98%E4%BA%8B"
    )


def test_a_short_address_of_a_video_is_its_long_one() -> None:
    short, long = "https:" + "//youtu.be/abc?si=1", "https:" + "//www.youtube.com/watch?v=abc"
    assert canonical(short) == canonical(long)


@pytest.mark.parametrize(
    "written",
    ["", "ftp://example.com/a", "mailto:a@example.com", "https://localhost/a", "https://[bad/"],
)
def test_what_is_no_address_of_the_web_is_none(written: str) -> None:
    assert canonical(written) is None


@pytest.mark.parametrize(
    ("address", "account", "site"),
    [
        ("note.com/hana/n/n1", "note.com/hana", "note.com"),
        ("hana.hatenablog.com/entry/1", "hana.hatenablog.com", "hatenablog.com"),
        ("docswell.com/s/hana/1", "docswell.com/s/hana", "docswell.com"),
        ("youtube.com/watch?v=1", None, "youtube.com"),
        ("youtube.com/@hana/videos", "youtube.com/@hana", "youtube.com"),
        ("zenn.dev/p/garden", None, "zenn.dev"),
        ("vimeo.com/123", None, "vimeo.com"),
        ("example.com/blog/1", None, None),
    ],
)
def test_an_account_is_the_beginning_of_its_pages(
    address: str, account: str | None, site: str | None
) -> None:
    assert account_in(f"https://{address}") == account
    assert site_of(f"https://{address}") == site


def test_an_account_gives_way_to_its_pseudonym() -> None:
    page = "https:" + "//note.com/hana/n/n1"
    assert without_account(page, "note.com/hana", actor="9f") == page.replace("note.com/hana", "9f")
    assert without_account(page, "note.com/ha", actor="9f") == page


@given(st.text(max_size=60) | st.builds(lambda one: f"https://example.com/{one}", st.text()))
def test_bringing_an_address_into_its_form_twice_changes_nothing(written: str) -> None:
    once = canonical(written)
    if once is not None:
        assert canonical(once) == once
        assert once.isascii() or once.encode()
