"""The plan: an objective that can be won, then for whom, what they get, and how."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from jibungoto.plan.text import Text
from jibungoto.plan.victory import VictoryCondition


class Spaces(StrEnum):
    """What a community is for, one of six (CMX SPACES, domain.md 2.3)."""

    SUPPORT = "S"
    PRODUCT = "P"
    ACQUISITION = "A"
    CONTRIBUTION = "C"
    ENGAGEMENT = "E"
    SUCCESS = "S2"


class Place(StrEnum):
    """Where something is held."""

    VENUE = "venue"
    ONLINE = "online"


class AssumptionState(StrEnum):
    """What became of an assumption."""

    OPEN = "open"
    HELD = "held"
    FAILED = "failed"


class Period(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    rename={"first": "from", "last": "to"},
):
    """The first and the last day, both included."""

    first: date | None = None
    last: date | None = None


class Objective(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What changes for the company and for a member's own life or work, and how it is won.

    ``theory`` says why the one leads to the other; ``not_goals`` what is left out on purpose.
    """

    company: Text = Text()
    member: Text = Text()
    spaces: Spaces | None = None
    theory: Text = Text()
    not_goals: tuple[Text, ...] = ()
    victory: tuple[VictoryCondition, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether neither side says anything."""
        return self.company.is_empty and self.member.is_empty


class Who(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """For whom: what they care about, what they do, and who is asked first.

    ``behaviour`` is the key of a segment; ``first_pins`` are names.
    """

    key: str = ""
    interest_axis: Text = Text()
    behaviour: str = ""
    first_pins: tuple[str, ...] = ()
    excluded: Text = Text()
    size_estimate: int | None = None
    how_we_know: Text = Text()

    @property
    def is_empty(self) -> bool:
        """Whether neither interest nor behaviour is said."""
        return self.interest_axis.is_empty and not self.behaviour.strip()


class What(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a Who gets: the job it helps with, the gain, the sentence a member would say."""

    key: str = ""
    who: str = ""
    job: Text = Text()
    gain: Text = Text()
    sentence: Text = Text()
    proof: Text = Text()

    @property
    def is_empty(self) -> bool:
        """Whether neither job, gain nor sentence is said."""
        return self.job.is_empty and self.gain.is_empty and self.sentence.is_empty


class Cost(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What it costs in the plan's period, in whole units of a currency: yen, dollars, no cents."""

    amount: int | None = None
    currency: str = "JPY"


class LegalCheck(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who looked at an incentive, when, and what they said."""

    checked_by: str = ""
    day: date | None = None
    result: Text = Text()

    @property
    def is_done(self) -> bool:
        """Whether somebody has looked at it, on a day that is told."""
        return bool(self.checked_by.strip()) and self.day is not None


class How(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """How it is delivered; without a victory condition it is an idea and asks for one.

    ``serves`` are keys of What, ``victories`` of victory conditions, ``leading_measure`` one of
    the catalogue. ``series`` are keys of the series, or of single events, it is carried out by.
    ``starts`` and ``stops`` are days.
    """

    key: str = ""
    title: Text = Text()
    victories: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    recipe: str = ""
    owner: str = ""
    deputy: str = ""
    cadence: Text = Text()
    hours_per_month: float | None = None
    cost: Cost = Cost()
    leading_measure: str = ""
    starts: date | None = None
    stops: date | None = None
    stop_rule: Text = Text()
    places: tuple[Place, ...] = ()
    yields_output: bool = False
    incentive: Text = Text()
    legal_check: LegalCheck = LegalCheck()

    @property
    def is_idea(self) -> bool:
        """Whether nobody has said which victory condition it is for."""
        return not self.victories

    def goes_on(self, today: date) -> bool:
        """Say whether it has not been stopped before a day."""
        return self.stops is None or self.stops >= today


class Assumption(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What has to be true for the plan to work, how that is tested, and by when."""

    key: str = ""
    text: Text = Text()
    test: Text = Text()
    due: date | None = None
    state: AssumptionState = AssumptionState.OPEN


class ReviewRhythm(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """How often the plan is looked at again, and when next."""

    every_days: int | None = None
    next: date | None = None


class Plan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One plan, in the order in which it is made: Objective, Who, What, How (domain.md 9.1).

    ``programme`` is what it is for, where it is not the whole community; ``parent`` the key of
    the plan above it. ``one_place_reason`` says why there is nothing online, or no venue.
    """

    title: Text = Text()
    programme: str = ""
    period: Period = Period()
    owner: str = ""
    parent: str = ""
    objective: Objective = Objective()
    who: tuple[Who, ...] = ()
    what: tuple[What, ...] = ()
    how: tuple[How, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    stakeholders: tuple[str, ...] = ()
    review: ReviewRhythm = ReviewRhythm()
    one_place_reason: Text = Text()
    reconstructed: bool = False

    @property
    def deeds(self) -> tuple[How, ...]:
        """The Hows that are for a victory condition."""
        return tuple(how for how in self.how if not how.is_idea)

    @property
    def ideas(self) -> tuple[How, ...]:
        """The Hows that still ask what they are for."""
        return tuple(how for how in self.how if how.is_idea)
