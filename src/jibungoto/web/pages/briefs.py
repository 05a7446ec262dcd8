"""Briefs: what was told to the people who pay, what is being written, and a new draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.addressed import addressees
from jibungoto.desk.explain.asked import ask_to_draft
from jibungoto.desk.explain.listing import briefs
from jibungoto.desk.explain.work_out import must_be_worked_out
from jibungoto.explain.briefs.audiences import AUDIENCES, Audience, AudienceKey
from jibungoto.explain.briefs.brief import KINDS, BriefKind
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.models import BriefRow, BriefState
from jibungoto.web.attempts import attempted
from jibungoto.web.entrance import in_community
from jibungoto.web.typed import whole

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
        row = attempted(request, lambda: _asked(request, acting))
        if row is not None:
            return redirect("briefs_one", community=acting.community.slug, number=row.number)
    return render(
        request,
        "pages/briefs.html",
        {
            "lines": [line_of(row) for row in briefs(acting)],
            "kinds": KINDS.items(),
            "readers": list(_readers(acting)),
            "kind": request.POST.get("kind", BriefKind.MONTHLY),
            "audience": request.POST.get("audience", AudienceKey.BOSS),
        },
    )


def _asked(request: HttpRequest, acting: Acting) -> BriefRow:
    kind, audience = _kind(request), _audience(request)
    must_be_worked_out(acting, kind)
    _, _, number = request.POST.get("audience", "").partition(":")
    stakeholder = whole(number, digits=17) if number else None
    return ask_to_draft(acting, kind, audience=audience, stakeholder=stakeholder)


def _kind(request: HttpRequest) -> BriefKind:
    told = request.POST.get("kind", "")
    if told not in {one.value for one in BriefKind}:
        raise InvalidChoice(NO_SUCH_BRIEF, CHOOSE)
    return BriefKind(told)


@dataclass(frozen=True, slots=True)
class Reader:
    """A kind of reader, and who of them on the stakeholder map may be turned to by name."""

    audience: Audience
    people: tuple[tuple[str, str], ...]


def _readers(acting: Acting) -> Iterator[Reader]:
    named = list(addressees(acting))
    for audience in AUDIENCES.values():
        people = ((f"{kind}:{number}", name) for kind, number, name in named)
        own = tuple(one for one in people if one[0].startswith(f"{audience.key}:"))
        yield Reader(audience, own)


def _audience(request: HttpRequest) -> AudienceKey:
    told = request.POST.get("audience", "").partition(":")[0]
    if told not in {one.value for one in AudienceKey}:
        raise InvalidChoice(NO_SUCH_BRIEF, CHOOSE)
    return AudienceKey(told)
