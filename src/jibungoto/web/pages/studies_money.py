"""The money models: every assumption in three numbers, each with its switch, and the range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.business import outcomes
from jibungoto.desk.explain.money import Assumed, Kept, keep_money, model_named, money
from jibungoto.desk.explain.studies import questions
from jibungoto.explain.studies.amounts import amount_of
from jibungoto.explain.studies.money import CASES, Assumption, Case, Kind, MoneyModel, Range
from jibungoto.explain.studies.money_from_accounts import ATTRIBUTED
from jibungoto.explain.studies.money_saying import claims_of_money, number, worth
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.web.attempts import attempted
from jibungoto.web.entrance import in_community
from jibungoto.web.typed import whole

UNITS = {
    Kind.COUNT: Words("数", "number"),
    Kind.YEN: Words("円", "yen"),
    Kind.SHARE: Words("%", "%"),
    Kind.HOURS: Words("時間", "hours"),
}
_NO_NUMBER = Words("「{said}」は数として読めません。", "“{said}” is no number.")
_DIGITS = Words("1200や12.5のように書いてください。", "Write it like 1200 or 12.5.")


@dataclass(frozen=True, slots=True)
class Field:
    """One assumption as the form shows it: three numbers as typed, its switch, and its weight.

    ``without`` is the headline if the switch were turned.
    """

    assumption: Assumption
    unit: Words
    cells: list[tuple[str, Words, str]]
    is_on: bool
    note: str
    without: Words


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def money_page(request: HttpRequest, acting: Acting, *, key: str) -> HttpResponseBase:
    """Show a model with low, middle and high, and take in what is assumed."""
    try:
        model = model_named(key)
    except UnknownName as unknown:
        raise Http404 from unknown
    if request.method == "POST" and _kept(request, acting, model=model):
        return redirect("evidence_money", community=acting.community.slug, key=key)
    kept = money(acting, key, is_page=True)
    reckoned = kept.reckoned
    return render(
        request,
        "pages/studies_money.html",
        {
            "model": model,
            "kept": kept,
            "is_fixed": model.of_study or model is ATTRIBUTED,
            "fields": _fields(request, kept),
            "cases": list(CASES.values()),
            "results": []
            if reckoned is None
            else [(one.line.name, [worth(one, case) for case in Case]) for one in reckoned.results],
            "missing": [] if reckoned is None else reckoned.missing,
            "claims": [] if reckoned is None else claims_of_money(reckoned),
            "questions": questions(acting) if model.of_study else [],
            "outcomes": outcomes(acting) if model is ATTRIBUTED else [],
        },
    )


def _kept(request: HttpRequest, acting: Acting, *, model: MoneyModel) -> bool:
    """Keep what was sent; False where it does not fit, which the page then says."""
    seen = whole(request.POST.get("seen", ""), digits=7)

    def keep() -> bool:
        assumed = Assumed(
            given={one.key: _range(request, one) for one in model.assumptions},
            study=whole(request.POST.get("study", ""), digits=7),
            outcome=request.POST.get("outcome", ""),
        )
        keep_money(acting, model.key, assumed=assumed, seen=-1 if seen is None else seen)
        return True

    if attempted(request, keep) is None:
        return False
    messages.success(request, _("Kept."))
    return True


def _range(request: HttpRequest, one: Assumption) -> Range:
    low, middle, high = (_number(request.POST.get(f"{one.key}-{case}", ""), one) for case in Case)
    return Range(
        low=low,
        middle=middle,
        high=high,
        is_on=request.POST.get(f"{one.key}-on") == "yes",
        note=request.POST.get(f"{one.key}-note", "").strip()[:300],
    )


def _number(said: str, one: Assumption) -> float | None:
    """Return a number as typed; shares are typed as per cent."""
    amount = amount_of(said)
    if amount.is_empty:
        return None
    if amount.number is None:
        raise InvalidChoice(_NO_NUMBER.filled(said=said[:50].replace("{", "(")), _DIGITS)
    is_written_so = "%" in said or "％" in said
    return amount.number / 100 if one.kind is Kind.SHARE and not is_written_so else amount.number


def _fields(request: HttpRequest, kept: Kept) -> list[Field]:
    """Return the assumptions as typed just now, or as kept."""
    turned = {} if kept.reckoned is None else {w.assumption.key: w for w in kept.reckoned.without}
    found = []
    for one in kept.model.assumptions:
        said = kept.given.get(one.key, Range())
        weight = turned.get(one.key)
        found.append(
            Field(
                assumption=one,
                unit=UNITS[one.kind],
                cells=[_cell(request.POST, one, case=case, said=said) for case in Case],
                is_on=_switch(request, one, said=said),
                note=request.POST.get(f"{one.key}-note", said.note),
                without=number(None if weight is None else weight.worth, Kind.YEN),
            )
        )
    return found


def _cell(
    posted: Mapping[str, object], one: Assumption, *, case: Case, said: Range
) -> tuple[str, Words, str]:
    name = f"{one.key}-{case}"
    value = getattr(said, case.value)
    times = 100 if one.kind is Kind.SHARE else 1
    shown = "" if value is None else f"{value * times:.12g}"
    return name, CASES[case], str(posted.get(name, shown))


def _switch(request: HttpRequest, one: Assumption, *, said: Range) -> bool:
    if request.method == "POST":
        return request.POST.get(f"{one.key}-on") == "yes"
    return said.is_on
