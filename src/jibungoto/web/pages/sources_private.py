"""Private channels of a delivery: chosen by name, and the same export read once more with them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_POST

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.shut import Upload, bring_in_with
from jibungoto.engine.disk import disk_problem
from jibungoto.ledger.problems import Problem, UnknownName
from jibungoto.web.entrance import in_community
from jibungoto.web.spool import problems_of

FIELD = "again"
PLACES = "place"


@in_community
@require_POST
def private_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Have the chosen private channels of an export read; back to it where something is amiss."""
    places = request.POST.getlist(PLACES)
    file = request.FILES.get(FIELD)
    upload = None if file is None else Upload(file.name or "", file.chunks())
    try:
        for let_go in problems_of(request)[:1]:
            raise let_go
        intake = bring_in_with(acting, number, places=places, upload=upload)
    except UnknownName:
        raise
    except Problem as problem:
        messages.error(request, problem.said_in(get_language() or "en"))
    except OSError as error:
        disk = disk_problem(error, file.name if file and file.name else "")
        messages.error(request, disk.said_in(get_language() or "en"))
    else:
        words = ngettext(
            "%(name)s is read once more, with %(count)d private channel.",
            "%(name)s is read once more, with %(count)d private channels.",
            len(set(places)),
        )
        messages.success(request, words % {"name": intake.name, "count": len(set(places))})
        return redirect("sources", community=acting.community.slug)
    return redirect("sources_intake", community=acting.community.slug, number=number)
