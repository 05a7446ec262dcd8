"""The one-page report for the people who pay for the community, in the page's language."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from jibungoto.desk.acting import Acting
from jibungoto.desk.understand.today import newest_answer
from jibungoto.web.entrance import in_community

_WRITER = "jibungoto.desk.explain.report"


@in_community
@require_GET
def report_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Show the report, or what is missing for one."""
    if newest_answer(acting) is None or find_spec(_WRITER) is None:
        return render(request, "pages/report_empty.html")
    language = "ja" if (get_language() or "en").startswith("ja") else "en"
    page: str = import_module(_WRITER).report_html(acting, language)
    return HttpResponse(page)
