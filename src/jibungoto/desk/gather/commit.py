"""The one commit point: intake, handles, initiatives, refusals and the new version, together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jibungoto.desk.gather.change import Outdated, stage, write_names, write_places
from jibungoto.desk.gather.claim import Claim
from jibungoto.desk.gather.current import erased_actors
from jibungoto.desk.gather.tellings import to_tell, to_tell_of
from jibungoto.engine.calendar import day_from
from jibungoto.engine.disk import write_whole
from jibungoto.engine.intake import Delivered, Prepared
from jibungoto.engine.manifest import Manifest, encode
from jibungoto.gather.reader import Reading
from jibungoto.ledger.initiative import Initiative
from jibungoto.records.home import log_folder
from jibungoto.records.models import (
    CommunityRow,
    IntakeRow,
    IntakeState,
    LeftOutRow,
    LogVersionRow,
    RefusalRow,
)

_TRIES = 5


class Moved(Exception):
    """The log has a newer version than the one this was derived from."""


def commit(claim: Claim, parent: int | None, *, delivered: Delivered, prepared: Prepared) -> None:
    """Record a prepared version in one transaction; before it nothing happened, after it all.

    What is to be written is worked out and staged before, for while the transaction lasts nobody
    else writes.
    """
    intake = claim.intake
    community, source = intake.community, delivered.delivery.source
    for _ in range(_TRIES):
        erased = erased_actors(community)
        told = [one for one in delivered.handles.values() if one.actor not in erased]
        begun = list(_not_begun_by(erased, delivered))
        names = to_tell(community, source, handles=told)
        places = to_tell_of(community, source, initiatives=begun)
        stage(names, intake)
        try:
            with transaction.atomic():
                _settle(claim, parent, delivered=delivered, prepared=prepared)
                write_names(names, intake)
                write_places(places, intake)
                _list_what_is_not_in(intake, delivered, prepared=prepared)
                keep_version(community, prepared.manifest, cause=f"intake {intake.number}")
        except Outdated:  # somebody answered who is one person meanwhile, or was erased
            continue
        write_whole(log_folder(community.slug) / "manifest.json", encode(prepared.manifest))
        return
    raise Moved


def _not_begun_by(erased: frozenset[str], delivered: Delivered) -> Iterator[Initiative]:
    """Yield what was told of initiatives; who was erased while it was read started none."""
    for one in delivered.initiatives.values():
        yield replace(one, started_by=None) if one.started_by in erased else one


def keep_version(community: CommunityRow, manifest: Manifest, *, cause: str) -> LogVersionRow:
    """Make a manifest the community's current version, inside the caller's transaction."""
    row = LogVersionRow.objects.create(
        community=community,
        number=manifest.version,
        manifest=encode(manifest).decode(),
        cause=cause,
    )
    CommunityRow.objects.filter(pk=community.pk).update(
        version=row, facts_stamp=F("facts_stamp") + 1
    )
    return row


def _day(number: int | None) -> date | None:
    return None if number is None else day_from(number)


def _settle(claim: Claim, parent: int | None, *, delivered: Delivered, prepared: Prepared) -> None:
    """Let the intake be in, if the log and the claim are still what they were; else ``Moved``."""
    community = CommunityRow.objects.select_for_update().get(pk=claim.intake.community_id)
    if community.version_id != parent:
        raise Moved
    account = prepared.account
    can_tell = asdict(delivered.reading.can_tell)
    since = can_tell["complete_since"]
    can_tell["complete_since"] = since.isoformat() if since else None
    settled = IntakeRow.objects.filter(pk=claim.intake.pk, taken_by=claim.token).update(
        state=IntakeState.IN,
        source=delivered.delivery.source,
        fingerprint=delivered.delivery.fingerprint,
        ended_at=timezone.now(),
        read=account.read,
        new=account.new,
        updated=account.updated,
        unchanged=account.unchanged,
        repeated=account.repeated,
        left_out=account.left_out,
        refused=account.refused,
        activities=prepared.activities,
        handles=len(delivered.handles),
        first_day=_day(delivered.first_day),
        last_day=_day(delivered.last_day),
        covered_until=delivered.reading.covered_until,
        can_tell=can_tell,
        met=_met(delivered.reading),
    )
    if not settled:
        raise Moved


def _met(reading: Reading) -> dict[str, object]:
    """Return how tickets, columns and files' own keys were taken, as an intake keeps it."""
    met: dict[str, object] = {}
    if reading.tickets:
        met["tickets"] = {
            name: mode.value if mode else "" for name, mode in reading.tickets.items()
        }
    if reading.columns:
        met["columns"] = dict(reading.columns)
    if reading.encodings:
        met["encodings"] = dict(reading.encodings)
    if reading.own:
        met["own"] = dict(reading.own)
    return met


def _list_what_is_not_in(intake: IntakeRow, delivered: Delivered, *, prepared: Prepared) -> None:
    RefusalRow.objects.bulk_create(
        RefusalRow(
            intake=intake,
            place=one.place,
            reason_ja=one.reason.ja,
            reason_en=one.reason.en,
            records=one.records,
        )
        for one in delivered.refusals
    )
    LeftOutRow.objects.bulk_create(
        LeftOutRow(
            intake=intake,
            place=one.place,
            reason_ja=one.reason.ja,
            reason_en=one.reason.en,
            records=one.records,
        )
        for one in prepared.left_out
    )
