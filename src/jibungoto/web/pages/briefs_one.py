"""One brief: its claims to read and to mend, and what may become of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.correct import correct
from jibungoto.desk.explain.draft import drop, redraft
from jibungoto.desk.explain.edit import (
    Conflict,
    Edit,
    Edited,
    Ending,
    Refused,
    add_claim,
    drop_claim,
    edit_claim,
    revision_of,
)
from jibungoto.desk.explain.issue import issue
from jibungoto.desk.explain.link import links
from jibungoto.desk.explain.listing import brief_numbered, brief_of, document
from jibungoto.explain.briefs.brief import SMALL_PRINT, Brief, Head, Part
from jibungoto.explain.briefs.checks import faults_of_brief
from jibungoto.explain.claims import Claim, Grade
from jibungoto.explain.document import Table
from jibungoto.explain.formats.endings import FORMATS
from jibungoto.ledger.problems import InvalidChoice, Problem
from jibungoto.ledger.words import Words
from jibungoto.records.models import BriefRow, BriefState
from jibungoto.web.entrance import in_community
from jibungoto.web.pages.briefs import line_of

LONGEST = 2_000
NEW = ""
"""The key of a claim that is not there yet."""


@dataclass(frozen=True, slots=True)
class Form:
    """One claim in a form: as it stands, or as it was entered with what stands against it.

    ``theirs`` is what somebody else made of it meanwhile.
    """

    claim: Claim
    seen: int
    why: Sequence[Words] = ()
    theirs: Claim | None = None
    is_parted: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something is left to do in it."""
        return bool(self.why) or self.is_parted


@dataclass(frozen=True, slots=True)
class Shown:
    """One part of a brief with its claims as forms; ``added`` is the form of one more."""

    part: Part
    forms: Sequence[Form]
    added: Form
    tables: Sequence[Table] = ()

    @property
    def is_small(self) -> bool:
        """Whether it is small print."""
        return self.part.head in SMALL_PRINT


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def brief_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Show a brief; issue it, write it anew, drop it or correct it."""
    row = brief_numbered(acting, number)
    if request.method == "POST":
        try:
            leads_to = _become(request, acting, number=number)
        except Problem as problem:
            messages.error(request, problem.said_in(get_language() or "en"))
            leads_to = number
        if leads_to is None:
            return redirect("briefs", community=acting.community.slug)
        return redirect("briefs_one", community=acting.community.slug, number=leads_to)
    return _shown(request, acting, row=row)


def _become(request: HttpRequest, acting: Acting, *, number: int) -> int | None:
    """Do what was asked, and return the number of the brief to show next, None for the list."""
    step = request.POST.get("step", "")
    if step == "issue":
        issue(acting, number)
        messages.success(request, _("Issued. What it says stays as it is from now on."))
    elif step == "redraft":
        redraft(acting, number)
        messages.success(request, _("Written anew from today's numbers; your sentences stayed."))
    elif step == "drop":
        drop(acting, number)
        messages.success(request, _("The draft is gone."))
        return None
    elif step == "correct":
        made = correct(acting, number)
        if made is not None:
            messages.success(request, _("A correction is drafted: what was said, what it is now."))
            return made.number
        messages.success(request, _("Every figure still says the same; there is nothing to mend."))
    else:
        raise InvalidChoice(NO_STEP, CHOOSE_STEP)
    return number


NO_STEP = Words("何をするのかが選ばれていません。", "Nothing was chosen to be done.")
CHOOSE_STEP = Words("ページのボタンを押してください。", "Press one of the buttons of the page.")


@in_community
@require_POST
def claim_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Keep, add or take out one claim; what cannot stand is shown again with the reasons."""
    row = brief_numbered(acting, number)
    try:
        ending = _changed(request, acting, number=number)
    except Problem as problem:
        messages.error(request, problem.said_in(get_language() or "en"))
        return redirect("briefs_one", community=acting.community.slug, number=number)
    if isinstance(ending, Edited):
        messages.success(request, _("Kept."))
        return redirect("briefs_one", community=acting.community.slug, number=number)
    form = _form_of(ending, seen=_whole(request.POST.get("seen", "")))
    if isinstance(ending, Refused) and not request.POST.get("claim"):
        return _shown(request, acting, row=row, added=(request.POST.get("head", ""), form))
    return _shown(request, acting, row=row, entered=form)


def _changed(request: HttpRequest, acting: Acting, *, number: int) -> Ending:
    told = request.POST
    claim, seen = told.get("claim", ""), _whole(told.get("seen", ""))
    if told.get("step") == "drop":
        return drop_claim(acting, number, claim=claim, seen=seen)
    texts = [told.get(name, "").replace("\x00", "")[:LONGEST] for name in ("ja", "en", "note")]
    grade = told.get("grade", "")
    wish = Edit(
        number=number,
        claim=claim,
        text=Words(texts[0], texts[1]),
        grade=Grade(grade) if grade in {one.value for one in Grade} else Grade.E1,
        note=texts[2],
        seen=seen,
    )
    if claim:
        return edit_claim(acting, wish)
    head = told.get("head", "")
    if head not in {one.value for one in Head}:
        raise InvalidChoice(NO_STEP, CHOOSE_STEP)
    return add_claim(acting, wish, head=Head(head))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _form_of(ending: Refused | Conflict, *, seen: int) -> Form:
    if isinstance(ending, Refused):
        return Form(ending.claim, seen, ending.why)
    return Form(ending.yours, ending.seen, theirs=ending.theirs, is_parted=True)


def _shown(
    request: HttpRequest,
    acting: Acting,
    *,
    row: BriefRow,
    entered: Form | None = None,
    added: tuple[str, Form] | None = None,
) -> HttpResponseBase:
    brief = brief_of(row)
    is_draft = row.state == BriefState.DRAFT
    return render(
        request,
        "pages/briefs_one.html",
        {
            "line": line_of(row),
            "brief": brief,
            "parts": [
                _part(row, part, entered=entered, added=added, tables=section.tables)
                for part, section in zip(brief.parts, document(row).sections, strict=True)
            ],
            "is_draft": is_draft,
            "faults": faults_of_brief(brief) if is_draft else (),
            "grades": list(Grade),
            "formats": FORMATS.values(),
            "links": () if is_draft else links(acting, row.number),
            "corrected_by": row.corrections.values_list("number", flat=True).first(),
            "lost": _without_place(brief, entered),
        },
    )


def _part(
    row: BriefRow,
    part: Part,
    *,
    entered: Form | None,
    added: tuple[str, Form] | None,
    tables: Sequence[Table],
) -> Shown:
    kept = entered.claim.key if entered else None
    forms = [
        entered if entered and one.key == kept else Form(one, revision_of(row, one.key))
        for one in part.claims
    ]
    new = Form(Claim(Words("", ""), Grade.E1, key=NEW), 0)
    one_more = added[1] if added and added[0] == part.head.value else new
    return Shown(part, forms, one_more, [_without_lines(table) for table in tables])


def _without_lines(table: Table) -> Table:
    """Return a table without its last column where that holds nothing but small pictures."""
    drawn = [row[-1].chart is not None for row in table.rows if len(row) == len(table.columns)]
    if not drawn or not all(drawn):
        return table
    width = len(table.columns) - 1
    return replace(
        table, columns=table.columns[:width], rows=tuple(row[:width] for row in table.rows)
    )


def _without_place(brief: Brief, entered: Form | None) -> Form | None:
    """Return a claim that was entered while somebody else took it out: its text must not go."""
    if entered is None or brief.claim(entered.claim.key) is not None:
        return None
    return entered


@in_community
@require_GET
def figures_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Show every figure of a brief with its definition, value, interval and n."""
    row = brief_numbered(acting, number)
    backing = document(row).backing
    return render(request, "pages/briefs_figures.html", {"line": line_of(row), "backing": backing})
