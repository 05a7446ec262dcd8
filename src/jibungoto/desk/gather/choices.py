"""What a person says of an export before it is read: its event, its tickets, its columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from jibungoto.desk.gather.current import meant_in
from jibungoto.engine.calendar import zone_named
from jibungoto.gather.moments import moment_of
from jibungoto.gather.reader import Choices, Said
from jibungoto.gather.text import digest63, normalised
from jibungoto.ledger.initiative import Initiative, InitiativeKind, Mode
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.models import CommunityRow, InitiativeRow, IntakeRow, IntakeState

_KEY = re.compile(r"[a-z_]+:[^\s]+")
_CONNPASS = re.compile(r"connpass\.[a-z]+/event/(\d+)")
_BEGINNING = re.compile(r"(.*?)[\s@,、]+(\d{4}[-/.年]\S+(?:\s+\d{1,2}[:時]\S*)?)$", re.DOTALL)
_LONGEST_NAME = 300


def decided(community: CommunityRow, said: Said) -> dict[str, Any]:
    """Return what a person says as it is kept with an intake; raises InvalidChoice."""
    kept: dict[str, Any] = {}
    if said.event.strip():
        event = event_meant(community, said.event)
        kept["event"] = {"key": event.key, "name": event.name, "starts_at": event.starts_at}
    if said.modes:
        kept["modes"] = {ticket: mode.value for ticket, mode in said.modes.items()}
    if said.columns:
        kept["columns"] = dict(said.columns)
    return kept


def choices_of(intake: IntakeRow) -> Choices:
    """Return what holds for an intake: what was said of it, and of those before it."""
    community = intake.community
    known = events_of(community)
    said = intake.decided.get("event")
    modes: dict[str, str] = {}
    columns: dict[str, str] = {}
    earlier = community.intakes.filter(number__lte=intake.number).exclude(decided={})
    for one in earlier.order_by("number").values_list("decided", flat=True):
        modes |= one.get("modes", {})
        columns |= one.get("columns", {})
    return Choices(
        private_places=frozenset(intake.private_places),
        event=_event_said(said, known) if said else None,
        events=known,
        answers=_answers(community, known),
        modes={ticket: Mode(mode) for ticket, mode in modes.items()},
        columns=columns,
        zone=community.zone,
    )


def _answers(community: CommunityRow, known: Mapping[str, Initiative]) -> dict[str, Initiative]:
    """Return which events files' own keys were said to stand for, by what is in the log."""
    told = community.intakes.filter(state=IntakeState.IN, same_as=None).exclude(met={})
    own: dict[str, str] = {}
    for met in told.order_by("number").values_list("met", flat=True):
        own |= met.get("own", {})
    return {key: known[event] for key, event in own.items() if event in known}


def _event_said(said: Mapping[str, Any], known: Mapping[str, Initiative]) -> Initiative:
    held = known.get(said["key"])
    if held is not None and said["starts_at"] in (None, held.starts_at):
        return held
    return Initiative(
        key=said["key"],
        kind=InitiativeKind.EVENT,
        name=said["name"],
        starts_at=said["starts_at"],
        ends_at=held.ends_at if held else None,
        mode=held.mode if held else None,
    )


def events_of(community: CommunityRow) -> dict[str, Initiative]:
    """Return the events a community knows of that took place, by key.

    A report's own event that is a known one is not listed beside it.
    """
    told, meant = told_events_of(community), meant_in(community)
    return {key: event for key, event in told.items() if key not in meant}


def told_events_of(community: CommunityRow) -> dict[str, Initiative]:
    """Return all events that exports told of, by key, the newest first."""
    rows = InitiativeRow.objects.filter(
        community=community, kind=InitiativeKind.EVENT, is_cancelled=False
    )
    return {row.key: _as_told(row) for row in rows.order_by("-starts_at", "pk")}


def _as_told(row: InitiativeRow) -> Initiative:
    return Initiative(
        key=row.key,
        kind=InitiativeKind.EVENT,
        name=row.name,
        mode=Mode(row.mode) if row.mode else None,
        starts_at=_seconds(row.starts_at),
        ends_at=_seconds(row.ends_at),
        series=row.series or None,
        capacity=row.capacity,
        hashtag=row.hashtag or None,
    )


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def event_meant(community: CommunityRow, written: str) -> Initiative:
    """Return the event a person means; raises InvalidChoice where that is not clear.

    A known event is found by its key, its address or its exact name. Any other needs the day and
    time at which it began, in the community's zone.
    """
    text = normalised(written).strip()
    known = events_of(community)
    held = _known_as(text, known)
    if held is not None and held.starts_at is not None:
        return held
    name, starts_at = _with_beginning(text, zone_named(community.zone))
    held = _known_as(name, known)
    if starts_at is None or not name:
        raise InvalidChoice(
            Words(
                f"「{text}」というイベントはまだ知られていません。",
                f"No event “{text}” is known yet.",
            ),
            Words(
                "番号か名前のあとに、開始の日時を付けてください"
                "(例: 春のサミット 2026-04-19 13:00)。",
                "Write its number or name and when it began "
                "(for example: Spring summit 2026-04-19 13:00).",
            ),
        )
    key = held.key if held else _key_in(name) or f"event:{digest63(name.encode()):016x}"
    shown = held.name if held else "" if _key_in(name) else name[:_LONGEST_NAME]
    return Initiative(key=key, kind=InitiativeKind.EVENT, name=shown, starts_at=starts_at)


def _known_as(text: str, known: Mapping[str, Initiative]) -> Initiative | None:
    key = _key_in(text)
    if key is not None:
        return known.get(key)
    named = [one for one in known.values() if normalised(one.name).strip() == text]
    return named[0] if len(named) == 1 else None


def _key_in(text: str) -> str | None:
    """Return the key of an event that a text is, or the address of."""
    address = _CONNPASS.search(text)
    if address is not None:
        return f"connpass:{address[1]}"
    return text if _KEY.fullmatch(text) and "//" not in text else None


def _with_beginning(text: str, zone: ZoneInfo) -> tuple[str, int | None]:
    found = _BEGINNING.fullmatch(text)
    moment = moment_of(found[2], zone) if found is not None else None
    if found is None or moment is None:
        return text, None
    return found[1].strip(), moment.seconds
