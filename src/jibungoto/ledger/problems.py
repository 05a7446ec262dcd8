"""Every problem the product can meet, each saying what happened and what to do next.

Problem
├── ExportProblem              something is wrong with what was handed in
│   ├── NotAnExport            no reader recognises it
│   ├── DamagedExport          it cannot be opened, or ends too early
│   ├── EncryptedExport        it asks for a password
│   ├── Undecided              a person has to say something first: which event, which columns
│   └── UnsafeExport           it would harm the machine: a bomb, a path that leads outside
├── HomeProblem                the folder jibungoto keeps everything in
│   ├── HomeMissing            there is nothing there yet
│   └── HomeBusy               another process is writing to it right now
├── UnknownName                a community, intake, measure or person that is not there
├── NotAllowed                 the acting person may not do this
├── InvalidChoice              what was entered does not fit
└── DiskProblem                the machine could not write or read a file
"""

from __future__ import annotations

from enum import StrEnum

from jibungoto.ledger.words import Words


class Problem(Exception):
    """Something a person can do something about: what happened, where, and the next step."""

    def __init__(self, what: Words, next_step: Words, *, place: str = "") -> None:
        super().__init__(f"{place}: {what.en}" if place else what.en)
        self.what = what
        self.next_step = next_step
        self.place = place

    def said_in(self, language: str) -> str:
        """Return place, what happened and the next step as one line in the given language."""
        where = f"{self.place}: " if self.place else ""
        said = Words(
            ja=f"{self.what.ja}{self.next_step.ja}", en=f"{self.what.en} {self.next_step.en}"
        )
        return f"{where}{said.said_in(language)}"


class ExportProblem(Problem):
    """Something is wrong with what was handed in."""


class NotAnExport(ExportProblem):
    """No reader recognises the content."""


class DamagedExport(ExportProblem):
    """The file cannot be opened, or ends before it should."""


class EncryptedExport(ExportProblem):
    """The file asks for a password."""


class Asked(StrEnum):
    """What only a person can say of an export."""

    EVENT = "event"
    COLUMNS = "columns"


class Undecided(ExportProblem):
    """A person has to say something before this can be read: what ``asked`` names.

    ``began`` is when the event asked for seems to have begun, in UTC seconds, where that is known.
    """

    def __init__(
        self,
        what: Words,
        next_step: Words,
        *,
        asked: Asked,
        place: str = "",
        began: int | None = None,
    ) -> None:
        super().__init__(what, next_step, place=place)
        self.asked = asked
        self.began = began


class UnsafeExport(ExportProblem):
    """Opening the file would harm the machine, so it stays closed."""


class HomeProblem(Problem):
    """Something is wrong with the folder in which everything is kept."""


class HomeMissing(HomeProblem):
    """There is no community in this folder yet."""


class HomeBusy(HomeProblem):
    """Another process holds the folder for longer than is usual."""


class UnknownName(Problem):
    """A community, intake, measure or person of this name is not there."""


class NotAllowed(Problem):
    """The acting person may not do this."""


class InvalidChoice(Problem):
    """What was entered does not fit."""


class DiskProblem(Problem):
    """The machine could not write or read a file."""
