"""Markdown and HTML become the few marks from which the facts of a text are read."""

from __future__ import annotations

import pytest

from jibungoto.gather.markdown import from_html, from_markdown
from jibungoto.gather.text import facts_of


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("no link", "no link"),
        ("see [it](https://x.example.com/a)!", "see <https://x.example.com/a|it>!"),
        ('[a|b](<https://x.example.com> "title")', "<https://x.example.com|a b>"),
        ("![cat](https://x.example.com/a.png)", "<https://x.example.com/a.png|>"),
        ("![cat|690x300](upload://abc.png) here", " here"),
        ("f[0](x)", "f[0](x)"),
    ],
)
def test_links_of_markdown_keep_address_and_label(markdown: str, expected: str) -> None:
    assert from_markdown(markdown) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("plain &amp; simple", "plain & simple"),
        ("<p>a</p>\n<p>b &lt;c&gt;</p>", "a\n\nb <c>\n"),
        ('<p><a href="https://x.example.com/a">it</a></p>', "<https://x.example.com/a|it>\n"),
        ('<a class="mention" href="/u/an">@an</a> hi', " hi"),
        ('<a href="/t/7">here</a>', "here"),
        ('<aside class="quote"><blockquote>why?</blockquote></aside>so', "\nso"),
        ("<pre><code>x?</code></pre>", "```x?```"),
    ],
)
def test_html_becomes_text(written: str, expected: str) -> None:
    assert from_html(written) == expected


def test_the_host_of_a_markdown_link_is_kept_without_its_bracket() -> None:
    assert facts_of(from_markdown("[a](https://x.example.com)")).hosts == "x.example.com"
