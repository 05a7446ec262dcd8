"""Who gets a brief, and the days on which briefs are drafted; nothing goes unseen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.address import ATTACHABLE, Recipient, recipient
from jibungoto.desk.explain.listing import brief_numbered
from jibungoto.desk.explain.rhythm import Rhythm, end_rhythm, keep_rhythm, rhythms
from jibungoto.desk.explain.send import address_to, call_off, letter, send, sendings, take_off
from jibungoto.desk.explain.webhook import secret_of, told_secret
from jibungoto.desk.sustain.cover import stakeholder_facts
from jibungoto.explain.briefs.audiences import AUDIENCES, AudienceKey
from jibungoto.explain.briefs.brief import KINDS, BriefKind
from jibungoto.explain.briefs.rhythm import days_of
from jibungoto.explain.formats.endings import FORMATS
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import LANGUAGES, Words
from jibungoto.records.models import BriefState, Channel
from jibungoto.web.attempts import attempted
from jibungoto.web.entrance import in_community
from jibungoto.web.language import page_language
from jibungoto.web.pages.briefs import line_of
from jibungoto.web.pages.briefs_one import CHOOSE_STEP, NO_STEP
from jibungoto.web.pages.briefs_out import is_only_here
from jibungoto.web.typed import whole

LONGEST = 500
_HOLD = "token"
CHANNELS: tuple[tuple[str, Words], ...] = (
    (Channel.MAIL, Words("メール", "E-mail")),
    (Channel.WEBHOOK, Words("Webhook", "Webhook")),
)
WEEKDAYS: tuple[Words, ...] = (
    Words("月曜日", "Monday"),
    Words("火曜日", "Tuesday"),
    Words("水曜日", "Wednesday"),
    Words("木曜日", "Thursday"),
    Words("金曜日", "Friday"),
    Words("土曜日", "Saturday"),
    Words("日曜日", "Sunday"),
)
OF_MONTH = Words("{day}日", "day {day} of the month")
OF_QUARTER = Words("四半期の最初の月の{day}日", "day {day} of the quarter")
OF_YEAR = Words("年度末の75日前", "75 days before the fiscal year ends")


@dataclass(frozen=True, slots=True)
class Kept:
    """One rhythm as the page shows it."""

    number: int
    kind: Words
    audience: Words
    day: Words
    to: tuple[Recipient, ...]


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def send_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Show the letter and who is to get it; add, take off, and send."""
    row = brief_numbered(acting, number)
    if request.method == "POST" and _said(
        request, lambda: _sending(request, acting, number=number)
    ):
        return redirect("briefs_send", community=acting.community.slug, number=number)
    language = request.GET.get("lang", "")
    chosen = language if language in LANGUAGES else page_language()
    listed = sendings(acting, number)
    going = [one for one in listed if one.sent_at is None and one.approved_at is not None]
    return render(
        request,
        "pages/briefs_send.html",
        {
            "line": line_of(row),
            "is_draft": row.state == BriefState.DRAFT,
            "letter": letter(acting, number, language=chosen),
            "shown_in": chosen,
            "going": going,
            "waiting": [one for one in listed if one.sent_at is None and one.approved_at is None],
            "sent": [one for one in listed if one.sent_at is not None],
            "attachable": [FORMATS[ending] for ending in ATTACHABLE],
            "channels": CHANNELS,
            "stakeholders": stakeholder_facts(acting),
            "entered": request.POST,
            "secret": told_secret(secret_of(acting.community.key)),
            "outbox": getattr(settings, "EMAIL_FILE_PATH", ""),
            "is_only_here": is_only_here(request),
        },
    )


def _sending(request: HttpRequest, acting: Acting, *, number: int) -> str:
    step, told = request.POST.get("step", ""), request.POST
    if step == "add":
        address_to(acting, number, whom=_recipient(request, acting))
        return _("On the list. It goes when you send it.")
    if step == "send":
        place = reverse("read_brief", args=[_HOLD]).replace(_HOLD, "{token}")
        read_at = request.build_absolute_uri("/")[:-1] + place
        return _let_go(send(acting, number, read_at=read_at))
    if step == "stop":
        call_off(acting, number)
        return _("Stopped. What was handed over already may still arrive.")
    taken = whole(told.get("take_off", ""), digits=17)
    if taken is not None:
        take_off(acting, taken)
        return _("Taken off the list.")
    raise InvalidChoice(NO_STEP, CHOOSE_STEP)


def _let_go(count: int) -> str:
    return ngettext(
        "On its way to %(n)d. This page says when it has gone.",
        "On its way to %(n)d. This page says when it has gone.",
        count,
    ) % {"n": count}


def _recipient(request: HttpRequest, acting: Acting) -> Recipient:
    told = {
        name: request.POST.get(name, "").replace("\x00", "")[:LONGEST]
        for name in ("name", "channel", "address", "language", "attached")
    }
    chosen = whole(request.POST.get("stakeholder", ""), digits=17)
    known = {one.number: one.name for one in stakeholder_facts(acting)}
    return recipient(
        told["name"] or known.get(chosen or 0, ""),
        told["channel"],
        address=told["address"],
        language=told["language"],
        stakeholder=chosen if chosen in known else None,
        attached=told["attached"],
    )


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def rhythm_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Say which briefs are drafted on which days, and for whom."""
    if request.method == "POST" and _said(request, lambda: _rhythm(request, acting)):
        return redirect("briefs_rhythm", community=acting.community.slug)
    return render(
        request,
        "pages/briefs_rhythm.html",
        {
            "kept": [
                Kept(row.pk, one.kind.words, AUDIENCES[one.audience].name, _day(one), one.to)
                for row, one in rhythms(acting)
            ],
            "kinds": KINDS.items(),
            "audiences": AUDIENCES.values(),
            "weekdays": list(enumerate(WEEKDAYS, start=1)),
            "days": days_of(BriefKind.MONTHLY),
            "channels": CHANNELS,
            "stakeholders": stakeholder_facts(acting),
            "attachable": [FORMATS[ending] for ending in ATTACHABLE],
            "entered": request.POST,
        },
    )


def _rhythm(request: HttpRequest, acting: Acting) -> str:
    ended = whole(request.POST.get("end", ""), digits=17)
    if ended is not None:
        end_rhythm(acting, ended)
        return _("No more drafts by the calendar; those there are stay.")
    kind, audience = request.POST.get("kind", ""), request.POST.get("audience", "")
    if kind not in set(BriefKind) or audience not in set(AudienceKey):
        raise InvalidChoice(NO_STEP, CHOOSE_STEP)
    field = "weekday" if kind == BriefKind.WEEKLY else "day"
    day = whole(request.POST.get(field, ""), digits=2) or 0
    to = (_recipient(request, acting),) if request.POST.get("address", "").strip() else ()
    keep_rhythm(acting, Rhythm(BriefKind(kind), AudienceKey(audience), day, to))
    return _("Kept. A draft waits for you on each of these days; it goes when you send it.")


def _day(one: Rhythm) -> Words:
    if one.kind is BriefKind.WEEKLY:
        return WEEKDAYS[one.day - 1]
    if one.kind is BriefKind.YEARLY:
        return OF_YEAR
    words = OF_QUARTER if one.kind is BriefKind.QUARTERLY else OF_MONTH
    return words.filled(day=one.day)


def _said(request: HttpRequest, verb: Callable[[], str]) -> bool:
    """Do something and say what came of it; False where it could not be done."""
    told = attempted(request, verb)
    if told is not None:
        messages.success(request, told)
    return told is not None
