"""The text: what it says, and that no name in it can be markup, address or HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from jibungoto.explain.formats.markdown import escaped, render
from tests.explain.documents import hostile, quarterly

PLAIN = {"inline", "paragraph_open", "paragraph_close", "text"}


def kinds(text: str) -> set[str]:
    """Return the kinds of everything a Markdown reader finds."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    found = reader.parse(text)
    return {each.type for token in found for each in [token, *(token.children or [])]}


def shown(text: str) -> str:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    children = [child for token in reader.parse(text) for child in token.children or []]
    return "".join(child.content for child in children)


@pytest.mark.parametrize(
    "text",
    [
        "# head",
        "- point",
        "1. first",
        "12) twelfth",
        "> quoted",
        "=====",
        "**bold** _soft_ `code` ~~gone~~",
        "[a](javascript:alert(1)) ![p](http://evil.example/p.png)",
        "<script>alert(1)</script> <http://evil.example> &amp; &lt;",
        "a | b",
        "http://evil.example www.evil.example",
        "```",
        "\\",
    ],
)
def test_a_text_is_shown_as_it_is(text: str) -> None:
    assert kinds(escaped(text)) <= PLAIN
    assert shown(escaped(text)) == text


@given(st.text(alphabet="#*_[]()<>!`~|\\-+=.:/&1a \n", max_size=40))
def test_no_text_is_markup(text: str) -> None:
    assert kinds(escaped(text)) <= PLAIN


def test_the_text_has_claims_with_grades_and_tables() -> None:
    made = render(quarterly(), "en").decode()
    assert "- This is claim 1. **for the better** (E1: a count or a trend)" in made
    assert "| Condition 1 | 55% (small n) | 1,234 | ▲ on track |" in made
    assert "| Summer | 58% |" in made
    assert "| Cost | - | None. |  |" in made


def test_a_hostile_document_has_the_markup_of_a_tame_one() -> None:
    made = render(hostile(), "en").decode()
    assert kinds(made) & {"link_open", "image", "html_inline", "html_block", "fence"} == set()
    assert "\x07" not in made
