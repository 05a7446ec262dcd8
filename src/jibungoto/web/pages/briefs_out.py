"""How a brief leaves the house: as a file, and by a link that opens it without an account."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.issue import package, package_name
from jibungoto.desk.explain.link import Closed, make_link, open_link, revoke_link
from jibungoto.desk.explain.listing import brief_numbered, document
from jibungoto.desk.explain.webhook import is_inside
from jibungoto.explain.formats.endings import FORMATS
from jibungoto.explain.formats.html import style_source
from jibungoto.ledger.words import LANGUAGES
from jibungoto.web.attempts import attempted, done
from jibungoto.web.entrance import in_community
from jibungoto.web.exporting import safe_name
from jibungoto.web.language import page_language
from jibungoto.web.pages.briefs import line_of
from jibungoto.web.problems import TOO_MANY_LINKS, trouble_page
from jibungoto.web.typed import whole

LONGEST_LABEL = 200
GUESSES, GUESSES_FOR = 30, 600
"""How many links that open nothing one address may try, in how many seconds."""
_JUST_MADE = "brief_link_just_made"


@csp_update({"style-src": [style_source()]})
@in_community
@require_GET
def brief_file(
    request: HttpRequest, acting: Acting, *, number: int, ending: str
) -> HttpResponseBase:
    """Return a brief as a file of one format in the page's language, or its frozen package."""
    row = brief_numbered(acting, number)
    name = f"{acting.community.slug}-{row.kind}-{row.as_of}-{row.number}"
    if ending == "zip":
        answer = attempted(
            request,
            lambda: _file(package(acting, number), package_name(row), kind="application/zip"),
        )
        return answer or redirect("briefs_one", community=acting.community.slug, number=number)
    form = FORMATS.get(f".{ending}")
    if form is None:
        raise Http404
    content = attempted(request, lambda: form.write(document(row), page_language()))
    if content is None:
        return redirect("briefs_one", community=acting.community.slug, number=number)
    if ending == "html":
        return HttpResponse(content, content_type=form.media_type)
    return _file(content, f"{safe_name(name)}.{ending}", kind=form.media_type)


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
        content = form.write(document(opened.brief), _language(request.GET.get("lang", "")))
        answer = HttpResponse(content, content_type=form.media_type)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def is_one_too_many(address: str) -> bool:
    """Count a link that opened nothing, and say whether too many came from an address."""
    key = f"closed-links-{hashlib.sha256(address.encode()).hexdigest()}"
    cache.add(key, 0, timeout=GUESSES_FOR)
    try:
        return cache.incr(key) > GUESSES
    except ValueError:  # it ran out in between
        return False


def _language(told: str) -> str:
    return told if told in LANGUAGES else page_language()
