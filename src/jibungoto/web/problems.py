"""The pages for requests that cannot be answered: calm, in both languages, with the next step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jibungoto.web.language import page_language
from jibungoto.web.theme import chosen_theme


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a problem page says: what happened, and what to do next."""

    status: int
    title: str | Promise
    next_step: str | Promise


BAD_REQUEST = Trouble(
    400,
    _("This request could not be read"),
    _("Go back, reload the page and try once more."),
)
FORBIDDEN = Trouble(
    403,
    _("This page is not open to you"),
    _("Ask an administrator of the community for access, or sign in under another name."),
)
STALE_FORM = Trouble(
    403,
    _("This form had grown too old to be sent"),
    _("Nothing was changed. Go back, reload the page and send the form again."),
)
NOT_FOUND = Trouble(
    404,
    _("There is no page at this address"),
    _("It may have been moved, or the address may be incomplete. Start again from Today."),
)
WRONG_WAY_IN = Trouble(
    405,
    _("A form is sent to this address"),
    _(
        "There is nothing here to read, and nothing was changed. "
        "Go back and press the button there."
    ),
)
LOCKED_OUT = Trouble(
    429,
    _("Too many attempts to sign in"),
    _("Wait for 15 minutes and try again."),
)
TOO_MANY_LINKS = Trouble(
    429,
    _("Too many links were tried from here"),
    _("Wait for ten minutes. A link that was sent to you keeps opening meanwhile."),
)
SERVER_ERROR = Trouble(
    500,
    _("Something went wrong on our side"),
    _("Your data is unharmed. Try again in a moment; the details stand in the server's log."),
)


def trouble_page(request: HttpRequest, trouble: Trouble, *, back: str = "") -> HttpResponse:
    """Render a problem without session or database, for either may be the problem.

    ``back`` is the address to go on from, where that is not Today.
    """
    page = render_to_string(
        "pages/trouble.html",
        {
            "trouble": trouble,
            "back": back,
            "theme": chosen_theme(request).value,
            "LANGUAGE_CODE": page_language(),
        },
    )
    return HttpResponse(page, status=trouble.status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    return trouble_page(request, BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return trouble_page(request, FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 for a form without a valid token."""
    return trouble_page(request, STALE_FORM)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return trouble_page(request, NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500."""
    return trouble_page(request, SERVER_ERROR)


def locked_out(request: HttpRequest, *_told: object) -> HttpResponse:
    """Answer 429 after too many attempts to sign in."""
    return trouble_page(request, LOCKED_OUT)


class WrongWayIn:
    """Answers 405 with a page that leads back, where somebody opens what only takes a form."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Put a page in place of an empty answer; which methods are taken stays in its header."""
        answer = self._answer(request)
        if answer.status_code != WRONG_WAY_IN.status or request.method not in {"GET", "HEAD"}:
            return answer
        page = trouble_page(request, WRONG_WAY_IN, back=_way_back(request.path))
        page.headers["Allow"] = answer.headers.get("Allow", "POST")
        return page


def _way_back(path: str) -> str:
    """Return the nearest address above this one where there is a page."""
    while path.strip("/"):
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return "/"
