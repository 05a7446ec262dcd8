"""Briefs as pages list and show them."""

from __future__ import annotations

from jibungoto.desk.acting import Acting
from jibungoto.explain.briefs.as_document import document_of
from jibungoto.explain.briefs.brief import Brief
from jibungoto.explain.briefs.freeze import brief_from
from jibungoto.explain.document import Document
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import BriefRow, BriefState

NOT_ISSUED = Words("まだ発行していない資料です。", "This brief is not issued yet.")
ISSUE_FIRST = Words("先に発行してください。", "Issue it first.")


def briefs(acting: Acting) -> list[BriefRow]:
    """Return the briefs of a community, the newest first, without what they say."""
    kept = BriefRow.objects.filter(community=acting.community)
    return list(kept.select_related("corrects").defer("content", "package").order_by("-number"))


def brief_numbered(acting: Acting, number: int) -> BriefRow:
    """Return one brief; UnknownName if there is none of this number."""
    kept = BriefRow.objects.filter(community=acting.community, number=number)
    found = kept.select_related("corrects", "community").defer("package").first()
    if found is None:
        raise UnknownName(
            Words(f"{number} 番の資料はありません。", f"There is no brief {number}."),
            Words("資料の一覧で番号を確かめてください。", "See the list of briefs."),
        )
    return found


def issued_numbered(acting: Acting, number: int) -> BriefRow:
    """Return one brief that may leave the house; InvalidChoice while it is a draft."""
    row = brief_numbered(acting, number)
    if row.state == BriefState.DRAFT:
        raise InvalidChoice(NOT_ISSUED, ISSUE_FIRST)
    return row


def draft_numbered(acting: Acting, number: int) -> BriefRow:
    """Return one brief that may still be changed; InvalidChoice once it is issued."""
    row = brief_numbered(acting, number)
    if row.state != BriefState.DRAFT:
        raise InvalidChoice(
            Words(
                f"{number} 番の資料は発行済みのため、変えられません。",
                f"Brief {number} is issued and stays as it is.",
            ),
            Words(
                "数字が変わったときは、訂正を作ってください。", "Where numbers changed, correct it."
            ),
        )
    return row


def brief_of(row: BriefRow) -> Brief:
    """Return what a brief says."""
    return brief_from(row.content)


def document(row: BriefRow) -> Document:
    """Return a brief as the document every format is made from."""
    return document_of(brief_of(row))
