"""Look-alikes: names that may be one person, side by side, answered by button or by key."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.alike import is_behind
from jibungoto.desk.gather.decide import decide, part, take_back, take_back_last
from jibungoto.desk.gather.pairs import (
    Side,
    TwoSides,
    answered_by,
    called,
    counts,
    decided,
    proposals,
    two_sided,
)
from jibungoto.gather.people.spellings import company, folded, names_in, swapped, without_order
from jibungoto.records.models import LookAlikeState
from jibungoto.web.attempts import attempted
from jibungoto.web.entrance import in_community
from jibungoto.web.navigation import waiting_words
from jibungoto.web.typed import whole
from jibungoto.web.wording import day_words, source_name

A_PAGE = 100
_BETWEEN = re.compile(r"[._-]+")
ANSWERS = {
    "same": LookAlikeState.ACCEPTED,
    "different": LookAlikeState.REJECTED,
    "later": LookAlikeState.LATER,
}
SHOWN: dict[str, str | Promise] = {
    "open": pgettext_lazy("proposals", "Waiting"),
    "later": pgettext_lazy("proposals", "Put off"),
    "answered": pgettext_lazy("proposals", "Answered"),
}
SAID: dict[str, str | Promise] = {
    LookAlikeState.ACCEPTED: lazy("The same person"),
    LookAlikeState.REJECTED: lazy("Two people"),
    LookAlikeState.LATER: lazy("Later"),
    LookAlikeState.OPEN: pgettext_lazy("proposals", "Waiting"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of both sides; ``verdict`` is ``same``, ``differs``, or empty where one is mute."""

    label: str
    one: str
    other: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal as a page shows it."""

    pair: int
    title: str
    reasons: tuple[object, ...]
    sources: tuple[str, str]
    people: tuple[int, int]
    lines: list[Line]
    said: str | Promise


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def alike_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Show the proposals, a hundred a page, and take answers."""
    if request.method == "POST":
        return _answer(request, acting)
    shown = request.GET.get("show", "open")
    if shown not in SHOWN:
        raise Http404
    rows = decided(acting) if shown == "answered" else proposals(acting, state=_state(shown))
    try:
        page = Paginator(rows, A_PAGE).page(request.GET.get("page", 1))
    except InvalidPage as beyond:
        if request.GET.get("page") != "1" and rows.exists():
            return redirect(_here(acting, shown, page=1))
        raise Http404 from beyond
    count = counts(acting)
    context = {
        "shown": shown,
        "tabs": [(key, words, count[key]) for key, words in SHOWN.items()],
        "sentence": _sentence(count["open"]),
        "page": page,
        "cards": [card(both) for both in two_sided(acting, page.object_list)],
        "has_people": acting.community.version_id is not None,
        "is_looking": is_behind(acting.community),
    }
    return render(request, "pages/alike.html", context)


def _state(shown: str) -> LookAlikeState:
    return LookAlikeState(shown)


def _here(acting: Acting, shown: str, *, page: object) -> str:
    address = reverse("people_alike", args=[acting.community.slug])
    return f"{address}?show={shown}&page={page}"


def _sentence(count: int) -> str:
    if not count:
        return _("No names wait to be compared.")
    words = ngettext(
        "%(count)d pair of names may be one person. Nobody is joined until you say so.",
        "%(count)d pairs of names may be one person each. Nobody is joined until you say so.",
        count,
    )
    return words % {"count": count}


def _answer(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Keep one answer: a line in place of the card for htmx, the page again for everybody else."""
    answer = request.POST.get("answer", "")
    pair = whole(request.POST.get("pair", ""), digits=17)
    if answer == "last":
        return _taken_back(request, acting, is_something=take_back_last(acting) is not None)
    if pair is None:
        raise Http404
    if answer == "back":
        take_back(acting, pair)
        return _taken_back(request, acting, is_something=True)
    if answer not in ANSWERS:
        raise Http404
    row = attempted(request, lambda: decide(acting, pair, state=ANSWERS[answer]))
    if row is None or not getattr(request, "htmx", False) or "whole" in request.POST:
        return _back(request, acting)
    (both,) = two_sided(acting, [row])
    count = counts(acting)
    context = {
        "card": card(both),
        "settled": answered_by(acting, row),
        "waits": waiting_words(count["open"]),
        "sentence": _sentence(count["open"]),
        "tabs": [(key, words, count[key]) for key, words in SHOWN.items()],
        "shown": _shown(request),
        "page_number": _page_number(request),
    }
    return render(request, "parts/alike_answered_now.html", context)


def _taken_back(request: HttpRequest, acting: Acting, *, is_something: bool) -> HttpResponseBase:
    messages.success(request, _("Taken back.") if is_something else _("Nothing to take back."))
    return _back(request, acting)


def _back(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    return redirect(_here(acting, _shown(request), page=_page_number(request)))


def _shown(request: HttpRequest) -> str:
    shown = request.POST.get("show", "open")
    return shown if shown in SHOWN else "open"


def _page_number(request: HttpRequest) -> int:
    number = whole(request.POST.get("page", "1"), digits=6)
    return 1 if number is None else number


def card(both: TwoSides) -> Card:
    """Return a proposal as the page shows it, with what is the same and what differs."""
    names = [shown_name(side) for side in (both.one, both.other)]
    lines: list[Line] = []
    if both.one is not None and both.other is not None:
        lines = [
            Line(
                label(), told(both.one), told(both.other), _verdict(both.one, both.other, keys=keys)
            )
            for label, told, keys in _LINES
            if told(both.one) or told(both.other)
        ]
    return Card(
        pair=both.row.pk,
        title=" = ".join(names) if both.row.state == LookAlikeState.ACCEPTED else " / ".join(names),
        reasons=both.reasons,
        sources=(_source(both.one), _source(both.other)),
        people=(_person(both.one), _person(both.other)),
        lines=lines,
        said=SAID[both.row.state],
    )


def shown_name(side: Side | None) -> str:
    """Return the name a side goes by."""
    if side is None:
        return _("(taken out)")
    return side.handle.display_name or side.handle.name or side.handle.outside_id


def _source(side: Side | None) -> str:
    return source_name(side.handle.source) if side else ""


def _person(side: Side | None) -> int:
    return side.handle.person.number if side else 0


def _names(side: Side) -> str:
    names = (side.handle.display_name, side.handle.name)
    return ", ".join(dict.fromkeys(name for name in names if name))


def _user_name(side: Side) -> str:
    """Return the user name, else that the address has a first part which may be one."""
    return called(side.handle) or (_("see the e-mail address") if _local_part(side) else "")


def _reading(side: Side) -> str:
    return side.handle.reading


def _organisation(side: Side) -> str:
    return side.handle.organisation


def _address(side: Side) -> str:
    if not side.address:
        return ""
    how = _("verified") if side.handle.email else pgettext("e-mail", "typed")
    return f"{side.address} ({how})"


def _when(side: Side) -> str:
    if side.seen is None:
        return ""
    return f"{day_words(side.seen.first_day)} – {day_words(side.seen.last_day)}"


def _acts(side: Side) -> str:
    return f"{side.seen.acts:,}" if side.seen else _("none")


def _where(side: Side) -> str:
    return ", ".join(side.places)


def _others(side: Side) -> str:
    told = (
        f"{source_name(one.source)}: {one.display_name or one.name or one.outside_id}"
        for one in side.others
    )
    return ", ".join(told)


_Told = Callable[[Side], str]
_Keys = Callable[[Side], set[str]] | None


def _name_keys(side: Side) -> set[str]:
    names = (side.handle.display_name, side.handle.name)
    parts = {name for told in names if told for name in names_in(told)}
    return {without_order(name) for part in parts for name in (part, swapped(part))}


def _reading_keys(side: Side) -> set[str]:
    return {"".join(folded(side.handle.reading).split())} - {""}


def _organisation_keys(side: Side) -> set[str]:
    return {company(side.handle.organisation)} - {""}


def _address_keys(side: Side) -> set[str]:
    return {(side.handle.email or side.handle.typed_email).strip().casefold()} - {""}


def _local_part(side: Side) -> str:
    return (side.handle.email or side.handle.typed_email).partition("@")[0]


def _user_name_keys(side: Side) -> set[str]:
    """Return what somebody chooses to be called: a user name, or the first part of an address."""
    told = (called(side.handle), _local_part(side).partition("+")[0])
    return {_BETWEEN.sub("", one.casefold()) for one in told} - {""}


_LINES: tuple[tuple[Callable[[], str], _Told, _Keys], ...] = (
    (lambda: _("Name"), _names, _name_keys),
    (lambda: _("Reading"), _reading, _reading_keys),
    (lambda: _("User name"), _user_name, _user_name_keys),
    (lambda: _("Company"), _organisation, _organisation_keys),
    (lambda: _("E-mail"), _address, _address_keys),
    (lambda: _("Seen"), _when, None),
    (lambda: _("Acts"), _acts, None),
    (lambda: _("Most often in"), _where, None),
    (lambda: _("Joined with"), _others, None),
)


def _verdict(one: Side, other: Side, *, keys: _Keys) -> str:
    """Say whether both sides tell the same, or something else; nothing where one is mute.

    What one side writes in Latin letters and the other does not cannot be compared.
    """
    if keys is None:
        return ""
    left, right = keys(one), keys(other)
    if not left or not right:
        return ""
    if left & right:
        return "same"
    is_plain = [all(key.isascii() for key in told) for told in (left, right)]
    return "differs" if is_plain[0] == is_plain[1] else ""


@in_community
@require_POST
def part_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Part one name from the person it was joined with, and lead back to that person."""
    back = whole(request.POST.get("back", ""))
    is_parted = attempted(request, lambda: part(acting, number))
    if is_parted is not None:
        words = _("Parted. The numbers follow within a minute.")
        messages.success(request, words if is_parted else _("Nothing to part."))
    return redirect("people_person", acting.community.slug, number if back is None else back)
