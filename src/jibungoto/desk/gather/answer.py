"""Answering what only a person can say of an export, and reading it with the answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jibungoto.desk.acting import Acting, must_write
from jibungoto.desk.gather.choices import decided, events_of
from jibungoto.desk.gather.current import meant_in
from jibungoto.desk.gather.overview import intake_numbered
from jibungoto.desk.gather.queue import bring_in, receive
from jibungoto.desk.gather.shut import Upload, is_still_here
from jibungoto.desk.gather.undo import ask_to_undo
from jibungoto.gather.reader import Said
from jibungoto.gather.text import normalised
from jibungoto.ledger.initiative import Initiative, InitiativeKind, Mode
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.models import IntakeRow, IntakeState

_IN_THE_NAME = (
    ("connpass", re.compile(r"event_(\d+)_participants", re.IGNORECASE)),
    ("doorkeeper", re.compile(r"-tickets-(\d+)", re.IGNORECASE)),
    ("luma", re.compile(r"(evt-\w+)")),
)


@dataclass(frozen=True, slots=True)
class Taken:
    """How a delivery was taken: its one event, and its kinds of ticket with their modes.

    ``event`` is None where it belongs to none, or to several that say so themselves.
    """

    event: Initiative | None
    tickets: tuple[tuple[str, Mode | None], ...]


def taken(acting: Acting, intake: IntakeRow) -> Taken:
    """Return how a delivery that is in was taken."""
    of = intake.same_as or intake
    tickets = {
        name: Mode(mode) if mode else None for name, mode in of.met.get("tickets", {}).items()
    }
    return Taken(_event_of(acting, of), tuple(sorted(tickets.items())))


def _event_of(acting: Acting, intake: IntakeRow) -> Initiative | None:
    told = intake.initiatives_told.filter(initiative__kind=InitiativeKind.EVENT)
    keys = list(told.values_list("initiative__key", flat=True)[:2])
    if not intake.decided.get("event") and (len(keys) != 1 or _speaks_of_events(intake)):
        return None
    said = intake.decided.get("event", {}).get("key")
    key = keys[0] if len(keys) == 1 else said
    known = events_of(acting.community)
    return known.get(meant_in(acting.community).get(key, key))


def _speaks_of_events(intake: IntakeRow) -> bool:
    """Say whether a delivery lists events itself, instead of the people at one of them."""
    told = intake.initiatives_told.filter(initiative__kind=InitiativeKind.SERIES)
    return intake.handles == 0 or told.exists()


def events_to_choose(acting: Acting, *, like: str = "") -> list[Initiative]:
    """Return the events known, the newest first and those without a beginning last.

    With ``like`` only those that have each of its words in their name, key or day (2026-04-19).
    """
    zone = ZoneInfo(acting.community.zone)
    words = _folded(like).split()
    known = [
        one
        for one in events_of(acting.community).values()
        if not words or all(word in _found_by(one, zone) for word in words)
    ]
    return sorted(known, key=lambda one: (one.starts_at is None, -(one.starts_at or 0)))


def _found_by(event: Initiative, zone: ZoneInfo) -> str:
    began = "" if event.starts_at is None else f"{datetime.fromtimestamp(event.starts_at, zone)}"
    return _folded(f"{event.name} {event.key} {began}")


def _folded(text: str) -> str:
    return normalised(text).casefold()


def key_in_the_name(name: str) -> str:
    """Return the key of the event that a file's name seems to speak of, as a proposal."""
    for source, pattern in _IN_THE_NAME:
        if found := pattern.search(name):
            return f"{source}:{found[1]}"
    return ""


def seems_to_have_begun(intake: IntakeRow) -> datetime | None:
    """Return when the event asked for seems to have begun, in the community's zone."""
    began = intake.met.get("began")
    zone = ZoneInfo(intake.community.zone)
    return None if began is None else datetime.fromtimestamp(began, zone)


def bring_in_as(
    acting: Acting, number: int, *, said: Said, upload: Upload | None = None
) -> IntakeRow:
    """Queue an export once more, with what a person says of its event, tickets or columns.

    What was read with another event or other columns is taken out, for it stood under other keys.
    Raises ``InvalidChoice`` where nothing is said, an event is not clear, or the export is gone
    and not handed in.
    """
    must_write(acting)
    intake = intake_numbered(acting, number)
    if not decided(acting.community, said):
        raise InvalidChoice(
            Words("何も選ばれていません。", "Nothing was said of it."),
            Words("選んでから、もう一度お試しください。", "Choose something and try again."),
            place=intake.name,
        )
    if upload is None and not is_still_here(intake):
        raise InvalidChoice(
            Words(
                "このファイルは取り込んだあとに消してあります。",
                "This file was deleted once it had been read.",
            ),
            Words(
                "同じファイルをもう一度置いてください。", "Hand the same file in once more with it."
            ),
            place=intake.name,
        )
    again = _queued(acting, intake, said=_with_earlier(intake, said), upload=upload)
    first = intake.same_as or intake
    if first.state == IntakeState.IN and (said.event or said.columns):
        ask_to_undo(acting, first.number)
    if intake.state == IntakeState.REFUSED:
        IntakeRow.objects.filter(pk=intake.pk).update(asked="", same_as=again)
    return again


def _with_earlier(intake: IntakeRow, said: Said) -> Said:
    """Return what is said now, with what was said of this export before."""
    before = (intake.same_as or intake).decided
    event = _written(before["event"], intake.community.zone) if "event" in before else ""
    return Said(
        event=said.event or event,
        modes={name: Mode(mode) for name, mode in before.get("modes", {}).items()}
        | dict(said.modes),
        columns=before.get("columns", {}) | dict(said.columns),
    )


def _written(event: Mapping[str, Any], zone: str) -> str:
    """Return an event that was said before the way a person says it."""
    key, name, starts_at = str(event["key"]), str(event["name"]), event["starts_at"]
    shown = name if key.startswith("event:") and name else key
    if starts_at is None:
        return shown
    return f"{shown} {datetime.fromtimestamp(starts_at, ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _queued(acting: Acting, intake: IntakeRow, *, said: Said, upload: Upload | None) -> IntakeRow:
    places = (intake.same_as or intake).private_places
    if upload is not None:
        return receive(acting, upload.name, chunks=upload.chunks, private_places=places, said=said)
    return bring_in(
        acting,
        Path(intake.path),
        name=intake.name,
        is_upload=intake.is_upload,
        private_places=places,
        said=said,
    )
