"""The fields of a plan as its page asks for them, part by part, in the order O, Who, What, How."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(StrEnum):
    """What a field takes; ``value`` is a number in the unit of its measure."""

    LINE = "line"
    AREA = "area"
    LINES = "lines"
    PLAIN = "plain"
    NAMES = "names"
    NUMBER = "number"
    VALUE = "value"
    WHOLE = "whole"
    DAY = "day"
    CHOICE = "choice"
    CHOICES = "choices"
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class Spec:
    """One field: its path within its part, what it takes, and what it is called.

    ``more`` fields stand under a fold: a plan can do without them for a while.
    """

    path: str
    kind: Kind
    label: str | Promise
    hint: str | Promise = ""
    more: bool = False


HEAD = (
    Spec("title", Kind.LINE, _("Title")),
    Spec("period.from", Kind.DAY, pgettext_lazy("period", "From")),
    Spec("period.to", Kind.DAY, pgettext_lazy("period", "To")),
    Spec("owner", Kind.PLAIN, _("Who answers for it")),
    Spec("programme", Kind.PLAIN, _("For what"), _("Empty: the whole community."), more=True),
    Spec("stakeholders", Kind.NAMES, _("Who has to agree"), _("One name a line."), more=True),
    Spec("review.every_days", Kind.WHOLE, _("Days between reviews"), more=True),
    Spec("review.next", Kind.DAY, _("Next review"), more=True),
    Spec(
        "one_place_reason",
        Kind.LINE,
        _("Why everything is online, or nothing is"),
        _("Only where that is so."),
        more=True,
    ),
)
OBJECTIVE = (
    Spec(
        "company",
        Kind.AREA,
        _("What changes for the company or the association"),
        _("In one sentence, without naming an activity."),
    ),
    Spec(
        "member",
        Kind.AREA,
        _("What changes for a member"),
        _("In their own work or life: what they can do then and cannot do now."),
    ),
    Spec("spaces", Kind.CHOICE, _("What the community is for")),
    Spec("theory", Kind.AREA, _("Why the one leads to the other"), more=True),
    Spec("not_goals", Kind.LINES, _("What is left out on purpose"), _("One a line."), more=True),
)
VICTORY = (
    Spec("measure", Kind.CHOICE, _("Measure")),
    Spec("part", Kind.CHOICE, _("Part of the measure")),
    Spec("scope.segment", Kind.CHOICE, _("Of whom")),
    Spec("scope.series", Kind.CHOICE, _("Of which series")),
    Spec("scope.chapter", Kind.CHOICE, _("Of which chapter")),
    Spec("operator", Kind.CHOICE, _("Won at")),
    Spec("target", Kind.VALUE, _("Target")),
    Spec("unit", Kind.CHOICE, _("Unit")),
    Spec("due", Kind.DAY, _("Due")),
    Spec("baseline.value", Kind.VALUE, _("Baseline"), _("Where it began.")),
    Spec("baseline.from", Kind.DAY, _("Baseline from")),
    Spec("baseline.to", Kind.DAY, _("Baseline to")),
    Spec("baseline.no_history", Kind.TICK, _("There is no history")),
    Spec("if_won", Kind.LINE, _("What we decide if it is won")),
    Spec("if_lost", Kind.LINE, _("What we decide if it is lost")),
    Spec(
        "by_hand.name",
        Kind.LINE,
        _("Counted by hand: what"),
        _("Where no measure of the list tells it, say what is counted, by whom and how often."),
        more=True,
    ),
    Spec("by_hand.who", Kind.LINE, _("Counted by hand, by"), more=True),
    Spec("by_hand.every_days", Kind.WHOLE, _("Counted every so many days"), more=True),
)
WHO = (
    Spec(
        "interest_axis",
        Kind.LINE,
        _("What they care about"),
        _("The topic that makes them belong, wider than the product."),
    ),
    Spec("behaviour", Kind.CHOICE, _("What they do: a segment")),
    Spec(
        "first_pins",
        Kind.NAMES,
        _("First pins"),
        _("One to five people, by name: whom you ask first, so that others follow."),
    ),
    Spec("excluded", Kind.LINE, _("Who is not meant"), more=True),
    Spec("size_estimate", Kind.WHOLE, _("How many there may be"), more=True),
    Spec("how_we_know", Kind.AREA, _("How we know"), more=True),
)
WHAT = (
    Spec("who", Kind.CHOICE, _("For whom")),
    Spec("job", Kind.LINE, _("What they want to get done")),
    Spec("gain", Kind.LINE, _("What they can do or tell afterwards")),
    Spec("sentence", Kind.LINE, _("The sentence a member would say")),
    Spec("proof", Kind.LINE, _("What shows it"), more=True),
)
HOW = (
    Spec("title", Kind.LINE, pgettext_lazy("of a how", "What is done")),
    Spec("victories", Kind.CHOICES, _("Which victory condition is it for?")),
    Spec("serves", Kind.CHOICES, _("Which value does it bring?")),
    Spec(
        "series",
        Kind.CHOICES,
        _("Which series is it held as?"),
        _("Every event of it then counts as held for this objective."),
    ),
    Spec("owner", Kind.PLAIN, _("Owner")),
    Spec("deputy", Kind.PLAIN, _("Deputy")),
    Spec("cadence", Kind.LINE, _("How often")),
    Spec("hours_per_month", Kind.NUMBER, _("Hours a month")),
    Spec("stop_rule", Kind.LINE, _("When we stop it")),
    Spec("places", Kind.CHOICES, _("Where it is held")),
    Spec("yields_output", Kind.TICK, _("Members publish something in it")),
    Spec("leading_measure", Kind.CHOICE, _("The measure that moves first"), more=True),
    Spec("starts", Kind.DAY, pgettext_lazy("of a how", "Starts"), more=True),
    Spec("stops", Kind.DAY, pgettext_lazy("of a how", "Stops"), more=True),
    Spec(
        "cost.amount",
        Kind.WHOLE,
        _("Cost"),
        _("In the plan's period, in whole yen or dollars."),
        more=True,
    ),
    Spec("cost.currency", Kind.PLAIN, _("Currency"), _("JPY, USD and so on."), more=True),
    Spec("incentive", Kind.LINE, _("Prize or other incentive"), more=True),
    Spec("legal_check.checked_by", Kind.PLAIN, _("Legal check by"), more=True),
    Spec("legal_check.day", Kind.DAY, _("Legal check on"), more=True),
    Spec("legal_check.result", Kind.LINE, _("What the legal check said"), more=True),
)
ASSUMPTION = (
    Spec("text", Kind.LINE, _("What has to be true")),
    Spec("test", Kind.LINE, _("How we test it")),
    Spec("due", Kind.DAY, _("By")),
    Spec("state", Kind.CHOICE, _("What became of it")),
)
PARTS: dict[str, tuple[Spec, ...]] = {
    "objective.victory": VICTORY,
    "who": WHO,
    "what": WHAT,
    "how": HOW,
    "assumptions": ASSUMPTION,
}
"""The lists of a plan, by their place, and the fields of one of each."""
WHOLE: dict[str, tuple[Spec, ...]] = {"": HEAD, "objective": OBJECTIVE}
"""What a plan has once."""
