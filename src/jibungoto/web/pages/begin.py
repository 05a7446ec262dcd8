"""Beginning: the one-time address that leads into an empty home."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jibungoto.desk.acting import acting_as
from jibungoto.desk.house.begin import Beginning, accept, is_open, nobody_may_enter
from jibungoto.engine.calendar import zone_named
from jibungoto.ledger.problems import NotAllowed, Problem
from jibungoto.records.models import CommunityRow
from jibungoto.web.language import page_language

_BACKEND = "django.contrib.auth.backends.ModelBackend"
WEEK_STARTS = (1, 7, 6)
"""The days a week begins with somewhere, as ISO numbers: Monday, Sunday, Saturday."""

TOO_WEAK = _(
    "This passphrase is too weak. Use 12 characters or more, and avoid common words and names."
)


class BeginningForm(forms.Form):
    """What a new home needs to be told; a home with a community asks for the person only."""

    community = forms.CharField(
        max_length=200, error_messages={"required": _("Say what the community is called.")}
    )
    language = forms.ChoiceField(choices=[("ja", "日本語"), ("en", "English")])
    zone = forms.CharField(
        max_length=64,
        error_messages={"required": _("Say in which time zone it lives, such as Asia/Tokyo.")},
    )
    week_start = forms.TypedChoiceField(
        choices=[(day, str(day)) for day in WEEK_STARTS], coerce=int
    )
    fiscal_month = forms.TypedChoiceField(
        choices=[(month, str(month)) for month in range(1, 13)], coerce=int
    )
    name = forms.CharField(
        max_length=150, error_messages={"required": _("Choose a name to sign in with.")}
    )
    passphrase = forms.CharField(
        max_length=1_000, strip=False, error_messages={"required": _("Choose a passphrase.")}
    )

    def __init__(self, *given: Any, existing: CommunityRow | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        if existing is not None:
            for asked in ("community", "language", "zone", "week_start", "fiscal_month"):
                del self.fields[asked]

    def clean_zone(self) -> str:
        """Return the zone as it was entered, if there is one of this name."""
        zone = str(self.cleaned_data["zone"]).strip()
        try:
            zone_named(zone)
        except Problem as problem:
            raise ValidationError(problem.said_in(page_language())) from problem
        return zone

    def clean(self) -> dict[str, Any]:
        """Say a passphrase that is too weak beside its field."""
        told = super().clean() or self.cleaned_data
        if "passphrase" in told:
            try:
                validate_password(
                    told["passphrase"], get_user_model()(username=told.get("name", ""))
                )
            except ValidationError:
                self.add_error("passphrase", TOO_WEAK)
        return told

    def first_wrong(self) -> str:
        """Return the first field with a message, where whoever fills in goes on; mostly none."""
        return next((name for name in self.fields if name in self.errors), "")


class SignIn(LoginView):
    """Signing in; where nobody can yet, the page says where the one-time address stands."""

    template_name = "pages/sign_in.html"
    next_page = "home"
    redirect_authenticated_user = True

    def get(self, request: HttpRequest, *told: Any, **named: Any) -> HttpResponse:
        """Show the form, or how to begin; the address itself is never shown."""
        if nobody_may_enter():
            return render(request, "pages/begin_where.html")
        return super().get(request, *told, **named)


@login_not_required
@never_cache
@sensitive_post_parameters("passphrase")
@require_http_methods(["GET", "HEAD", "POST"])
def begin_page(request: HttpRequest, *, token: str) -> HttpResponseBase:
    """Make the community and its first administrator, once, and lead them to Sources."""
    if not is_open(token):
        return render(request, "pages/begin_over.html", status=404)
    existing = CommunityRow.objects.order_by("pk").first()
    form = BeginningForm(request.POST or None, existing=existing, initial=_proposed())
    if request.method == "POST" and form.is_valid():
        try:
            user_id = _accepted(token, form)
        except NotAllowed:
            return render(request, "pages/begin_over.html", status=404)
        except Problem as problem:
            form.add_error(None, problem.said_in(page_language()))
        else:
            return _led_in(request, user_id)
    return render(request, "pages/begin.html", _asked(form, existing))


def _proposed() -> dict[str, object]:
    japanese = page_language() == "ja"
    return {
        "language": "ja" if japanese else "en",
        "zone": "Asia/Tokyo" if japanese else "",
        "week_start": 1,
        "fiscal_month": 4 if japanese else 1,
    }


def _asked(form: BeginningForm, existing: CommunityRow | None) -> dict[str, object]:
    return {
        "form": form,
        "existing": existing,
        "zones": sorted(zone for zone in available_timezones() if _is_a_place(zone)),
        "week_days": [(day, WEEKDAYS[day - 1]) for day in WEEK_STARTS],
        "months": [(month, MONTHS[month]) for month in range(1, 13)],
    }


def _is_a_place(zone: str) -> bool:
    return zone == "UTC" or ("/" in zone and not zone.startswith(("Etc/", "SystemV/", "US/")))


def _accepted(token: str, form: BeginningForm) -> int:
    told = form.cleaned_data
    beginning = Beginning(
        name=told.get("community", ""),
        language=told.get("language", "ja"),
        zone=told.get("zone", "UTC"),
        week_start=told.get("week_start", 1),
        fiscal_month=told.get("fiscal_month", 4),
    )
    return accept(token, beginning, name=told["name"], passphrase=told["passphrase"])


def _led_in(request: HttpRequest, user_id: int) -> HttpResponseBase:
    """Sign the first administrator in and go on in the language that was chosen."""
    login(request, get_user_model().objects.get(pk=user_id), backend=_BACKEND)
    acting = acting_as(user_id)
    if acting is None:
        return redirect("home")
    response = redirect("sources", community=acting.community.slug)
    language = acting.community.language
    if translation.check_for_language(language):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response
