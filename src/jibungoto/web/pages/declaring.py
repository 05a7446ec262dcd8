"""A member said themselves that a name elsewhere is theirs: which, how, and who heard it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.decide import Heard, How, join
from jibungoto.desk.people.look_up import named_like
from jibungoto.desk.people.touch import person_numbered
from jibungoto.ledger.names import folded
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.models import PersonRow, TeamMemberRow
from jibungoto.web.attempts import attempted
from jibungoto.web.entrance import in_community
from jibungoto.web.typed import whole

FOUND_SHOWN = 20
WHICH = Words("どの名前かが選ばれていません。", "No name is chosen.")
CHOOSE = Words("一覧から選んでください。", "Choose one from the list.")


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def declare_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Ask which name is theirs too; posting joins the two, with how it was said."""
    person = person_numbered(acting, number)
    if request.method == "POST":
        joined = attempted(request, lambda: _joined(request, acting, number=number))
        if joined is not None:
            messages.success(request, _("One person from now on: %s.") % joined.name)
            return redirect("people_person", acting.community.slug, joined.number)
    search = request.GET.get("q", "").replace("\x00", "")[:100].strip()
    team = TeamMemberRow.objects.filter(community=acting.community).order_by("name")
    return render(
        request,
        "pages/declare.html",
        {
            "person": person,
            "search": search,
            "found": _found(acting, search, person=person),
            "ways": list(How),
            "team": team,
        },
    )


def _joined(request: HttpRequest, acting: Acting, *, number: int) -> PersonRow:
    ways = {how.value: how for how in How}
    other = whole(request.POST.get("other", ""))
    if not other:
        raise InvalidChoice(WHICH, CHOOSE)
    heard = Heard(
        ways.get(request.POST.get("how", ""), How.IN_PERSON),
        whole(request.POST.get("heard_by", "")) or 0,
    )
    return join(acting, number, other=other, heard=heard)


def _found(acting: Acting, search: str, *, person: PersonRow) -> list[PersonRow]:
    words = folded(search).split()
    if not words:
        return []
    here = PersonRow.objects.filter(community=acting.community, merged_into=None)
    rows = here.filter(named_like(words)).exclude(pk=person.pk).prefetch_related("handles")
    return list(rows.order_by("reading", "name", "number")[:FOUND_SHOWN])
