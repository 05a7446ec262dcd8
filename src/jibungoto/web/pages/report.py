"""The report: what the month would say today, before it is kept, mended and issued as a brief."""

from __future__ import annotations

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.draft import draft_shown
from jibungoto.desk.explain.listing import briefs
from jibungoto.explain.briefs.as_document import document_of
from jibungoto.explain.briefs.audiences import AUDIENCES, AudienceKey
from jibungoto.explain.briefs.brief import Brief, BriefKind
from jibungoto.explain.formats.endings import FORMATS
from jibungoto.explain.formats.html import style_source
from jibungoto.ledger.problems import HomeMissing
from jibungoto.records.models import BriefRow, BriefState
from jibungoto.web.attempts import attempted
from jibungoto.web.entrance import in_community
from jibungoto.web.exporting import safe_name
from jibungoto.web.language import page_language
from jibungoto.web.pages.briefs_one import Form, Shown, without_lines

KIND, AUDIENCE = BriefKind.MONTHLY, AudienceKey.BOSS


@in_community
@require_GET
def report_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Show the monthly brief as it would be drafted now, or say what is missing for one."""
    try:
        brief = _brief(acting)
    except HomeMissing:
        return render(request, "pages/report_empty.html")
    sections = document_of(brief).sections
    return render(
        request,
        "pages/report.html",
        {
            "brief": brief,
            "audience": AUDIENCES[AUDIENCE],
            "kind": KIND,
            "parts": [
                Shown(
                    part,
                    [Form(one, 0) for one in part.claims],
                    Form(part.claims[0], 0) if part.claims else None,
                    [without_lines(table) for table in section.tables],
                )
                for part, section in zip(brief.parts, sections, strict=True)
            ],
            "formats": FORMATS.values(),
            "told": _told(acting),
        },
    )


@csp_update({"style-src": [style_source()]})
@in_community
@require_GET
def report_file(request: HttpRequest, acting: Acting, *, ending: str) -> HttpResponseBase:
    """Return the same as a file, with its one style sheet inside where it is a page."""
    form = FORMATS.get(f".{ending}")
    if form is None:
        raise Http404
    content = attempted(request, lambda: form.write(document_of(_brief(acting)), page_language()))
    if content is None:
        return redirect("report", community=acting.community.slug)
    answer = HttpResponse(content, content_type=form.media_type)
    if ending != "html":
        name = f"{safe_name(f'{acting.community.slug}-{KIND}')}.{ending}"
        held = content_disposition_header(True, name)
        answer.headers["Content-Disposition"] = held or "attachment"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _brief(acting: Acting) -> Brief:
    return draft_shown(acting, KIND, audience=AUDIENCE)


def _told(acting: Acting) -> BriefRow | None:
    """Return the newest monthly brief that was issued, for this was really told."""
    rows = (one for one in briefs(acting) if one.kind == KIND)
    return next((one for one in rows if one.state != BriefState.DRAFT), None)
