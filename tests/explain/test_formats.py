"""The ending of the file name chooses the format."""

from __future__ import annotations

import pytest

from jibungoto.explain import html
from jibungoto.explain.formats import renderer_for
from jibungoto.ledger.problems import InvalidChoice


@pytest.mark.parametrize("name", ["october.html", "OCTOBER.HTML", "a.b/report.v2.html"])
def test_an_html_name_gives_an_html_page(name: str) -> None:
    assert renderer_for(name) is html.render


@pytest.mark.parametrize("name", ["report.pdf", "report", "html", ".html"])
def test_another_ending_is_refused_with_the_endings_there_are(name: str) -> None:
    with pytest.raises(InvalidChoice) as refused:
        renderer_for(name)
    assert refused.value.place == name
    assert refused.value.next_step.en == "Let the file name end in one of these: .html"
    assert refused.value.next_step.ja == "ファイル名の末尾を次のどれかにしてください: .html"
