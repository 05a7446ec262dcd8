"""The sections of a plan's editor in the order O, Who, What, How, each under its question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jibungoto.ledger.words import Words
from jibungoto.plan.facts import PlanFacts
from jibungoto.plan.issues import Issue, Level
from jibungoto.plan.validate import WHICH_VICTORY, is_how_locked
from jibungoto.web.pages.plan_choices import Choice, Choosing
from jibungoto.web.pages.plan_shown import (
    Look,
    Part,
    gravest_first,
    of_list,
    shown_list,
    shown_whole,
)


@dataclass(frozen=True, slots=True)
class Section:
    """One section as the page draws it; ``locked`` says why nothing can be written in it yet."""

    id: str
    letter: str
    title: str | Promise
    question: str | Promise
    parts: Sequence[Part] = ()
    whole: Part | None = None
    issues: Sequence[Issue] = ()
    notes: Sequence[str] = ()
    above: str = ""
    add: str | Promise = ""
    locked: Sequence[Words] = ()
    ideas: Sequence[Part] | None = None
    victories: Sequence[Choice] = ()
    asks: Words = WHICH_VICTORY
    keys: Sequence[str] = ()


_LISTS: tuple[tuple[str, str, str | Promise, str | Promise, str | Promise], ...] = (
    (
        "who",
        "Who",
        _("For whom"),
        _("Who has to come together so that this is won? What they care about and what they do."),
        _("Another Who"),
    ),
    (
        "what",
        "What",
        _("What they get"),
        _("What can they do or tell afterwards that they could not before?"),
        _("Another What"),
    ),
    (
        "how",
        "How",
        pgettext_lazy("of a plan", "How"),
        _("In which form, how often, with whose hours, and when do we stop?"),
        _("Another How"),
    ),
    (
        "assumptions",
        "",
        _("Assumptions"),
        _("What has to be true for this to work, and how will we find out?"),
        _("Another assumption"),
    ),
)


def sections_of(choosing: Choosing, facts: PlanFacts, *, look: Look) -> list[Section]:
    """Return every section of the editor."""
    return [
        Section(
            "plan-head",
            "",
            pgettext_lazy("of a plan", "The plan"),
            _("What it is called, from when to when, and who answers for it."),
            whole=_calm(shown_whole(choosing, "", look=look)),
        ),
        Section(
            "objective-all",
            "O",
            _("Objective and victory condition"),
            _("What changes when this is won, for whom, and which number will show it?"),
            whole=_calm(shown_whole(choosing, "objective", look=look)),
            parts=_parts(choosing, "objective.victory", look=look),
            issues=gravest_first(of_list(look.issues, "objective.victory")),
            above="objective.victory",
            add=_("Another victory condition"),
            keys=[one.key for one in choosing.plan.objective.victory],
        ),
        *(_listed(choosing, facts, named=named, look=look) for named in _LISTS),
    ]


def _listed(
    choosing: Choosing,
    facts: PlanFacts,
    *,
    named: tuple[str, str, str | Promise, str | Promise, str | Promise],
    look: Look,
) -> Section:
    above, letter, title, question, add = named
    parts = _parts(choosing, above, look=look)
    section = Section(
        f"{above}-all",
        letter,
        title,
        question,
        parts=parts,
        issues=gravest_first(of_list(look.issues, above)),
        above=above,
        add=add,
        keys=[one.key for one in getattr(choosing.plan, above)],
    )
    if above != "how":
        return section
    ideas = {f"how[{at}]" for at, how in enumerate(choosing.plan.how) if how.is_idea}
    return replace(
        section,
        parts=[part for part in parts if part.place not in ideas],
        ideas=[part for part in parts if part.place in ideas],
        locked=_why_locked(look.issues) if is_how_locked(choosing.plan, facts) else (),
        victories=choosing.of("how", "victories"),
    )


def _why_locked(issues: Iterable[Issue]) -> list[Words]:
    """Return what has to be said before How opens, in the words of the rules."""
    told = {
        issue.said: None
        for issue in issues
        if issue.rule in ("V01", "V11") and issue.level is Level.ERROR
    }
    return list(told)[:3]


def _parts(choosing: Choosing, above: str, *, look: Look) -> list[Part]:
    return [_calm(part) for part in shown_list(choosing, above, look=look)]


def _calm(part: Part) -> Part:
    return replace(part, issues=tuple(gravest_first(part.issues)))


def slots(sections: Iterable[Section]) -> str:
    """Return the places that saving in the background draws anew: never one with a field."""
    names = ["plan-status", "plan-sentence", "plan-print"]
    for section in sections:
        names.append(f"beside-{section.id}")
        parts = [*section.parts, *([section.whole] if section.whole else [])]
        names += [f"beside-{part.id}" for part in parts]
    return ",".join(f"#{name}" for name in names)
