"""Business records as they came in, and who belongs to which account."""

from __future__ import annotations

import re

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.account_links import Link, links, members_of, say
from jibungoto.desk.explain.business import (
    accounts_named,
    file_numbered,
    put_back,
    refused_of,
    take_out,
)
from jibungoto.explain.studies.periods import period_from
from jibungoto.explain.studies.table import account_key
from jibungoto.ledger.words import Words
from jibungoto.web.attempts import done
from jibungoto.web.entrance import in_community

ROWS_SHOWN = 50
GAPS_SHOWN = 20
ACCOUNTS_SHOWN = 200


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def file_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Show what became of every row of a file, and take the file out or put it back."""
    row = file_numbered(acting, number)
    if request.method == "POST":
        if request.POST.get("step") == "back":
            put_back(acting, number)
            messages.success(request, _("Put back. It counts again."))
        else:
            take_out(acting, number)
            messages.success(request, _("Taken out. It is kept, and counts no longer."))
        return redirect("evidence_file", community=acting.community.slug, number=number)
    page = Paginator(refused_of(row), ROWS_SHOWN).get_page(request.GET.get("page"))
    return render(
        request,
        "pages/studies_file.html",
        {
            "file": row,
            "page": page,
            "gaps": [(name, _periods(keys)) for name, keys in row.gaps[:GAPS_SHOWN]],
            "more_gaps": max(0, len(row.gaps) - GAPS_SHOWN),
        },
    )


def _periods(keys: list[str]) -> Words:
    told = [period_from(key).words for key in keys[:6]]
    more = " …" if len(keys) > 6 else ""
    return Words("、".join(one.ja for one in told) + more, ", ".join(o.en for o in told) + more)


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def links_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Show and take in who belongs to which account: nothing is tied without a person's word."""
    entered = dict.fromkeys(("account", "domains", "people"), "")
    if request.method == "POST":
        entered = {name: request.POST.get(name, "")[:2_000] for name in entered}
        if done(request, lambda: say(acting, _link(entered))):
            messages.success(request, _("Kept."))
            return redirect("evidence_links", community=acting.community.slug)
    counted = members_of(acting)
    said = links(acting)
    known = {account_key(row.name) for row in said}
    open_accounts = [name for key, name in accounts_named(acting) if key not in known]
    return render(
        request,
        "pages/studies_links.html",
        {
            "entered": entered,
            "said": [(row, counted.get(row.account, 0)) for row in said],
            "open_accounts": open_accounts[:ACCOUNTS_SHOWN],
            "open_count": len(open_accounts),
        },
    )


def _link(entered: dict[str, str]) -> Link:
    people = re.findall(r"[0-9]{1,9}", entered["people"])
    domains = re.split(r"[\s,、;]+", entered["domains"].strip())
    return Link(
        name=entered["account"],
        domains=tuple(one for one in domains if one),
        people=tuple(int(one) for one in people),
    )
