"""Everybody a reader meets in one delivery, and what becomes of the records it cannot take."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypedDict, Unpack

from jibungoto.gather.batch import Batch
from jibungoto.gather.reader import Conceal
from jibungoto.gather.shelves.complaints import spelled
from jibungoto.gather.text import normalised
from jibungoto.ledger.accounting import LeftOut, Refusal
from jibungoto.ledger.person import Handle
from jibungoto.ledger.words import Words

_LONGEST_NAME = 200
_MOST_NAMED = 50
_NOT_PRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_EMAIL = re.compile(r"[^\s@<>\"(),;:]+@[^\s@<>\"(),;:]+\.[^\s@<>\"(),;:.]{2,}")


class Told(TypedDict, total=False):
    """What a record tells of a person, as far as it does."""

    name: str
    display_name: str
    email: str | None
    typed_email: str | None
    organisation: str
    links: tuple[str, ...]
    reading: str
    is_admin: bool
    is_bot: bool
    is_guest: bool
    is_deleted: bool
    is_name_only: bool


class Roll:
    """Keeps one handle per outside id; what is told of it first counts, later words fill gaps."""

    def __init__(self, conceal: Conceal) -> None:
        self._conceal = conceal
        self._handles: dict[str, Handle] = {}

    def meet(self, outside_id: str, **told: Unpack[Told]) -> str:
        """Return a person's pseudonym, and remember what is told of them."""
        known = self._handles.get(outside_id)
        if known is None:
            actor = self._conceal(outside_id)
            known = self._handles[outside_id] = Handle(actor=actor, outside_id=outside_id)
        if told:
            self._remember(known, told)
        return known.actor

    def meet_by_name(self, name: str, *, within: str = "") -> str:
        """Return the pseudonym of somebody of whom only a name is known, in this place if any."""
        scope = f" {within}" if within else ""
        return self.meet(f"name:{plain_name(name)}{scope}", name=name, is_name_only=True)

    def knows(self, outside_id: str) -> bool:
        """Say whether this id has been met."""
        return outside_id in self._handles

    def handles(self) -> list[Handle]:
        """Return everybody, in the order in which they were met."""
        return list(self._handles.values())

    def _remember(self, known: Handle, told: Told) -> None:
        news = {
            field: clean(value) if isinstance(value, str) else value
            for field, value in told.items()
            if value and not getattr(known, field)
        }
        if news:
            self._handles[known.outside_id] = replace(known, **news)  # type: ignore[arg-type]  # Told's fields are Handle's


class Tally:
    """What one file holds that is not kept: the first refusals by place, all else by number."""

    def __init__(self, path: str, batch: Batch) -> None:
        self.batch = batch
        self._path = spelled(path)
        self._named = 0
        self._refused: dict[Words, int] = {}
        self._left_out: dict[Words, int] = {}

    def refuse(self, where: str, reason: Words) -> None:
        """Count one record as read and refused; ``where`` says which it is in the file."""
        self.batch.read += 1
        if self._named >= _MOST_NAMED:
            self._refused[reason] = self._refused.get(reason, 0) + 1
            return
        self._named += 1
        place = f"{self._path}, {where}" if where else self._path
        self.batch.refusals.append(Refusal(place, reason))

    def leave_out(self, reason: Words) -> None:
        """Count one record as read and left out on purpose."""
        self.batch.read += 1
        self._left_out[reason] = self._left_out.get(reason, 0) + 1

    def turn(self) -> Batch:
        """Return the batch so far, and go on with a fresh one."""
        full, self.batch = self.batch, Batch()
        return full

    def close(self) -> Batch:
        """Return the last batch, with everything that was only counted and the file finished."""
        for reason, count in self._refused.items():
            self.batch.refusals.append(Refusal(self._path, reason, count))
        for reason, count in self._left_out.items():
            self.batch.left_out.append(LeftOut(self._path, reason, count))
        self.batch.entries += 1
        return self.batch


def clean(name: str | None) -> str:
    """Return a name without what cannot be printed, at a length a page can bear."""
    printable = _NOT_PRINTED.sub(" ", _SURROGATES.sub("\ufffd", name or ""))
    return " ".join(printable.split())[:_LONGEST_NAME]


def plain_name(name: str) -> str:
    """Return a name as one who has no id is known by: NFKC, lower case, single spaces."""
    return " ".join(normalised(clean(name)).casefold().split())


def email_in(text: str | None) -> str | None:
    """Return an address in lower case, or None where the text is none."""
    plain = clean(text).casefold()
    return plain if _EMAIL.fullmatch(plain) else None
