"""Evidence: questions registered before their answer, what they show, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.account_links import links
from jibungoto.desk.explain.business import (
    AT_ONCE,
    Upload,
    bring_in_records,
    files,
    receive_records,
)
from jibungoto.desk.explain.money import Kept, money_models
from jibungoto.desk.explain.studies import (
    Registered,
    change,
    files_of,
    known_answer,
    question,
    questions,
    register,
)
from jibungoto.explain.claims import Claim
from jibungoto.explain.studies.intervals import Estimate
from jibungoto.explain.studies.money import Case
from jibungoto.explain.studies.money_saying import worth
from jibungoto.explain.studies.periods import period_from
from jibungoto.explain.studies.printing import DASH, between, gap
from jibungoto.explain.studies.registration import FIELDS, Method, Registration, Unit, said_of
from jibungoto.explain.studies.saying import claims_of_study, quality, sensitivity
from jibungoto.explain.studies.study import Study
from jibungoto.explain.studies.table import Wanted
from jibungoto.ledger.words import Words
from jibungoto.web.attempts import attempted, tell
from jibungoto.web.entrance import in_community
from jibungoto.web.pages.studies_entered import (
    CHOICES,
    EnteredQuestion,
    entered_in,
    entered_of,
    registration_in,
)
from jibungoto.web.spool import problems_of
from jibungoto.web.typed import whole

FIELD = "records"
FILES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One question on the list, with what it says so far."""

    asked: Registered
    study: Study | None
    claim: Claim | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One way of putting both sides against each other, printed."""

    name: Words
    value: Words
    spread: Words
    is_chosen: bool = False


@in_community
@require_GET
def evidence_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Show every question with its sentence and grade, the money models, and the records."""
    asked = [(one, known_answer(acting, one.row.number)) for one in questions(acting)]
    models = money_models(acting, is_page=True)
    is_pending = any(study is None for _one, study in asked)
    return render(
        request,
        "pages/studies.html",
        {
            "lines": [Line(one, study, _claim(study)) for one, study in asked],
            "models": [(kept, _headline(kept)) for kept in models],
            "is_pending": is_pending or any(kept.is_pending for kept in models),
            "files": files(acting)[:FILES_SHOWN],
            "linked": len(links(acting)),
        },
    )


def _headline(kept: Kept) -> list[Words]:
    """Return the first result of a model in its three cases."""
    if kept.reckoned is None:
        return [DASH] * len(Case)
    return [worth(kept.reckoned.results[0], case) for case in Case]


def _claim(study: Study | None) -> Claim | None:
    return None if study is None else next(iter(claims_of_study(study)), None)


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def new_question_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Register a question; what was typed stays where something does not fit."""
    entered = entered_in(request) if request.method == "POST" else EnteredQuestion()
    if request.method == "POST":
        kept = attempted(
            request,
            lambda: register(acting, registration_in(entered, acting.community.fiscal_month)),
        )
        if kept is not None:
            messages.success(
                request, _("Registered. Bring in the outcome now; the question is older than it.")
            )
            return redirect("evidence_study", community=acting.community.slug, number=kept.number)
    return render(request, "pages/studies_form.html", {"entered": entered, **CHOICES})


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def change_question_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Change a question in the open: what it was stays to be seen."""
    asked = question(acting, number)
    entered = entered_of(asked.registration)
    if request.method == "POST":
        entered = entered_in(request)
        seen = whole(request.POST.get("seen", ""), digits=5)
        kept = attempted(
            request,
            lambda: change(
                acting,
                number,
                asked=registration_in(entered, acting.community.fiscal_month),
                seen=-1 if seen is None else seen,
            ),
        )
        if kept is not None:
            messages.success(request, _("Changed. What it was before stays on the page."))
            return redirect("evidence_study", community=acting.community.slug, number=number)
    return render(
        request, "pages/studies_form.html", {"entered": entered, "asked": asked, **CHOICES}
    )


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def question_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Show what a question's answer is and how sure, and take in the outcome."""
    asked = question(acting, number)
    if request.method == "POST":
        _receive(request, acting, told=asked.registration)
        return redirect("evidence_study", community=acting.community.slug, number=number)
    study = known_answer(acting, number)
    if study is None:
        return render(request, "pages/studies_pending.html", _asked(asked, acting))
    found, unit = study.estimate, asked.registration.unit
    return render(
        request,
        "pages/studies_one.html",
        {
            **_asked(asked, acting),
            "study": study,
            "claim": _claim(study),
            "comparisons": _comparisons(study, unit),
            "who": [
                (quality(one, study.segments), f"{one.before:+.2f}", f"{one.after:+.2f}")
                for one in study.likeness
            ],
            "is_matched": asked.registration.method is Method.MATCHED,
            "sensitivity": sensitivity(found, unit) if found is not None else None,
        },
    )


def _asked(asked: Registered, acting: Acting) -> dict[str, object]:
    """Return what the page of a question shows whether it is answered or not."""
    return {
        "asked": asked,
        "facts": _facts(asked.registration),
        "edits": [
            (FIELDS[edit.field], said_of(edit.before), said_of(edit.after), edit)
            for edit in asked.edits
        ],
        "files": files_of(acting, asked),
    }


def _receive(request: HttpRequest, acting: Acting, *, told: Registration) -> None:
    """Read the outcome of a question from the file that came along, and say what came of it."""
    file = request.FILES.get(FIELD)
    for problem in problems_of(request)[:1]:
        tell(request, problem)
        return
    if file is None:
        messages.error(request, _("No file came along. Choose a file, then bring it in."))
        return
    wanted = Wanted(
        outcome=told.outcome,
        allows_negative=request.POST.get("negative") == "yes",
        is_share=told.unit is Unit.SHARE,
    )
    upload = Upload(file.name or "", file.chunks())
    is_small = (file.size or 0) <= AT_ONCE
    take = bring_in_records if is_small else receive_records
    row = attempted(request, lambda: take(acting, upload, wanted=wanted))
    if row is not None and not is_small:
        messages.success(request, _("Received. It is being read; this page says when it is in."))
    elif row is not None:
        told_words = _("Read: %(kept)d values of %(read)d rows. Put aside: %(aside)d.")
        counts = {"kept": row.kept, "read": row.read, "aside": len(row.refused)}
        messages.success(request, told_words % counts)


_NAIVE = Words("参加した側と他との、参加後の平均の差", "Members less others, after joining")
_EVERYBODY = Words(
    "変化の差(まだ参加していない全アカウントと比べて)",
    "Change against all accounts that have not joined",
)
_MATCHED = Words("変化の差(組にした相手と比べて)", "Change against matched accounts")
_RETURN = Words(
    "うち、似た相手を選んだことだけで生じうる分(平均への回帰)",
    "of which choosing look-alikes may make by itself (regression to the mean)",
)


def _comparisons(study: Study, unit: Unit) -> list[Comparison]:
    """Return the naive gap, the change against everybody, and the matched one, in that order."""
    if study.naive is None or study.everybody is None or study.estimate is None:
        return []
    is_matched = study.asked.registration.method is Method.MATCHED
    found = [
        _compared(_NAIVE, study.naive, unit=unit),
        _compared(_EVERYBODY, study.everybody, unit=unit, is_chosen=not is_matched),
    ]
    if is_matched:
        found.append(_compared(_MATCHED, study.estimate, unit=unit, is_chosen=True))
        found.append(Comparison(_RETURN, gap(study.possible, unit), DASH))
    return found


def _compared(name: Words, found: Estimate, *, unit: Unit, is_chosen: bool = False) -> Comparison:
    return Comparison(name, gap(found.value, unit), between(found.interval, unit), is_chosen)


def _facts(told: Registration) -> list[tuple[Words, Words]]:
    """Return the registered question field by field, periods as one writes them."""
    values = {name: said_of(str(getattr(told, name))) for name in FIELDS}
    values |= {name: period_from(getattr(told, name)).words for name in ("first", "last")}
    return [(FIELDS[name], value) for name, value in values.items()]
