"""Segments: the saved filters of the list of people, their names, and how many each means."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.segment_findings import want
from jibungoto.desk.people.segments import (
    drop,
    rename,
    save,
    segments,
    take_up_again,
)
from jibungoto.desk.understand.today import newest_answer
from jibungoto.web.attempts import attempted
from jibungoto.web.entrance import in_community
from jibungoto.web.pages.people import asked_by


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def segments_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """List the saved segments; posting saves the filter in the address under a name."""
    if request.method == "POST":
        return _saved(request, acting)
    answer = newest_answer(acting)
    listed = segments(acting, answer=answer)
    return render(
        request,
        "pages/segments.html",
        {
            "segments": listed,
            "sentence": _sentence(len(listed), sum(one.is_empty for one in listed)),
        },
    )


def _saved(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    asked = asked_by(request)
    name = request.POST.get("name", "")
    row = attempted(request, lambda: save(acting, name, rule=asked.as_rule()))
    if row is None:
        query = request.GET.urlencode()
        return redirect(
            f"{reverse('people', args=[acting.community.slug])}?{query}&keep=1#segment-name"
        )
    messages.success(request, _("Saved as “%(name)s”.") % {"name": row.name})
    return redirect("people_segments", community=acting.community.slug)


@in_community
@require_POST
def segment_page(request: HttpRequest, acting: Acting, *, key: str) -> HttpResponseBase:
    """Rename a segment, have it counted, take it off the list, or take that back."""
    attempted(request, lambda: _changed(request, acting, key=key))
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("people_segments", community=acting.community.slug)


def _changed(request: HttpRequest, acting: Acting, *, key: str) -> None:
    step = request.POST.get("step", "")
    if step == "rename":
        row = rename(acting, key, name=request.POST.get("name", ""))
        messages.success(request, _("It is called “%(name)s” now.") % {"name": row.name})
    elif step == "drop":
        drop(acting, key)
        messages.success(request, _("Taken off the list. Plans that use it still say so."))
    elif step == "count":
        row = want(acting, key)
        messages.success(request, _("“%(name)s” is being counted.") % {"name": row.name})
    else:
        take_up_again(acting, key)


def _sentence(count: int, empty: int) -> str:
    if not count:
        return _("No filter has been saved yet.")
    words = ngettext("%(count)d segment.", "%(count)d segments.", count) % {"count": count}
    if not empty:
        return words
    emptied = ngettext(
        "Nobody fits %(count)d of them today.", "Nobody fits %(count)d of them today.", empty
    )
    return f"{words} {emptied % {'count': empty}}"
