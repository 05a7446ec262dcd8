"""Plans: the list of them, and how one begins: empty, from an example, or from a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from jibungoto.desk.acting import Acting
from jibungoto.desk.plan.begin import from_template, new
from jibungoto.desk.plan.carry import bring_in
from jibungoto.desk.plan.look import PlanLine, Version, plans
from jibungoto.desk.plan.save import save_draft
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.plan.states import State
from jibungoto.plan.templates import RECONSTRUCTED, Template, templates
from jibungoto.plan.text import same
from jibungoto.records.models import PlanVersionRow
from jibungoto.web.attempts import tell
from jibungoto.web.entrance import in_community
from jibungoto.web.language import page_language
from jibungoto.web.pages.plan_choices import short
from jibungoto.web.pages.plan_parts import opened_parts
from jibungoto.web.wording import day_words

TONES = {State.ACTIVE: "good", State.VALID: "calm", State.ACKNOWLEDGED: "calm"}
LARGEST_FILE = 512 * 1024
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One plan of the list, as it is shown."""

    key: str
    name: str
    says: str
    state: str
    tone: str
    draft: int | None


@dataclass(frozen=True, slots=True)
class Example:
    """A template as it is offered."""

    key: str
    title: str
    says: str


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def plans_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """List the plans; posting begins one, and leads to where it is written."""
    if request.method == "POST":
        begun = _STEPS.get(request.POST.get("step", ""), _from_title)
        try:
            version = begun(request, acting)
        except (InvalidChoice, UnknownName) as problem:
            tell(request, problem)
        else:
            return redirect(
                "plans_edit",
                community=acting.community.slug,
                key=version.row.plan.key,
                number=version.row.number,
            )
    lines = plans(acting)
    drafts = _drafts(acting)
    return render(
        request,
        "pages/plans.html",
        {
            "plans": [_line(one, draft=drafts.get(one.row.pk)) for one in lines],
            "sentence": _sentence(lines),
            "reconstructed": RECONSTRUCTED,
            "templates": [_example(one) for one in templates()],
        },
    )


def _from_title(request: HttpRequest, acting: Acting) -> Version:
    title = " ".join(request.POST.get("title", "").replace("\x00", "").split())
    if len(title) > LONGEST_TITLE:
        raise InvalidChoice(
            Words(
                f"計画の名前が長すぎます({len(title)}文字)。",
                f"The plan's title is too long ({len(title)} characters).",
            ),
            Words(
                f"{LONGEST_TITLE}文字までにしてください。", f"Keep to {LONGEST_TITLE} characters."
            ),
        )
    if not title:
        raise InvalidChoice(
            Words("計画の名前がありません。", "The plan has no title."),
            Words(
                f"{LONGEST_TITLE}文字までの名前を付けてください。",
                f"Give it one of up to {LONGEST_TITLE} characters.",
            ),
        )
    version = new(acting, same(title))
    row = version.row
    save_draft(
        acting,
        row.plan.key,
        number=row.number,
        stamp=row.stamp,
        plan=opened_parts(version.plan),
    )
    return version


def _from_example(request: HttpRequest, acting: Acting) -> Version:
    return from_template(acting, request.POST.get("template", ""))


def _from_file(request: HttpRequest, acting: Acting) -> Version:
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > LARGEST_FILE:
        raise InvalidChoice(
            Words("計画のファイルを読めません。", "There is no plan to read."),
            Words(
                "512 KBまでのYAMLファイルを選んでください。",
                "Choose a YAML file of up to 512 KB.",
            ),
        )
    return bring_in(acting, file.read())


_STEPS: dict[str, Callable[[HttpRequest, Acting], Version]] = {
    "new": _from_title,
    "template": _from_example,
    "file": _from_file,
}


def _drafts(acting: Acting) -> dict[int, int]:
    """Return the number of the newest draft of every plan that has one."""
    rows = PlanVersionRow.objects.filter(
        plan__community=acting.community,
        dropped_at=None,
        state__in=[state.value for state in State if state.is_editable],
    )
    return dict(rows.order_by("number").values_list("plan_id", "number"))


def _line(one: PlanLine, *, draft: int | None) -> Line:
    language = page_language()
    return Line(
        key=one.row.key,
        name=short(one.title.said_in(language), _("A plan without a title")),
        says=_("Due on %(day)s.") % {"day": day_words(one.due)}
        if one.due
        else _("No due date yet."),
        state=one.state.words.said_in(language),
        tone=TONES.get(one.state, ""),
        draft=draft,
    )


def _example(one: Template) -> Example:
    language, plan = page_language(), one.plan
    return Example(one.key, plan.title.said_in(language), plan.objective.company.said_in(language))


def _sentence(lines: list[PlanLine]) -> str:
    if not lines:
        return _("There is no plan yet. What should be different in half a year?")
    active = sum(one.in_force is not None for one in lines)
    words = ngettext("%(count)d plan,", "%(count)d plans,", len(lines)) % {"count": len(lines)}
    return _("%(plans)s %(active)s in force.") % {"plans": words, "active": active}
