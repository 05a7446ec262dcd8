"""The scorecard of a plan: where each victory condition is, and where it is going."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from jibungoto.ledger.words import Words
from jibungoto.plan.facts import Point
from jibungoto.plan.number import FRACTION, apart, shown
from jibungoto.plan.owwh import Plan
from jibungoto.plan.scorecard import Card, Scorecard, on_path
from jibungoto.plan.standing import Standing
from jibungoto.plan.tree import Edge, Layer, Node
from jibungoto.understand.catalogue import measure_of
from jibungoto.web.language import page_language
from jibungoto.web.pages.plan_choices import named
from jibungoto.web.pages.plan_sheet import measure_words, victory_words
from jibungoto.web.pages.plan_suggested import meaning_of, value_words
from jibungoto.web.pictures import Caption, Series, line_picture
from jibungoto.web.printing import said
from jibungoto.web.wording import day_words

SHAPES = {
    Standing.ON_TRACK: ("circle-check", "good"),
    Standing.AT_RISK: ("triangle-alert", "amber"),
    Standing.OFF: ("x", "alarm"),
    Standing.WON: ("circle-check", "good"),
    Standing.LOST: ("x", "alarm"),
    Standing.UNKNOWN: ("circle-help", "outline"),
}
"""The shape and the tone of each standing; its word stands beside it."""


@dataclass(frozen=True, slots=True)
class ScoreShown:
    """One victory condition as the page shows it."""

    card: Card
    name: str
    sentence: str
    icon: str
    tone: str
    now: str
    spread: str
    expected: str
    forecast: str
    forecast_how: str
    days_left: str
    picture: SafeString | None
    notes: tuple[str, ...]

    @property
    def is_by_hand(self) -> bool:
        """Say whether its numbers are counted by hand."""
        return self.card.victory.by_hand.is_complete


@dataclass(frozen=True, slots=True)
class Branch:
    """One node of the tree of measures with its value now, what stands below it, and why."""

    words: str
    layer: str
    why: str
    now: str
    below: tuple[Branch, ...]


def shown_score(score: Scorecard, *, segments: Mapping[str, str]) -> list[ScoreShown]:
    """Return every victory condition as the page shows it."""
    return [_shown(card, segments) for card in score.cards]


def score_sentence(score: Scorecard) -> str:
    """Say in one sentence how many victory conditions are on track, and how many are decided."""
    over = Counter(one.judged.standing for one in score.cards if (one.days_left or 0) < 0)
    on_track = sum(card.judged.standing is Standing.ON_TRACK for card in score.cards)
    count = len(score.cards) - over.total()
    told = {"on_track": on_track, "count": count, "won": over[Standing.WON]}
    told |= {"lost": over[Standing.LOST], "unknown": over[Standing.UNKNOWN]}
    ended = _("Past their due date: %(won)d won, %(lost)d lost, %(unknown)d not known.") % told
    if over and not count:
        return ended
    words = ngettext(
        "%(on_track)d of %(count)d victory condition is on track.",
        "%(on_track)d of %(count)d victory conditions are on track.",
        count,
    )
    return f"{ended} {words % told}" if over else words % told


def _shown(card: Card, segments: Mapping[str, str]) -> ScoreShown:
    victory, language = card.victory, page_language()
    icon, tone = SHAPES[card.judged.standing]

    def value(number: float | None) -> str:
        return _beside_target(number, card)

    forecast = card.forecast
    return ScoreShown(
        card=card,
        name=measure_words(victory, segments),
        sentence=victory_words(victory, segments),
        icon=icon,
        tone=tone,
        now=value(card.now.value if card.now else None),
        spread=_spread(card.now, value),
        expected=value(card.expected),
        forecast=_between(value(forecast.low), value(forecast.high)) if forecast else "-",
        forecast_how=forecast.method.said_in(language) if forecast else "",
        days_left=_days(card.days_left),
        picture=_picture(card),
        notes=tuple(one.said_in(language) for one in _notes(card)),
    )


def _beside_target(number: float | None, card: Card) -> str:
    """Return a value of a card; one that is short of the target does not read as it."""
    victory = card.victory
    told = value_words(victory.measure, number, unit=victory.unit)
    if number is None or victory.target in (None, number):
        return told
    if told != value_words(victory.measure, victory.target, unit=victory.unit):
        return told
    finer = apart(number, victory.target, unit=card.unit)
    return told.replace(shown(victory.target, card.unit), finer)


def _notes(card: Card) -> list[Words]:
    """Return why something cannot be said, each once, and what has to be known about the rest."""
    missing = [one for one in (card.reason, card.no_path, card.no_forecast) if one is not None]
    meaning = meaning_of(card.victory)
    of_some = [meaning] if meaning is not None and card.now is not None else []
    said = dict.fromkeys([*missing, *card.notes, *of_some])
    said.pop(card.judged.why, None)
    return list(said)


def _between(low: str, high: str) -> str:
    return pgettext("a range", "%(low)s to %(high)s") % {"low": low, "high": high}


def _spread(now: Point | None, value: Callable[[float | None], str]) -> str:
    if now is None or now.low is None or now.high is None:
        return ""
    return f"95%: {_between(value(now.low), value(now.high))}"


def _days(left: int | None) -> str:
    if left is None:
        return "–"
    if left < 0:
        return ngettext("%(days)d day past", "%(days)d days past", -left) % {"days": -left}
    return ngettext("%(days)d day", "%(days)d days", left) % {"days": left}


def _picture(card: Card) -> SafeString | None:
    """Draw the history beside the path to the target, or nothing where there is neither.

    Before the data reach its first day, the path is drawn from that day on.
    """
    points = {point.day: point.value for point in card.history}
    if card.now is not None:
        points[card.now.day] = card.now.value
    if not points or not card.path:
        return None
    begin, end = card.path[0].day, card.path[-1].day
    days = sorted({*points, end} | ({begin} if begin > max(points) else set()))
    path = [on_path(card.path, day) if begin <= day <= end else None for day in days]
    series = [
        Series(_("As it was"), [points.get(day) for day in days]),
        Series(_("The path to the target"), path),
    ]
    caption = Caption(_("From the baseline to the target"), _path_words(card))
    return line_picture(caption, series, days=days, percent=card.unit == FRACTION)


def _path_words(card: Card) -> str:
    victory = card.victory
    told = {
        "from": value_words(victory.measure, card.path[0].value, unit=victory.unit),
        "day": day_words(card.path[0].day),
        "to": value_words(victory.measure, card.path[-1].value, unit=victory.unit),
        "due": day_words(card.path[-1].day),
    }
    return _("From %(from)s on %(day)s to %(to)s on %(due)s.") % told


def tree_shown(
    score: Scorecard, plan: Plan, *, values: Mapping[str, str] | None = None
) -> list[Branch]:
    """Return the tree from each victory condition down to what is done for it.

    ``values`` are those of the whole community, by measure; of a victory condition its own stands.
    """
    children = {edge.child for edge in score.tree}
    won = (Node(Layer.OUTCOME, one.victory.measure) for one in score.cards if one.victory.measure)
    above = (edge.parent for edge in score.tree if edge.parent not in children)
    growing = _Growing(score.tree, plan, {**(values or {}), **_won_now(score)})
    return [_branch(root, "", growing=growing) for root in dict.fromkeys((*won, *above))]


def measures_below(score: Scorecard) -> tuple[str, ...]:
    """Return the measures that explain the victory conditions of a scorecard, each once."""
    found = (edge.child.measure for edge in score.tree if edge.child.measure)
    return tuple(key for key in dict.fromkeys(found) if measure_of(key) is not None)


def _won_now(score: Scorecard) -> dict[str, str]:
    """Return what is known of each victory condition; of several of one measure, no value."""
    told = Counter(card.victory.measure for card in score.cards)
    return {
        card.victory.measure: value_words(
            card.victory.measure, card.now.value, unit=card.victory.unit
        )
        if card.now is not None and told[card.victory.measure] == 1
        else ""
        for card in score.cards
    }


@dataclass(frozen=True, slots=True)
class _Growing:
    """What every branch of one tree is drawn from."""

    edges: Sequence[Edge]
    plan: Plan
    values: Mapping[str, str]


def _branch(
    node: Node, why: str, *, growing: _Growing, above: frozenset[Node] = frozenset()
) -> Branch:
    language = page_language()
    below = tuple(
        _branch(edge.child, edge.reason.said_in(language), growing=growing, above=above | {node})
        for edge in growing.edges
        if edge.parent == node and edge.child not in above
    )
    now = "" if node.how else growing.values.get(node.measure, "")
    words, layer = _node_words(node, growing.plan), node.layer.words.said_in(language)
    return Branch(words, layer, why, now, below)


def _node_words(node: Node, plan: Plan) -> str:
    if node.how:
        at = next(number for number, how in enumerate(plan.how) if how.key == node.how)
        return named(plan, "how", at=at)
    measure = measure_of(node.measure)
    if measure is not None:
        return said(measure.name)
    held = plan.objective.victory
    by_hand = next((one.by_hand.name for one in held if one.measure == node.measure), None)
    return (by_hand.said_in(page_language()) if by_hand else "") or node.measure
