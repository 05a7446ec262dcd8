"""Files that take long to draw: wanted once, drawn by the worker, of what the brief says now."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.drawn import (
    KEPT_FOR,
    draw_again,
    draw_next,
    drawn,
    forget_old_drawn,
)
from jibungoto.ledger.problems import UnknownName
from jibungoto.records.models import BriefFileRow, BriefRow
from jibungoto.work.loop import telling_bugs


def pdf(acting: Acting, language: str = "ja") -> BriefFileRow:
    return drawn(acting, 1, ending=".pdf", language=language)


def slides(acting: Acting) -> bytes | None:
    content = drawn(acting, 1, ending=".pptx", language="en").content
    return None if content is None else bytes(content)


def test_a_file_is_drawn_once_by_the_worker(acting: Acting, issued: BriefRow) -> None:
    assert (pdf(acting).content, pdf(acting).content) == (None, None)
    assert (draw_next(), draw_next()) == (True, False)
    content = bytes(pdf(acting).content or b"")
    assert content.startswith(b"%PDF-")
    assert BriefFileRow.objects.count() == 1


def test_each_language_is_a_file_of_its_own(acting: Acting, issued: BriefRow) -> None:
    pdf(acting, "ja")
    pdf(acting, "en")
    assert (draw_next(), draw_next(), draw_next()) == (True, True, False)
    assert bytes(pdf(acting, "ja").content or b"") != bytes(pdf(acting, "en").content or b"")


def test_what_changed_is_drawn_again(acting: Acting, issued: BriefRow) -> None:
    slides(acting)
    draw_next()
    before = slides(acting)
    BriefRow.objects.update(revision=2)
    assert before is not None and slides(acting) is None
    assert draw_next()
    assert slides(acting) is not None


def test_what_was_drawn_of_an_older_text_is_not_kept(acting: Acting, issued: BriefRow) -> None:
    slides(acting)
    row = BriefFileRow.objects.get()
    BriefRow.objects.update(revision=2)
    slides(acting)  # asked for anew while a worker is at the old one
    stale = BriefFileRow.objects.filter(pk=row.pk, revision=row.revision)
    assert stale.update(content=b"old") == 0
    assert slides(acting) is None


def test_a_worker_that_died_while_drawing_leaves_it_to_the_next(
    acting: Acting, issued: BriefRow
) -> None:
    slides(acting)
    BriefFileRow.objects.update(taken_at=timezone.now())
    assert not draw_next()
    BriefFileRow.objects.update(taken_at=timezone.now() - timedelta(minutes=2))
    assert draw_next()
    assert slides(acting) is not None


def test_what_cannot_be_drawn_says_why_and_is_tried_again_when_asked(
    acting: Acting, issued: BriefRow, caplog: pytest.LogCaptureFixture
) -> None:
    whole = json.dumps(issued.content)
    BriefRow.objects.update(content=json.loads(whole.replace('"came"', "5")))
    slides(acting)
    assert (draw_next(telling_bugs), draw_next(telling_bugs)) == (True, False)
    row = BriefFileRow.objects.get()
    assert (row.content, row.taken_at) == (None, None)
    assert "An unexpected error stopped it" in row.problem_en
    assert row.problem_ja and caplog.messages
    BriefRow.objects.update(content=json.loads(whole))
    assert not draw_next(), "it is not tried each minute"
    draw_again(acting, 1, ending=".pptx", language="en")
    assert draw_next()
    assert slides(acting) is not None


def test_asking_again_for_what_is_drawn_keeps_it(acting: Acting, issued: BriefRow) -> None:
    slides(acting)
    draw_next()
    before = slides(acting)
    draw_again(acting, 1, ending=".pptx", language="en")
    assert slides(acting) == before


def test_what_was_asked_for_a_month_ago_goes(acting: Acting, issued: BriefRow) -> None:
    slides(acting)
    assert forget_old_drawn() == 0
    BriefFileRow.objects.update(asked_at=timezone.now() - KEPT_FOR - timedelta(minutes=1))
    assert forget_old_drawn() == 1


def test_there_is_no_file_of_no_brief(acting: Acting) -> None:
    with pytest.raises(UnknownName):
        pdf(acting)
