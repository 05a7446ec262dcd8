"""Markup of many small pieces is what Django's own way of joining it gives."""

from __future__ import annotations

import pytest
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from jibungoto.web.markup import joined_html

PIECES = (
    "<b>'mine'</b> & \"yours\"",
    mark_safe("<i>x</i>"),
    gettext_lazy("Today"),
    None,
    3,
    -0.25,
    True,
    "",
)


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: repr(piece)[:20])
def test_every_kind_of_piece_is_escaped_as_django_does(piece: object) -> None:
    rows = [(piece, 1), ("a", piece)]
    text = '<td class="{0}">{1}</td>'
    joined = joined_html(text, rows)
    assert joined == format_html_join("", text, rows)
    assert joined.__html__() == joined


def test_nothing_makes_nothing() -> None:
    assert joined_html("<p>{}</p>", ()) == ""
