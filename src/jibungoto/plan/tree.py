"""The tree of measures: what stands behind a victory condition, from activity to outcome."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jibungoto.ledger.words import Words
from jibungoto.plan.owwh import How, Plan
from jibungoto.plan.text import Text
from jibungoto.plan.tree_defaults import ACTIVITY, BEHAVIOUR, DEFAULTS, OUTCOMES, Because


class Layer(StrEnum):
    """How far a number is from what the plan is for (domain.md 7.10 to 7.20)."""

    OUTCOME = "outcome"
    BEHAVIOUR = "behaviour"
    HEALTH = "health"
    ACTIVITY = "activity"

    @property
    def words(self) -> Words:
        """The name of the layer."""
        return _LAYERS[self]


_LAYERS = {
    Layer.OUTCOME: Words("成果", "Outcome"),
    Layer.BEHAVIOUR: Words("行動", "Behaviour"),
    Layer.HEALTH: Words("健全さ", "Health"),
    Layer.ACTIVITY: Words("活動", "Activity"),
}
_ORDER = tuple(Layer)
EXPECTED = Words("この計画は、そうなると見込んでいます。", "This plan expects so.")
DONE_FOR = Words("「{gain}」のために行います。", "Done for “{gain}”.")


@dataclass(frozen=True, slots=True)
class Node:
    """A measure, by key, or a How of the plan, by ``how`` and then its key."""

    layer: Layer
    measure: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """The child is watched because it is expected to move the parent, for a written reason."""

    parent: Node
    child: Node
    reason: Words


def layer_of(measure: str) -> Layer:
    """Return the layer of a measure that is no victory condition."""
    if measure in ACTIVITY:
        return Layer.ACTIVITY
    return Layer.BEHAVIOUR if measure in BEHAVIOUR else Layer.HEALTH


def outcomes_of(plan: Plan) -> tuple[str, ...]:
    """Return the measures proposed as outcomes for what the community is for."""
    spaces = plan.objective.spaces
    return OUTCOMES[spaces] if spaces else ()


def tree_of(plan: Plan) -> tuple[Edge, ...]:
    """Return the edges of a plan's tree, each parent before its children, none twice.

    Its roots are the victory conditions. Below them stand the default edges of what the community
    is for, then the measure each How watches, then the How itself: activity explains, it never
    proves.
    """
    roots = dict.fromkeys(one.measure for one in plan.objective.victory if one.measure)
    edges: dict[tuple[Node, Node], Edge] = {}
    for root in roots:
        _grow(root, roots, plan=plan, edges=edges)
    for how in plan.deeds:
        for edge in _of_how(how, plan, roots=roots, edges=edges):
            edges.setdefault((edge.parent, edge.child), edge)
    return tuple(edges.values())


def reachable(plan: Plan) -> frozenset[str]:
    """Return the measures that stand in a plan's tree; a report for above uses no others."""
    roots = {one.measure for one in plan.objective.victory if one.measure}
    return frozenset(roots | {edge.child.measure for edge in tree_of(plan) if edge.child.measure})


def _node(measure: str, roots: dict[str, None]) -> Node:
    return Node(Layer.OUTCOME if measure in roots else layer_of(measure), measure=measure)


def _grow(
    root: str, roots: dict[str, None], *, plan: Plan, edges: dict[tuple[Node, Node], Edge]
) -> None:
    spaces = plan.objective.spaces
    defaults = DEFAULTS[spaces] if spaces else DEFAULTS[None]
    waiting, seen = [_node(root, roots)], {root}
    while waiting:
        parent = waiting.pop(0)
        for because in _below(parent, defaults):
            child = _node(because.child, roots)
            if child.measure in seen or child.measure in roots:
                continue
            edges.setdefault((parent, child), Edge(parent, child, because.reason))
            seen.add(child.measure)
            waiting.append(child)


def _below(parent: Node, defaults: tuple[Because, ...]) -> list[Because]:
    """Return the default edges under a node that lead no higher than where it stands itself."""
    depth = _ORDER.index(parent.layer)
    edges = (one for one in defaults if one.parent == parent.measure)
    return [one for one in edges if _ORDER.index(layer_of(one.child)) >= depth]


def _of_how(
    how: How, plan: Plan, *, roots: dict[str, None], edges: dict[tuple[Node, Node], Edge]
) -> list[Edge]:
    """Return the edges from the victory conditions of a How through its measure to itself."""
    own = Node(Layer.ACTIVITY, how=how.key)
    gain = next((what.gain for what in plan.what if what.key in how.serves), Text())
    reason = EXPECTED if gain.is_empty else _filled(DONE_FOR, gain)
    won = [one.measure for one in plan.objective.victory if one.key in how.victories]
    watched = how.leading_measure
    if not watched or watched in won:
        return [Edge(_node(measure, roots), own, reason) for measure in won if measure]
    node = _node(watched, roots)
    theory = plan.objective.theory
    said = EXPECTED if theory.is_empty else _both(theory)
    tops = (_node(one, roots) for one in won if one)
    above = [Edge(top, node, said) for top in tops if not _is_below(node, top, edges=edges)]
    return [*above, Edge(node, own, reason)]


def _is_below(node: Node, top: Node, *, edges: dict[tuple[Node, Node], Edge]) -> bool:
    """Say whether a node stands anywhere below another, at whatever depth."""
    waiting, seen = [top], {top}
    while waiting:
        parent = waiting.pop()
        below = {child for above, child in edges if above == parent} - seen
        if node in below:
            return True
        seen |= below
        waiting.extend(below)
    return False


def _both(text: Text) -> Words:
    return Words(ja=text.said_in("ja"), en=text.said_in("en"))


def _filled(words: Words, gain: Text) -> Words:
    ja, en = words.filled(gain=gain.said_in("ja")), words.filled(gain=gain.said_in("en"))
    return Words(ja=ja.ja, en=en.en)
