"""What the columns of a table mean: suggested from headings and cells, corrected by a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from jibungoto.gather.addresses import canonical
from jibungoto.gather.contents.table import Table, plain
from jibungoto.gather.day_order import SLASHED, order_of
from jibungoto.gather.moments import moment_of
from jibungoto.gather.people.roll import email_in
from jibungoto.gather.readers import csv_words as words
from jibungoto.gather.readers.csv_headings import Meaning, is_never_when, meaning_of
from jibungoto.gather.readers.csv_kinds import kind_named
from jibungoto.ledger.problems import Asked, Undecided

_UTC = ZoneInfo("UTC")
_LOOKED_AT = 200
_MOSTLY = 0.8
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Columns:
    """What a table's columns mean, by heading as written; ``doubt`` says nobody should rely on it.

    ``order`` tells which of day and month comes first in times that begin with neither year nor
    name of a month: ``md``, ``dm``, or nothing where no cell shows it.
    """

    meanings: Mapping[str, Meaning]
    doubt: bool
    order: str = ""

    def heading(self, meaning: Meaning) -> str | None:
        """Return the heading that has a meaning, as lines are asked for it."""
        return next((plain(one) for one, told in self.meanings.items() if told is meaning), None)


def columns_of(table: Table, chosen: Mapping[str, str], *, place: str) -> Columns:
    """Return what a table's columns mean, a person's word first; raises Undecided at no meaning."""
    return suggestion_for(
        table, {plain(heading): _meaning(word, place) for heading, word in chosen.items()}
    )


def settle(columns: Columns, *, place: str) -> None:
    """See to it that there is a time and a person, beyond doubt; raises Undecided."""
    has_when = columns.heading(Meaning.WHEN) is not None
    someone = (Meaning.WHO, Meaning.NAME, Meaning.EMAIL)
    has_someone = any(columns.heading(one) is not None for one in someone)
    if columns.doubt or not (has_when and has_someone):
        raise undecided(columns, place=place)


def undecided(suggested: Columns, *, place: str) -> Undecided:
    """Say that a person has to say what columns mean, with what they seem to mean."""
    pairs = [f"{heading} = {told.value}" for heading, told in suggested.meanings.items()]
    guess = words.NOTHING if not pairs else None
    what = words.WHICH.filled(guess=", ".join(pairs))
    if guess is not None:
        what = type(what)(
            ja=words.WHICH.ja.format(guess=guess.ja), en=words.WHICH.en.format(guess=guess.en)
        )
    return Undecided(what, words.SAY_IT, asked=Asked.COLUMNS, place=place)


def suggestion_for(table: Table, told: Mapping[str, Meaning] | None = None) -> Columns:
    """Return what columns seem to mean: by their headings, where their cells do not object."""
    told = {heading: one for heading, one in (told or {}).items() if _stands_in(heading, table)}
    meanings = {one: told[plain(one)] for one in table.headings if plain(one) in told}
    doubt = False
    taken = set(meanings.values())
    for meaning in Meaning:
        if meaning in taken or meaning is Meaning.NOTHING:
            continue
        found = [one for one in table.headings if plain(one) not in told and one not in meanings]
        fitting = [one for one in found if _fits(table, one, meaning=meaning)]
        if not fitting:
            fitting = _by_cells_alone(table, found, meaning=meaning)
            doubt = doubt or (meaning is Meaning.WHEN and bool(fitting))
        if fitting:
            meanings[fitting[0]] = meaning
            doubt = doubt or (meaning is Meaning.WHEN and len(fitting) > 1)
    doubt = _settle_id(meanings, table, told=told) or doubt
    when = next((one for one, meaning in meanings.items() if meaning is Meaning.WHEN), None)
    order = order_of(_cells(table, when)) if when else ""
    kept = {one: told for one, told in meanings.items() if told is not Meaning.NOTHING}
    return Columns(kept, doubt, order)


def _settle_id(meanings: dict[str, Meaning], table: Table, *, told: Mapping[str, Meaning]) -> bool:
    """Take a bare ``ID`` that no two lines share for the line's own, or say that it is in doubt.

    Where addresses stand beside it, they say whose line it is. Where only names do, it may be a
    person's number in a list of persons as well: that only a person can say.
    """
    found = (one for one, meaning in meanings.items() if meaning is Meaning.WHO)
    heading = next(found, None)
    if heading is None or plain(heading) not in {"id", "no", "no."} or plain(heading) in told:
        return False
    cells = _cells(table, heading)
    beside = {Meaning.NAME, Meaning.EMAIL} & set(meanings.values())
    if len(cells) < 2 or len(set(cells)) < len(cells) or not beside:
        return False
    if Meaning.ROW not in meanings.values():
        meanings[heading] = Meaning.ROW
    return Meaning.EMAIL not in beside


def _meaning(word: str, place: str) -> Meaning:
    try:
        return Meaning(word or Meaning.NOTHING.value)
    except ValueError as error:
        what = words.NO_MEANING.filled(word=word)
        raise Undecided(what, words.SAY_IT, asked=Asked.COLUMNS, place=place) from error


def _stands_in(heading: str, table: Table) -> bool:
    return any(plain(one) == heading for one in table.headings)


def _cells(table: Table, heading: str) -> list[str]:
    name = plain(heading)
    found = (line.cells.get(name, "") for line in table.lines[:_LOOKED_AT])
    return [cell for cell in found if cell]


def _fits(table: Table, heading: str, *, meaning: Meaning) -> bool:
    """Say whether a column's heading has this meaning, and most of its cells bear it out."""
    if meaning_of(heading) is not meaning:
        return False
    cells = _cells(table, heading)
    if meaning is Meaning.WHEN:
        return _share(cells, _is_time) >= _HALF if cells else True
    if meaning is Meaning.KIND:
        return _share(cells, lambda cell: kind_named(cell) is not None) >= _HALF
    return True


def _by_cells_alone(table: Table, headings: Sequence[str], *, meaning: Meaning) -> list[str]:
    """Return the columns whose cells are all of one shape, whatever stands above them."""
    shapes: dict[Meaning, Callable[[str], bool]] = {
        Meaning.WHEN: lambda cell: not cell.isdigit() and _is_time(cell),
        Meaning.EMAIL: lambda cell: email_in(cell) is not None,
        Meaning.URL: lambda cell: canonical(cell) is not None,
    }
    has_shape = shapes.get(meaning)
    if has_shape is None:
        return []
    unnamed = [one for one in headings if not is_never_when(one)]
    unnamed = [one for one in unnamed if meaning_of(one) is None]
    return [one for one in unnamed if _share(_cells(table, one), has_shape) >= _MOSTLY]


def _share(cells: Sequence[str], has_shape: Callable[[str], bool]) -> float:
    return sum(map(has_shape, cells)) / len(cells) if cells else 0.0


def _is_time(cell: str) -> bool:
    return SLASHED.fullmatch(cell.strip()) is not None or moment_of(cell, _UTC) is not None
