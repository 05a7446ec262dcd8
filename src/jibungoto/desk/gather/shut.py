"""Private channels: which of them an export holds shut, and reading some of them after all."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from jibungoto.desk.acting import Acting, must_write
from jibungoto.desk.gather.overview import intake_numbered
from jibungoto.desk.gather.queue import bring_in, receive
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.models import IntakeRow, IntakeState, LeftOutRow

CHOOSABLE = "is read only when it is chosen."
"""How every reader's reason ends for a place that stays shut until somebody chooses it."""
_OF_THE_CONTENT = 32
"""So many letters of a fingerprint say what was read; the rest, which channels were chosen."""


@dataclass(frozen=True, slots=True)
class ShutPlace:
    """A private channel nobody has chosen in this export; ``was_chosen`` in another one."""

    name: str
    was_chosen: bool


@dataclass(frozen=True, slots=True)
class Upload:
    """The same export, handed in once more."""

    name: str
    chunks: Iterable[bytes]


def shut_places(intake: IntakeRow) -> tuple[ShutPlace, ...]:
    """Return the private channels of an export that is in which stayed shut, by name.

    Direct messages are never among them. What a second reading of the same content has opened
    is not shut any more.
    """
    if intake.state != IntakeState.IN:
        return ()
    left_out = LeftOutRow.objects.filter(intake=intake.same_as or intake)
    names = set(left_out.filter(reason_en__endswith=CHOOSABLE).values_list("place", flat=True))
    opened: set[str] = set()
    chosen: set[str] = set()
    if names:
        others = IntakeRow.objects.filter(community=intake.community, state=IntakeState.IN)
        for mark, places in others.values_list("fingerprint", "private_places"):
            chosen |= set(places)
            if mark[:_OF_THE_CONTENT] == intake.fingerprint[:_OF_THE_CONTENT]:
                opened |= set(places)
    return tuple(ShutPlace(name, name in chosen) for name in sorted(names - opened))


def is_still_here(intake: IntakeRow) -> bool:
    """Say whether the export still lies where it was read, so that nobody has to hand it in."""
    try:
        return Path(intake.path).exists()
    except OSError:
        return False


def bring_in_with(
    acting: Acting, number: int, *, places: Collection[str], upload: Upload | None = None
) -> IntakeRow:
    """Queue an export once more, with these of its private channels open.

    What an earlier reading had open stays open. Raises ``InvalidChoice`` where no channel is
    chosen, one is not among those of this export, or the export is gone and not handed in.
    """
    must_write(acting)
    intake = intake_numbered(acting, number)
    chosen = set(places)
    if not chosen or not chosen <= {place.name for place in shut_places(intake)}:
        raise InvalidChoice(
            Words("読み取るチャンネルが選ばれていません。", "No channel to read was chosen."),
            Words(
                "一覧から選んで、もう一度お試しください。", "Choose from the list and try again."
            ),
            place=intake.name,
        )
    opened = sorted(chosen | set((intake.same_as or intake).private_places))
    if upload is not None:
        return receive(acting, upload.name, chunks=upload.chunks, private_places=opened)
    if not is_still_here(intake):
        raise InvalidChoice(
            Words(
                "このファイルは取り込んだあとに消してあります。",
                "This file was deleted once it had come in.",
            ),
            Words(
                "同じファイルをもう一度置いてください。", "Hand the same file in once more with it."
            ),
            place=intake.name,
        )
    return bring_in(
        acting,
        Path(intake.path),
        name=intake.name,
        is_upload=intake.is_upload,
        private_places=opened,
    )
