"""Writing the team down in ten minutes: its people, who covers what, and the accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jibungoto.desk.acting import Acting
from jibungoto.desk.sustain.accounts import AccountWish, accounts, keep_accounts
from jibungoto.desk.sustain.cover import CoverWish, cover_rows, keep_cover
from jibungoto.desk.sustain.team import MemberWish, keep_members, members
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.models import AccountKind
from jibungoto.sustain.abilities import ABILITIES, Ability
from jibungoto.sustain.team import FUNCTIONS, PARTS, Function, Part
from jibungoto.web.attempts import done
from jibungoto.web.entrance import in_community
from jibungoto.web.language import page_language
from jibungoto.web.pages.team import ACCOUNT_KINDS
from jibungoto.web.pages.team_entered import choice_in, day_in, number_in, text_in
from jibungoto.web.pages.team_listed import accounts_file

MOST_LINES = 60
"""No form is read further than this."""
NEW_MEMBERS, NEW_ACCOUNTS = 3, 3
LINES_PER_ABILITY = 2

Posted = Mapping[str, str]
Fields = Mapping[str, str]
"""What stands in one line of a form, by the name of the field."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one form (or of one ability in it), each with its place in the names."""

    lines: list[tuple[str, Fields]]
    ability: Ability | None = None


MEMBER_FIELDS = ("number", "name", "function", "hours", "leaves")
COVER_FIELDS = ("member", "part", "hours", "used")
ACCOUNT_FIELDS = ("number", "kind", "name", "admins", "where", "renewal", "drop")


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def people_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Write down who is in the team; the next step is who covers what."""
    posted = _posted(request.POST, MEMBER_FIELDS)
    if request.method == "POST" and done(request, lambda: _keep_people(acting, posted)):
        messages.success(request, _("The team is written down."))
        return redirect("team_cover", community=acting.community.slug)
    before = [
        {
            "number": str(row.pk),
            "name": row.name,
            "function": row.function,
            "hours": _number(row.hours),
        }
        for row in members(acting)
    ]
    lines = posted if request.method == "POST" else _numbered("", before, blank=NEW_MEMBERS)
    context = {
        "lines": lines,
        "functions": FUNCTIONS.items(),
    }
    return render(request, "pages/team_people.html", context, status=_status(request))


def _keep_people(acting: Acting, lines: Iterable[tuple[str, Fields]]) -> None:
    wishes, leaving = [], []
    for _place, line in lines:
        number = number_in(line, "number")
        if number is not None and line["leaves"]:
            leaving.append(number)
        elif number is not None or line["name"].strip():
            function = choice_in(line, "function", of=Function)
            hours = number_in(line, "hours")
            wishes.append(MemberWish(text_in(line, "name"), function, hours, number=number))
    keep_members(acting, wishes, leaving=leaving)


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def cover_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Write down who covers each ability, and who stands in with how many hours."""
    posted = {
        one.key: _posted(request.POST, COVER_FIELDS, prefix=f"{one.key}-") for one in ABILITIES
    }
    if request.method == "POST" and done(request, lambda: _keep_cover(acting, posted)):
        messages.success(request, _("The cover is written down."))
        return redirect("team", community=acting.community.slug)
    before: dict[str, list[Fields]] = {one.key: [] for one in ABILITIES}
    for row in cover_rows(acting):
        before[row.ability].append(
            {
                "member": str(row.member_id),
                "part": row.part,
                "hours": _number(row.hours),
                "used": row.last_used.isoformat() if row.last_used else "",
            }
        )
    shown = [
        Lines(
            posted[one.key]
            if request.method == "POST"
            else _numbered(f"{one.key}-", before[one.key], blank=_blank(before[one.key])),
            one,
        )
        for one in ABILITIES
    ]
    context = {
        "abilities": shown,
        "members": [(str(row.pk), row.name) for row in members(acting)],
        "parts": PARTS.items(),
    }
    return render(request, "pages/team_cover.html", context, status=_status(request))


def _blank(before: Sequence[Fields]) -> int:
    return max(1, LINES_PER_ABILITY - len(before))


def _keep_cover(acting: Acting, posted: Mapping[str, list[tuple[str, Fields]]]) -> None:
    if not all(posted.values()):
        raise InvalidChoice(
            Words("フォームの一部が届きませんでした。", "A part of the form did not arrive."),
            Words("もう一度送ってください。", "Send it again."),
        )
    wishes = []
    for ability, lines in posted.items():
        for _place, line in lines:
            member = number_in(line, "member")
            if member is not None:
                part = choice_in(line, "part", of=Part)
                hours, used = number_in(line, "hours"), day_in(line, "used")
                wishes.append(CoverWish(ability, member, part, hours, last_used=used))
    keep_cover(acting, wishes)


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def accounts_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Write down what the community depends on, and who can open it; or list it as a file."""
    if ending := request.GET.get("as"):
        kinds = {kind.value: words for kind, words in ACCOUNT_KINDS.items()}
        return accounts_file(accounts(acting), kinds=kinds, ending=ending)
    posted = _posted(request.POST, ACCOUNT_FIELDS)
    if request.method == "POST" and done(request, lambda: _keep_accounts(acting, posted)):
        messages.success(request, _("The accounts are written down."))
        return redirect("team", community=acting.community.slug)
    joint = "、" if page_language() == "ja" else ", "
    before = [
        {
            "number": str(row.pk),
            "kind": row.kind,
            "name": row.name,
            "admins": joint.join(row.admins),
            "where": row.where,
            "renewal": row.renewal.isoformat() if row.renewal else "",
        }
        for row in accounts(acting)
    ]
    lines = posted if request.method == "POST" else _numbered("", before, blank=NEW_ACCOUNTS)
    context = {
        "lines": lines,
        "kinds": ACCOUNT_KINDS.items(),
    }
    return render(request, "pages/team_accounts.html", context, status=_status(request))


def _keep_accounts(acting: Acting, lines: Iterable[tuple[str, Fields]]) -> None:
    wishes, dropped = [], []
    for _place, line in lines:
        number = number_in(line, "number")
        if number is not None and line["drop"]:
            dropped.append(number)
        elif number is not None or line["name"].strip():
            wishes.append(
                AccountWish(
                    kind=choice_in(line, "kind", of=AccountKind),
                    name=text_in(line, "name"),
                    admins=names_in(text_in(line, "admins")),
                    where=text_in(line, "where"),
                    renewal=day_in(line, "renewal"),
                    number=number,
                )
            )
    keep_accounts(acting, wishes, dropped=dropped)


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a line that parts them by commas of either language."""
    for comma in ("、", "，", "；", ";"):
        text = text.replace(comma, ",")
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _posted(posted: Posted, fields: Sequence[str], *, prefix: str = "") -> list[tuple[str, Fields]]:
    """Return the lines of a form as they were sent, in their order."""
    found: list[tuple[str, Fields]] = []
    for at in range(MOST_LINES):
        place = f"{prefix}{at}"
        if f"{place}-{fields[0]}" not in posted:
            break
        found.append((place, {name: posted.get(f"{place}-{name}", "") for name in fields}))
    return found


def _numbered(prefix: str, before: Iterable[Fields], *, blank: int) -> list[tuple[str, Fields]]:
    """Return the lines of a form before anything was entered, with blank ones at the end."""
    lines = [*before, *({} for _line in range(blank))][:MOST_LINES]
    return [(f"{prefix}{at}", line) for at, line in enumerate(lines)]


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200
