"""One brief: its claims to read and to mend, and what may become of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.desk.erasing.erase import erased_since
from jibungoto.desk.explain.asked import ask_to_correct, ask_to_issue, ask_to_redraft
from jibungoto.desk.explain.draft import drop
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
from jibungoto.desk.explain.link import links
from jibungoto.desk.explain.listing import brief_numbered, brief_of, document
from jibungoto.desk.explain.named import names_open
from jibungoto.desk.explain.voices import voices_open
from jibungoto.desk.lately import lately
from jibungoto.explain.briefs.brief import SMALL_PRINT, Brief, Head, Part
from jibungoto.explain.briefs.checks import faults_of_brief
from jibungoto.explain.briefs.consent import printed_consent
from jibungoto.explain.briefs.naming import Open
from jibungoto.explain.claims import Claim, Grade
from jibungoto.explain.document import Table
from jibungoto.explain.formats.endings import FORMATS
from jibungoto.explain.wordings import is_ask
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.models import BriefDeed, BriefEnd, BriefRow, BriefState
from jibungoto.web.attempts import attempted
from jibungoto.web.entrance import in_community
from jibungoto.web.pages.briefs import line_of
from jibungoto.web.pages.briefs_names import answered, consents_in
from jibungoto.web.typed import whole

LONGEST = 2_000
NEW = ""
"""The key of a claim that is not there yet."""
LIST = -1
"""Instead of the number of a brief: the list of all."""


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
    names: Sequence[Open] = ()

    @property
    def is_ask(self) -> bool:
        """Whether it asks for something, and so has no grade."""
        return is_ask(self.claim)

    @property
    def is_open(self) -> bool:
        """Whether something is left to do in it."""
        return bool(self.why) or self.is_parted


@dataclass(frozen=True, slots=True)
class Shown:
    """One part of a brief with its claims as forms; ``added`` is the form of one more."""

    part: Part
    forms: Sequence[Form]
    added: Form | None
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
        leads_to = attempted(request, lambda: _become(request, acting, number=number))
        if leads_to == LIST:
            return redirect("briefs", community=acting.community.slug)
        return redirect("briefs_one", acting.community.slug, leads_to or number)
    return _shown(request, acting, row=row)


def _become(request: HttpRequest, acting: Acting, *, number: int) -> int:
    """Do what was asked, and return the number of the brief to show next, or the list."""
    step = request.POST.get("step", "")
    if step == "drop":
        drop(acting, number)
        messages.success(request, _("The draft is gone."))
        return LIST
    if step not in ASKED:
        raise InvalidChoice(NO_STEP, CHOOSE_STEP)
    ASKED[step](acting, number)
    return number


ASKED: dict[str, Callable[[Acting, int], None]] = {
    BriefDeed.ISSUE: ask_to_issue,
    BriefDeed.REDRAFT: ask_to_redraft,
    BriefDeed.CORRECT: ask_to_correct,
}
"""What the worker is asked for, by the name of the button."""
AT_IT: dict[str, str | Promise] = {
    BriefDeed.ISSUE: lazy("Being issued: its figures are counted once more"),
    BriefDeed.REDRAFT: lazy("Being written anew from today's numbers"),
    BriefDeed.CORRECT: lazy("Being compared with today's numbers"),
}
AT_FIRST = lazy("Being written from the newest numbers")
ENDS: dict[str, str | Promise] = {
    BriefEnd.REDRAFTED: lazy("Written anew from today's numbers; your sentences stayed."),
    BriefEnd.UNCHANGED: lazy("Every figure still says the same; there is nothing to mend."),
}
"""What came of it, where the brief does not show it by itself."""
NO_STEP = Words("何をするのかが選ばれていません。", "Nothing was chosen to be done.")
CHOOSE_STEP = Words("ページのボタンを押してください。", "Press one of the buttons of the page.")


@in_community
@require_POST
def claim_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Keep, add or take out one claim; what cannot stand is shown again with the reasons."""
    row = brief_numbered(acting, number)
    ending = attempted(request, lambda: _changed(request, acting, number=number))
    if ending is None or isinstance(ending, Edited):
        if ending is not None:
            messages.success(request, _("Kept."))
        return redirect("briefs_one", community=acting.community.slug, number=number)
    form = _form_of(ending, seen=whole(request.POST.get("seen", "")) or 0)
    if isinstance(ending, Refused) and not request.POST.get("claim"):
        return _shown(request, acting, row=row, added=(request.POST.get("head", ""), form))
    return _shown(request, acting, row=row, entered=form)


def _changed(request: HttpRequest, acting: Acting, *, number: int) -> Ending | None:
    told = request.POST
    claim, seen = told.get("claim", ""), whole(told.get("seen", "")) or 0
    if told.get("step") == "drop":
        return drop_claim(acting, number, claim=claim, seen=seen)
    if told.get("step") == "answer":
        return answered(told, acting, number=number)
    texts = [told.get(name, "").replace("\x00", "")[:LONGEST] for name in ("ja", "en", "note")]
    grade = told.get("grade", "")
    wish = Edit(
        number=number,
        claim=claim,
        text=Words(texts[0], texts[1]),
        grade=Grade(grade) if grade in {one.value for one in Grade} else Grade.E1,
        note=texts[2],
        seen=seen,
        consents=tuple(consents_in(told)),
    )
    if claim:
        return edit_claim(acting, wish)
    head = told.get("head", "")
    if head not in {one.value for one in Head}:
        raise InvalidChoice(NO_STEP, CHOOSE_STEP)
    return add_claim(acting, wish, head=Head(head))


def _form_of(ending: Refused | Conflict, *, seen: int) -> Form:
    if isinstance(ending, Refused):
        return Form(ending.claim, seen, ending.why, names=ending.names)
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
            "is_open": is_draft and (row.asked_at is None or entered is not None),
            "at_it": _at_it(row, brief) if row.asked_at else "",
            "ended": ENDS.get(row.ended_as, ""),
            "faults": (*faults_of_brief(brief), *voices_open(acting, brief)) if is_draft else (),
            "names": _names(acting, row, brief=brief) if is_draft else (),
            "today": today_in(acting).isoformat(),
            "grades": list(Grade),
            "formats": FORMATS.values(),
            "links": () if is_draft else links(acting, row.number),
            "corrected_by": row.corrections.values_list("number", flat=True).first(),
            "lost": _without_place(brief, entered),
        },
    )


def _names(acting: Acting, row: BriefRow, *, brief: Brief) -> tuple[Open, ...]:
    """Return the names to confirm; very many people may have to be looked for in every text."""
    return lately(("names", row.pk, row.revision), lambda: names_open(acting, brief))


def _at_it(row: BriefRow, brief: Brief) -> str | Promise:
    """Return what the worker is at; a brief that says nothing yet is written for the first time."""
    return AT_IT[row.deed] if brief.is_written else AT_FIRST


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
    return Shown(part, forms, one_more, [without_lines(table) for table in tables])


def without_lines(table: Table) -> Table:
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
    gone = erased_since(acting, row.issued_at) if row.issued_at else 0
    shown = {
        "line": line_of(row),
        "backing": backing,
        "erased": gone,
        "consents": [(one, printed_consent(one)) for one in brief_of(row).consents],
    }
    return render(request, "pages/briefs_figures.html", shown)
