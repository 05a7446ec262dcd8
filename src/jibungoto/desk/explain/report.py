"""The report for the people who pay: gathered from the answers that were kept, then written."""

from __future__ import annotations

from pathlib import Path

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.facts import report_facts
from jibungoto.engine.disk import disk_problem, write_whole
from jibungoto.explain.document import Document
from jibungoto.explain.formats.endings import renderer_for
from jibungoto.explain.report.as_document import document_of_report
from jibungoto.explain.report.report import report_from
from jibungoto.records.models import AnswerRow


def write_report(acting: Acting, out: Path, *, language: str, answer: AnswerRow) -> None:
    """Write the report of some answers; the ending of ``out`` names the format."""
    write_document(out, _report(acting, answer), language=language)


def write_document(out: Path, document: Document, *, language: str) -> None:
    """Write a document to a file; its ending names the format."""
    content = renderer_for(out.name)(document, language)
    try:
        write_whole(out, content)
    except OSError as error:
        raise disk_problem(error, str(out)) from error


def _report(acting: Acting, answer: AnswerRow) -> Document:
    return document_of_report(report_from(report_facts(acting, answer)))
