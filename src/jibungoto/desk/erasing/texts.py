"""Every text a community keeps, wherever it stands: found by whom it names, and written again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from jibungoto.desk.acting import Acting, must_write
from jibungoto.records.models import (
    AlertRow,
    AnswerRow,
    AuditRow,
    CommunityRow,
    FindingRow,
    HandleRow,
    HandleSeenRow,
    HandleToldRow,
    InitiativeToldRow,
    IntakeRow,
    LeftOutRow,
    LogVersionRow,
    LookAlikeRow,
    PersonRow,
    RefusalRow,
    SegmentFindingRow,
    StandingRow,
    SuggestionRow,
)

Step = str | int
OF_PEOPLE = frozenset(
    {HandleRow, HandleToldRow, HandleSeenRow, LookAlikeRow, PersonRow, StandingRow}
)
"""What belongs to one person as a whole, and goes with them."""
WRITTEN_BY_US = frozenset(
    {
        *(AlertRow, AnswerRow, AuditRow, FindingRow, InitiativeToldRow, LeftOutRow),
        *(RefusalRow, SegmentFindingRow, SuggestionRow),
    }
)
"""What nobody typed: a name in it gives way without anybody being asked."""
_NOT_WORDS = frozenset(
    {
        *((LogVersionRow, "manifest"), (CommunityRow, "key"), (CommunityRow, "slug")),
        *((IntakeRow, "fingerprint"), (IntakeRow, "taken_by"), (AlertRow, "rule")),
    }
)
"""Columns that hold no words; a part of them that looks like a name is none."""
_NO_WORDS = (
    *("token", "digest", "hash", "actor", "key", "state", "kind", "source", "measure", "quality"),
    *("rule_version", "zone", "language", "verb", "acted_as", "audience", "can_tell", "asked"),
    *("started_by", "ability", "cause", "revisions", "series"),
)
"""How columns are called that hold keys and choices of ours."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One text: its row, its column, and the way to it inside a column of JSON."""

    model: str
    pk: int
    column: str
    way: tuple[Step, ...] = ()

    @property
    def ref(self) -> str:
        """A text that names this spot in a form."""
        return "/".join([self.model, str(self.pk), self.column, *map(str, self.way)])


@dataclass(frozen=True, slots=True)
class Written:
    """A text and where it stands."""

    spot: Spot
    text: str


def texts_of(
    community: CommunityRow, *, by_us: bool, is_meant: Callable[[str], bool]
) -> Iterator[Written]:
    """Yield every text that is meant: those that people typed, or those written by us."""
    for model in _models():
        if (model in WRITTEN_BY_US) is not by_us or model in OF_PEOPLE:
            continue
        columns = [one.name for one in _columns(model)]
        way = way_to_community(model)
        if not columns or way is None:
            continue
        rows = model._default_manager.filter(**{way: community.pk}).order_by("pk")
        for pk, *values in rows.values_list("pk", *columns).iterator(chunk_size=2_000):
            for column, value in zip(columns, values, strict=True):
                told = [((), value)] if isinstance(value, str) else leaves(value)
                for at, text in told:
                    if is_meant(text):
                        yield Written(Spot(model.__name__, pk, column, at), text)


def leaves(value: object, at: tuple[Step, ...] = ()) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Yield each text in a value with the way to it."""
    waiting: list[tuple[tuple[Step, ...], object]] = [(at, value)]
    while waiting:
        way, one = waiting.pop()
        if isinstance(one, str):
            yield way, one
        elif isinstance(one, dict):
            waiting += [((*way, str(name)), each) for name, each in reversed(one.items())]
        elif isinstance(one, list):
            waiting += [((*way, place), one[place]) for place in range(len(one) - 1, -1, -1)]


def write_texts(acting: Acting, now: Mapping[Spot, str]) -> None:
    """Write these texts anew, inside the caller's transaction; nothing else of them changes."""
    must_write(acting)
    by_row: dict[tuple[str, int], dict[Spot, str]] = {}
    for spot, text in now.items():
        by_row.setdefault((spot.model, spot.pk), {})[spot] = text
    for (name, pk), texts in by_row.items():
        model = _named(name)
        columns = sorted({spot.column for spot in texts})
        row = model._default_manager.filter(pk=pk).values(*columns).first()
        if row is None:
            continue
        for spot, text in texts.items():
            row[spot.column] = _with(row[spot.column], spot.way, text=text)
        model._default_manager.filter(pk=pk).update(**_cut(model, row))


def _cut(model: type[models.Model], row: dict[str, Any]) -> dict[str, Any]:
    """Return values no longer than their columns."""
    longest = {one.name: getattr(one, "max_length", None) for one in _columns(model)}
    return {
        name: value[: longest[name]] if isinstance(value, str) and longest[name] else value
        for name, value in row.items()
    }


def _with(value: Any, way: tuple[Step, ...], *, text: str) -> Any:
    """Return a value in which another text stands at the end of the way."""
    if not way:
        return text
    first, rest = way[0], way[1:]
    if isinstance(value, list):
        return [
            _with(one, rest, text=text) if place == first else one
            for place, one in enumerate(value)
        ]
    return {
        name: _with(one, rest, text=text) if name == first else one for name, one in value.items()
    }


@cache
def _models() -> tuple[type[models.Model], ...]:
    return tuple(apps.get_app_config("records").get_models())


@cache
def _named(name: str) -> type[models.Model]:
    return next(one for one in _models() if one.__name__ == name)


@cache
def _columns(model: type[models.Model]) -> tuple[models.Field[Any, Any], ...]:
    """Return the columns of a table that hold words."""
    return tuple(
        one
        for one in model._meta.concrete_fields
        if isinstance(one, models.CharField | models.TextField | models.JSONField)
        and not one.choices
        and not any(one.name == word or one.name.endswith(f"_{word}") for word in _NO_WORDS)
        and (model, one.name) not in _NOT_WORDS
    )


@cache
def way_to_community(model: type[models.Model]) -> str | None:
    """Return how a filter says of which community a row is; None where no key leads there."""
    if model is CommunityRow:
        return "pk"
    ways = []
    for one in model._meta.concrete_fields:
        if not isinstance(one, models.ForeignKey) or one.related_model is model:
            continue
        if one.related_model is CommunityRow:
            return one.name
        if one.related_model in _models() and (on := way_to_community(one.related_model)):
            ways.append(f"{one.name}__{on}")
    return min(ways, key=len, default=None)
