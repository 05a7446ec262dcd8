"""Light or dark: what the browser prefers, or what was chosen here and kept in a cookie."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "theme"
A_YEAR = 60 * 60 * 24 * 365


class Theme(StrEnum):
    """The three choices of the switch."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


def chosen_theme(request: HttpRequest) -> Theme:
    """Return the kept choice; whatever else stands in the cookie counts as no choice."""
    kept = request.COOKIES.get(COOKIE, "")
    return Theme(kept) if kept in set(Theme) else Theme.AUTO


@login_not_required
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice for a year and lead back to the page it was made on."""
    wanted = request.POST.get("theme", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if wanted not in set(Theme) or wanted == Theme.AUTO:
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        response.set_cookie(
            COOKIE,
            wanted,
            max_age=A_YEAR,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
