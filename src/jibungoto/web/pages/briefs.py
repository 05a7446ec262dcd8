"""Briefs: what was told to the people who pay, what is being written, and a new draft."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.draft import draft
from jibungoto.desk.explain.listing import briefs
from jibungoto.desk.explain.work_out import must_be_worked_out
from jibungoto.explain.briefs.audiences import AUDIENCES, Audience, AudienceKey
from jibungoto.explain.briefs.brief import KINDS, BriefKind
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.models import BriefRow, BriefState
from jibungoto.web.attempts import attempted
from jibungoto.web.entrance import in_community

STATES: dict[str, Words] = {
    BriefState.DRAFT: Words("下書き", "draft"),
    BriefState.ISSUED: Words("発行済み", "issued"),
    BriefState.CORRECTED: Words("訂正済み", "corrected since"),
}
TONES: dict[str, str] = {BriefState.ISSUED: "good", BriefState.CORRECTED: "amber"}
NO_SUCH_BRIEF = Words("その種類の資料はありません。", "There is no brief of this kind.")
CHOOSE = Words("種類と読み手を選んでください。", "Choose a kind and a reader.")


@dataclass(frozen=True, slots=True)
class Line:
    """One brief as the list shows it."""

    row: BriefRow
    kind: Words
    audience: Audience
    state: Words
    tone: str


def line_of(row: BriefRow) -> Line:
    """Return a brief in the words of a page."""
    return Line(
        row=row,
        kind=BriefKind(row.kind).words,
        audience=AUDIENCES[AudienceKey(row.audience)],
        state=STATES[row.state],
        tone=TONES.get(row.state, "calm"),
    )


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def briefs_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """List every brief, and draft a new one for a kind of reader."""
    if request.method == "POST":
        row = attempted(request, lambda: _drafted(request, acting))
        if row is not None:
            messages.success(request, _("The draft is written from the newest numbers. Read it."))
            return redirect("briefs_one", community=acting.community.slug, number=row.number)
    return render(
        request,
        "pages/briefs.html",
        {
            "lines": [line_of(row) for row in briefs(acting)],
            "kinds": KINDS.items(),
            "audiences": AUDIENCES.values(),
            "kind": request.POST.get("kind", BriefKind.MONTHLY),
            "audience": request.POST.get("audience", AudienceKey.BOSS),
        },
    )


def _drafted(request: HttpRequest, acting: Acting) -> BriefRow:
    kind, audience = _kind(request), _audience(request)
    must_be_worked_out(acting, kind)
    return draft(acting, kind, audience=audience)


def _kind(request: HttpRequest) -> BriefKind:
    told = request.POST.get("kind", "")
    if told not in {one.value for one in BriefKind}:
        raise InvalidChoice(NO_SUCH_BRIEF, CHOOSE)
    return BriefKind(told)


def _audience(request: HttpRequest) -> AudienceKey:
    told = request.POST.get("audience", "")
    if told not in {one.value for one in AudienceKey}:
        raise InvalidChoice(NO_SUCH_BRIEF, CHOOSE)
    return AudienceKey(told)
