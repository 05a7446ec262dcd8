"""Private channels of a delivery: chosen by name, and the same export read once more with them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.shut import Upload, bring_in_with
from jibungoto.records.models import IntakeRow
from jibungoto.web.attempts import attempted
from jibungoto.web.entrance import in_community
from jibungoto.web.spool import taken_in

FIELD = "again"
PLACES = "place"


@in_community
@require_POST
def private_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Have the chosen private channels of an export read; back to it where something is amiss."""
    places = request.POST.getlist(PLACES)
    file = request.FILES.get(FIELD)
    upload = None if file is None else Upload(file.name or "", file.chunks())
    name = (file.name or "") if file else ""

    def bring_in() -> IntakeRow:
        return bring_in_with(acting, number, places=places, upload=upload)

    intake = attempted(request, lambda: taken_in(request, bring_in, name=name))
    if intake is not None:
        words = ngettext(
            "%(name)s is read once more, with %(count)d private channel.",
            "%(name)s is read once more, with %(count)d private channels.",
            len(set(places)),
        )
        messages.success(request, words % {"name": intake.name, "count": len(set(places))})
        return redirect("sources", community=acting.community.slug)
    return redirect("sources_intake", community=acting.community.slug, number=number)
