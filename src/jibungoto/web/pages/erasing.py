"""What a person may ask: to see everything kept about them, and to have it erased, in two steps."""

from __future__ import annotations

import csv
import io
import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from jibungoto.desk.acting import Acting
from jibungoto.desk.erasing.erase import Look, erase, look
from jibungoto.desk.erasing.tell import as_lines, everything_about
from jibungoto.desk.explain.voices import voices
from jibungoto.explain.formats.formulas import neutralised
from jibungoto.web.attempts import attempted
from jibungoto.web.entrance import in_community
from jibungoto.web.exporting import BYTE_ORDER_MARK

LONGEST_TEXT = 20_000


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def erase_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Show what would be erased; posting asks once more, and posting that erases."""
    seen = look(acting, number)
    step = request.POST.get("step", "")
    if step == "erase":
        done = attempted(request, lambda: erase(acting, number, said=_said(request)))
        if done is not None:
            words = ngettext(
                "Erased, with %(count)d name.", "Erased, with %(count)d names.", done.handles
            )
            later = _("The last bytes go with the next sweep, within an hour.")
            messages.success(request, f"{words % {'count': done.handles}} {later}")
            return redirect("people", acting.community.slug)
    asks = step == "ask"
    return render(
        request,
        "pages/erase.html",
        {
            "person": seen.of.person,
            "seen": seen,
            "asks": asks,
            "voices": voices(acting),
            "mentions": _mentions(request, seen) if asks else list(_as_found(seen)),
        },
    )


def _said(request: HttpRequest) -> dict[str, str | None]:
    """Return what was decided of each text the form names: a text, or None to leave it."""
    refs = request.POST.getlist("ref")
    texts = request.POST.getlist("text")
    kept = set(request.POST.getlist("keep"))
    return {
        ref: None if ref in kept else text[:LONGEST_TEXT].replace("\r\n", "\n")
        for ref, text in zip(refs, texts, strict=False)
    }


def _as_found(seen: Look) -> list[dict[str, object]]:
    return [{"one": one, "text": one.proposed, "keep": not one.is_sure} for one in seen.mentions]


def _mentions(request: HttpRequest, seen: Look) -> list[dict[str, object]]:
    """Return what was found with what the form says of each."""
    said = _said(request)
    return [
        {
            "one": one,
            "text": said.get(one.ref) or one.proposed,
            "keep": said.get(one.ref, "") is None,
        }
        for one in seen.mentions
    ]


@in_community
@require_POST
def person_file(
    request: HttpRequest, acting: Acting, *, number: int, ending: str
) -> HttpResponseBase:
    """Return everything kept about somebody as JSON or CSV; it is noted that it was handed out."""
    if ending not in {"json", "csv"}:
        raise Http404
    told = everything_about(acting, number)
    if ending == "json":
        text = json.dumps(told, ensure_ascii=False, indent=2, default=str)
        response = HttpResponse(text, content_type="application/json; charset=utf-8")
    else:
        held = io.StringIO()
        writer = csv.writer(held)
        writer.writerow([_("What"), _("Field"), _("Value")])
        writer.writerows([neutralised(cell) for cell in line] for line in as_lines(told))
        response = HttpResponse(
            f"{BYTE_ORDER_MARK}{held.getvalue()}", content_type="text/csv; charset=utf-8"
        )
    name = f"{acting.community.slug}-person-{number}.{ending}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response
