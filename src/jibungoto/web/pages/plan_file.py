"""A plan to hand over on one page: as a PDF, or as a slide that can be edited."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from jibungoto.desk.acting import Acting
from jibungoto.desk.plan.facts import facts_for
from jibungoto.desk.plan.look import Version, version_of
from jibungoto.explain.plans.columns import PlanShown
from jibungoto.explain.plans.page import plan_pdf, plan_pptx
from jibungoto.ledger.words import Words
from jibungoto.web.entrance import in_community
from jibungoto.web.exporting import safe_name
from jibungoto.web.language import page_language
from jibungoto.web.pages.plan_one import number_asked, segment_names
from jibungoto.web.pages.plan_suggested import value_words

MADE: dict[str, tuple[Callable[[PlanShown, str], bytes], str]] = {
    "pdf": (plan_pdf, "application/pdf"),
    "pptx": (
        plan_pptx,
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
}


@in_community
@require_GET
def plan_file(request: HttpRequest, acting: Acting, *, key: str, ending: str) -> HttpResponseBase:
    """Return one version as a file in the language of the page; members are not named in it."""
    if ending not in MADE:
        raise Http404
    version = version_of(acting, key, number=number_asked(request))
    make, kind = MADE[ending]
    answer = HttpResponse(make(_shown(acting, version), page_language()), content_type=kind)
    name = f"{safe_name(f'{acting.community.slug}-{key}-{version.row.number}')}.{ending}"
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _shown(acting: Acting, version: Version) -> PlanShown:
    facts = facts_for(acting, version)
    now = {}
    for one in version.plan.objective.victory:
        known = facts.measures.get(one.bound)
        if known is not None and known.now is not None:
            now[one.key] = _both(one.measure, known.now.value, unit=one.unit)
    return PlanShown(
        version.plan,
        acting.community.name,
        version.row.number,
        version.state,
        facts.today,
        segments=segment_names(acting, version.plan),
        now=now,
    )


def _both(measure: str, value: float, *, unit: str) -> Words:
    with translation.override("ja"):
        ja = value_words(measure, value, unit=unit)
    with translation.override("en"):
        return Words(ja, value_words(measure, value, unit=unit))
