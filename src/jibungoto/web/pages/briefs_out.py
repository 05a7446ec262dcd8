"""How a brief leaves the house: as a file, and by a link that opens it without an account."""

from __future__ import annotations

from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.closed_links import GUESSES_FOR, is_one_too_many
from jibungoto.desk.explain.drawn import TAKES_LONG, draw_again, drawn
from jibungoto.desk.explain.issue import package, package_name
from jibungoto.desk.explain.link import Closed, make_link, open_link, revoke_link
from jibungoto.desk.explain.listing import brief_numbered, document
from jibungoto.desk.explain.webhook import is_inside
from jibungoto.explain.briefs.as_document import with_sum
from jibungoto.explain.formats.endings import FORMATS, Format
from jibungoto.explain.formats.html import style_source
from jibungoto.ledger.words import LANGUAGES
from jibungoto.records.models import BriefRow
from jibungoto.web.attempts import attempted, done
from jibungoto.web.entrance import in_community
from jibungoto.web.exporting import safe_name
from jibungoto.web.language import page_language
from jibungoto.web.pages.briefs import line_of
from jibungoto.web.problems import TOO_MANY_LINKS, trouble_page
from jibungoto.web.typed import whole

LONGEST_LABEL = 200
WAITING = "waiting"
"""In an address: show how far a file is, not the file."""
_JUST_MADE = "brief_link_just_made"


@csp_update({"style-src": [style_source()]})
@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def brief_file(
    request: HttpRequest, acting: Acting, *, number: int, ending: str
) -> HttpResponseBase:
    """Return a brief as a file of one format in the page's language, or its frozen package."""
    row = brief_numbered(acting, number)
    if ending == "zip":
        answer = attempted(
            request,
            lambda: _file(package(acting, number), package_name(row), kind="application/zip"),
        )
        return answer or redirect("briefs_one", community=acting.community.slug, number=number)
    form = FORMATS.get(f".{ending}")
    if form is None:
        raise Http404
    if form.ending in TAKES_LONG:
        return _drawn(request, acting, row=row, form=form)
    content = attempted(request, lambda: form.write(document(row), page_language()))
    if content is None:
        return redirect("briefs_one", community=acting.community.slug, number=number)
    if ending == "html":
        return HttpResponse(content, content_type=form.media_type)
    return _file(content, _name(acting, row, ending=ending), kind=form.media_type)


def _name(acting: Acting, row: BriefRow, *, ending: str) -> str:
    stem = safe_name(f"{acting.community.slug}-{row.kind}-{row.as_of}-{row.number}")
    return f"{stem}.{ending.removeprefix('.')}"


def _drawn(
    request: HttpRequest, acting: Acting, *, row: BriefRow, form: Format
) -> HttpResponseBase:
    """Return a file the worker has drawn; until it has, a page that says how far it is."""
    wanted = {"ending": form.ending, "language": page_language()}
    if request.method == "POST":
        draw_again(acting, row.number, **wanted)
        return redirect(f"{request.path}?{WAITING}=1")
    file = drawn(acting, row.number, **wanted)
    if file.content is not None and WAITING not in request.GET:
        return _file(
            bytes(file.content), _name(acting, row, ending=form.ending), kind=form.media_type
        )
    if WAITING not in request.GET:
        return redirect(f"{request.path}?{WAITING}=1")
    shown = {"line": line_of(row), "form": form, "file": file, "is_ready": file.content is not None}
    answer = render(request, "pages/briefs_drawn.html", shown)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _file(content: bytes, name: str, *, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def links_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Make a link, or take one back; a link just made is shown this once."""
    if request.method != "POST":
        return _once(request, acting, number=number)
    brief_numbered(acting, number)
    taken_back = whole(request.POST.get("revoke", ""), digits=17)
    if taken_back is not None:
        if done(request, lambda: revoke_link(acting, taken_back)):
            messages.success(request, _("The link is taken back; it opens nothing any more."))
        return redirect("briefs_one", community=acting.community.slug, number=number)
    label = request.POST.get("label", "").replace("\x00", "")[:LONGEST_LABEL]
    days = whole(request.POST.get("days", ""), digits=5) or 0
    made = attempted(request, lambda: make_link(acting, number, label=label, days=days))
    if made is None:
        return redirect("briefs_one", community=acting.community.slug, number=number)
    request.session[_JUST_MADE] = [made.row.pk, made.token]
    return redirect("briefs_links", community=acting.community.slug, number=number)


def _once(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Show the link that was just made; looked at again, its page leads back to the brief."""
    row = brief_numbered(acting, number)
    pk, token = request.session.pop(_JUST_MADE, (None, ""))
    made = row.links.filter(pk=pk).first()
    if made is None:
        return redirect("briefs_one", community=acting.community.slug, number=number)
    address = request.build_absolute_uri(reverse("read_brief", args=[token]))
    answer = render(
        request,
        "pages/briefs_link.html",
        {
            "line": line_of(row),
            "address": address,
            "link": made,
            "is_only_here": is_only_here(request),
        },
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def is_only_here(request: HttpRequest) -> bool:
    """Tell whether links made from this address open on this machine alone."""
    return is_inside(urlsplit(f"//{request.get_host()}").hostname or "")


@csp_update({"style-src": [style_source()]})
@login_not_required
@never_cache
@require_GET
def read_page(request: HttpRequest, *, token: str = "") -> HttpResponseBase:
    """Show an issued brief to whoever holds its link; anybody else learns nothing."""
    opened = open_link(token)
    if isinstance(opened, Closed):
        if is_one_too_many(request.META.get("REMOTE_ADDR", "")):
            answer = trouble_page(request, TOO_MANY_LINKS)
            answer.headers["Retry-After"] = str(GUESSES_FOR)
        else:
            answer = render(request, "pages/briefs_closed.html", {"why": opened.why}, status=404)
    elif opened.corrected_by is not None and "old" not in request.GET:
        answer = render(request, "pages/briefs_corrected.html", {"line": line_of(opened.brief)})
    else:
        form = FORMATS[".html"]
        shown = with_sum(document(opened.brief), opened.brief.digest)
        content = form.write(shown, _language(request.GET.get("lang", "")))
        answer = HttpResponse(content, content_type=form.media_type)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _language(told: str) -> str:
    return told if told in LANGUAGES else page_language()
