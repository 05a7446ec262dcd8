"""Series and chapters: which there are, what belongs to each, and making one from the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from jibungoto.desk.acting import Acting
from jibungoto.desk.understand.scopes import (
    EMPTIED,
    Scoped,
    drop_scope,
    initiatives_listed,
    proposed,
    save_scope,
    scope_keyed,
    scopes,
)
from jibungoto.ledger.initiative import InitiativeKind
from jibungoto.records.models import InitiativeRow
from jibungoto.understand.scope_kind import ScopeKind
from jibungoto.web.attempts import attempted, done
from jibungoto.web.entrance import in_community
from jibungoto.web.printing import said

MOST_LISTED = 400


@dataclass(frozen=True, slots=True)
class Candidate:
    """One initiative that can be put into a series or chapter."""

    row: InitiativeRow
    chosen: bool


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one series or chapter, new or kept."""

    kind: str
    name: str
    groups: list[tuple[str, list[Candidate]]]
    is_cut: bool = False


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def scopes_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """List series and chapters, propose those that names suggest; posting makes one."""
    if request.method == "POST":
        kind = _kind(request.POST.get("kind", ""))
        name, parts = request.POST.get("name", ""), request.POST.getlist("parts")
        row = attempted(request, lambda: save_scope(acting, kind, name=name, parts=parts))
        if row is not None:
            messages.success(request, _("“%(name)s” is on the list now.") % {"name": row.name})
            return redirect("measures_scopes", community=acting.community.slug)
        return _listed(request, acting, form=_form(acting, kind, name=name, parts=parts))
    return _listed(request, acting, form=_form(acting, ScopeKind.SERIES))


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def scope_page(request: HttpRequest, acting: Acting, *, kind: str, key: str) -> HttpResponseBase:
    """Change what belongs to a series or chapter, or take it off the list."""
    of = _kind(kind)
    one = scope_keyed(acting, of, key=key)
    if request.method != "POST":
        form = _form(acting, of, name=one.name, parts=_parts(one))
        return render(request, "pages/scope.html", {"form": form, "scope": one})
    if request.POST.get("step") == "drop":
        done(request, lambda: drop_scope(acting, of, key=key))
        return redirect("measures_scopes", community=acting.community.slug)
    name, parts = request.POST.get("name", ""), request.POST.getlist("parts")
    kept = one.row.key if one.row else ""
    row = attempted(request, lambda: save_scope(acting, of, name=name, parts=parts, key=kept))
    if row is None:
        form = _form(acting, of, name=name, parts=parts)
        return render(request, "pages/scope.html", {"form": form, "scope": one})
    messages.success(request, _("Saved as “%(name)s”.") % {"name": row.name})
    return redirect("measures_scopes", community=acting.community.slug)


def _parts(one: Scoped) -> tuple[str, ...]:
    return one.parts if one.row is not None else (one.key,)


def _kind(told: str) -> ScopeKind:
    if told not in set(ScopeKind):
        raise Http404
    return ScopeKind(told)


def _listed(request: HttpRequest, acting: Acting, *, form: Form) -> HttpResponseBase:
    listed = scopes(acting)
    own = [one for one in listed if one.row is not None]
    context = {
        "scopes": listed,
        "sentence": _sentence(len(own)),
        "proposals": proposed(acting),
        "emptied": EMPTIED,
        "form": form,
        "kinds": [(kind.value, said(kind.words), kind.value == form.kind) for kind in ScopeKind],
    }
    return render(request, "pages/scopes.html", context)


def _sentence(own: int) -> str:
    if not own:
        return _("Say which events belong together, and every measure can be taken of them alone.")
    return ngettext(
        "%(count)d series or chapter of your own.",
        "%(count)d series and chapters of your own.",
        own,
    ) % {"count": own}


def _form(acting: Acting, kind: ScopeKind, *, name: str = "", parts: Iterable[str] = ()) -> Form:
    chosen = set(parts)
    rows = list(initiatives_listed(acting)[: MOST_LISTED + 1])
    groups = {
        _("Series that a source tells of"): InitiativeKind.SERIES,
        _("Single events"): InitiativeKind.EVENT,
        _("Channels and other places"): None,
    }
    named = (InitiativeKind.SERIES.value, InitiativeKind.EVENT.value)
    shown = [
        (
            words,
            [
                Candidate(row, row.key in chosen)
                for row in rows[:MOST_LISTED]
                if row.kind == of or (of is None and row.kind not in named)
            ],
        )
        for words, of in groups.items()
    ]
    return Form(
        kind.value,
        name,
        [(words, ones) for words, ones in shown if ones],
        len(rows) > MOST_LISTED,
    )
