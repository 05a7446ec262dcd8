"""Members' voices: what was said, where, and who of the team heard that it may be quoted."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.desk.explain.voices import (
    VoiceWish,
    keep_voice,
    sentence,
    take_back_voice,
    voices,
)
from jibungoto.desk.sustain.team import members
from jibungoto.explain.briefs.voices import MOST
from jibungoto.ledger.words import Words
from jibungoto.records.models import VoiceRow
from jibungoto.web.attempts import attempted, done
from jibungoto.web.entrance import in_community
from jibungoto.web.pages.team_entered import day_in, text_in
from jibungoto.web.typed import whole

LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Line:
    """One voice as the page shows it."""

    row: VoiceRow
    sentence: Words


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def voices_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """List the voices that may be quoted; add one, or take one back."""
    if request.method == "POST":
        if "take_back" in request.POST:
            number = whole(request.POST["take_back"], digits=17) or 0
            is_done = done(request, lambda: take_back_voice(acting, number))
            told = _("Taken back. No brief can be issued with it any more.")
        else:
            is_done = attempted(request, lambda: keep_voice(acting, _wish(request))) is not None
            told = _("Kept. The next draft has it under its heading.")
        if is_done:
            messages.success(request, told)
            return redirect("briefs_voices", community=acting.community.slug)
    context = {
        "lines": [Line(row, sentence(row)) for row in voices(acting)],
        "members": members(acting),
        "entered": request.POST,
        "most": MOST,
        "today": today_in(acting).isoformat(),
    }
    return render(request, "pages/voices.html", context)


def _wish(request: HttpRequest) -> VoiceWish:
    told = request.POST
    texts = [text_in(told, name).replace("\x00", "")[:LONGEST] for name in ("ja", "en", "source")]
    return VoiceWish(
        quote=Words(texts[0], texts[1]),
        source=texts[2],
        told_to=whole(told.get("told_to", ""), digits=17),
        told_on=day_in(told, "told_on"),
    )
