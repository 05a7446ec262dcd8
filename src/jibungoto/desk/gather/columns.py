"""What the columns of a table mean: shown with examples from the file, and said by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jibungoto.desk.gather.choices import choices_of
from jibungoto.gather.contents.table import Table, plain
from jibungoto.gather.readers.csv_columns import suggestion_for
from jibungoto.gather.readers.csv_headings import Meaning
from jibungoto.gather.readers.csv_table import tables_of
from jibungoto.gather.shelves.export import open_export
from jibungoto.ledger.problems import InvalidChoice, Problem
from jibungoto.ledger.words import Words
from jibungoto.records.models import IntakeRow

MEANINGS: dict[Meaning, Words] = {
    Meaning.WHEN: Words("日時", "when it happened"),
    Meaning.WHO: Words("人の ID", "whose it is: an id"),
    Meaning.NAME: Words("人の名前", "whose it is: a name"),
    Meaning.EMAIL: Words("人のメールアドレス", "whose it is: an e-mail address"),
    Meaning.KIND: Words("活動の種類", "the kind of activity"),
    Meaning.PLACE: Words("場所(チャンネルなど)", "where: a channel or the like"),
    Meaning.EVENT: Words("イベント", "the event"),
    Meaning.MODE: Words("参加形態(現地・オンライン)", "at the venue or online"),
    Meaning.ROW: Words("行の番号", "the number of the row"),
    Meaning.REPLY_TO: Words("返信先の番号", "the number of the row it answers"),
    Meaning.URL: Words("アドレス(URL)", "an address (URL)"),
    Meaning.TEXT: Words("本文(長さだけを残します)", "a text (only its length is kept)"),
    Meaning.READING: Words("名前の読み", "how the name is read"),
    Meaning.ORGANISATION: Words("所属", "the organisation"),
    Meaning.NOTHING: Words("読み取らない", "not read"),
}
"""What a column can mean, in the words of pages, in the order they are offered."""

_EXAMPLES = 3
_LONGEST = 60
_MOST = 100


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """One column: its heading as written, a few of its cells, and what it is taken to mean.

    ``examples`` are read from the file while it is still there, and kept nowhere.
    """

    heading: str
    examples: tuple[str, ...]
    meaning: Meaning


def columns_shown(intake: IntakeRow) -> tuple[ColumnShown, ...]:
    """Return a delivery's columns with what they mean or seem to; none where it has no table.

    Where the file is gone, only those that were read are known, without examples.
    """
    told = choices_of(intake).columns
    found = _from_the_file(intake, told)
    met = intake.met.get("columns", {})
    if not found:
        found = {plain(one): ColumnShown(one, (), _meaning(word)) for one, word in met.items()}
    return tuple(found.values())[:_MOST]


def _from_the_file(intake: IntakeRow, told: Mapping[str, str]) -> dict[str, ColumnShown]:
    found: dict[str, ColumnShown] = {}
    try:
        with open_export(Path(intake.path), name=intake.name) as export:
            for table in tables_of(export, told):
                for column in _columns(table, told):
                    found.setdefault(plain(column.heading), column)
    except (Problem, OSError):  # it is gone or damaged: then nothing is shown of it
        return {}
    return found


def _columns(table: Table, told: Mapping[str, str]) -> list[ColumnShown]:
    said = {plain(one): _meaning(word) for one, word in told.items()}
    suggested = suggestion_for(table, said).meanings
    return [
        ColumnShown(one, _examples(table, one), suggested.get(one, Meaning.NOTHING))
        for one in table.headings
    ]


def _meaning(word: str) -> Meaning:
    try:
        return Meaning(word)
    except ValueError:
        return Meaning.NOTHING


def _examples(table: Table, heading: str) -> tuple[str, ...]:
    """Return the first different cells of a column that hold something."""
    name = plain(heading)
    cells = (line.cells.get(name, "").strip() for line in table.lines)
    different = dict.fromkeys(
        f"{cell[:_LONGEST]}…" if len(cell) > _LONGEST else cell for cell in cells if cell
    )
    return tuple(different)[:_EXAMPLES]


def columns_said(
    headings: Sequence[str], meanings: Sequence[str], *, was: Sequence[str]
) -> dict[str, str]:
    """Return what a person says of columns, as far as it says anything; raises InvalidChoice.

    A column that was not read before and is not to be read now is left to later files. A person
    and a time are needed, and no two columns can mean the same.
    """
    said = {
        heading: meaning
        for heading, meaning, before in zip(headings, meanings, was, strict=False)
        if {meaning, before} != {Meaning.NOTHING.value}
    }
    read = [Meaning(one) for one in said.values() if one and one != Meaning.NOTHING]
    twice = sorted({one for one in read if read.count(one) > 1})
    if twice:
        names = [MEANINGS[one] for one in twice]
        raise InvalidChoice(
            Words(
                f"同じ意味の列が二つあります({'、'.join(one.ja for one in names)})。",
                f"Two columns mean the same ({', '.join(one.en for one in names)}).",
            ),
            Words("片方を「読み取らない」にしてください。", "Have one of them not read."),
        )
    if Meaning.WHEN not in read or not {Meaning.WHO, Meaning.NAME, Meaning.EMAIL} & set(read):
        raise InvalidChoice(
            Words("日時と人の列が要ります。", "A time and a person are needed."),
            Words(
                "日時の列を一つと、ID・名前・メールアドレスのどれかを選んでください。",
                "Choose one column for the time, and one for an id, a name or an e-mail address.",
            ),
        )
    return said
