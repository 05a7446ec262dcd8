"""The one-page report for the people who pay for the community, in the page's language."""

from __future__ import annotations

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.report import report_html
from jibungoto.explain.formats.html import style_source
from jibungoto.web.entrance import in_community


@csp_update({"style-src": [style_source()]})
@in_community
@require_GET
def report_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Show the report, whose one style sheet is inside it, or say what is missing for one."""
    language = "ja" if (get_language() or "en").startswith("ja") else "en"
    page = report_html(acting, language)
    if page is None:
        return render(request, "pages/report_empty.html")
    return HttpResponse(page)
