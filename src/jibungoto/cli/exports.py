"""Commands about what was brought in: intakes, undo."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from jibungoto.cli.options import Asked, asking
from jibungoto.cli.speech import line, padded, print_json, remark, said, say
from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    from jibungoto.records.models import IntakeRow

STATES: dict[str, Words] = {
    "waiting": Words("待っている", "waiting"),
    "reading": Words("読み取り中", "reading"),
    "in": Words("入っている", "in"),
    "refused": Words("読み取れなかった", "not readable"),
    "undoing": Words("取り消し中", "being undone"),
    "undone": Words("取り消した", "undone"),
}
"""Where an intake stands, as people read it; JSON gives the keys."""

ASKED = Words("回答待ち", "asks you")
"""As people read a delivery that waits for what only a person can say."""

NOTHING_YET = Words(
    "まだ何も取り込まれていません。jibungoto import で取り込んでください。",
    "Nothing has been brought in yet. Use jibungoto import.",
)
SILENT = Words(
    "      {seconds}秒前から動いた様子がありません。止められたのなら、1分たつと"
    "「読み取れなかった」になります。待たずにもう一度取り込んでもかまいません。",
    "      No sign of life for {seconds} s. If it was stopped, it counts as not readable after a"
    " minute; you can bring the file in again without waiting.",
)
UNDONE = Words(
    "{number} 番の取り込み({name})を取り消しました。", "Intake {number} ({name}) is undone."
)
_QUIET = timedelta(seconds=15)
"""Who reads gives a sign of life every ten seconds at least."""


@click.command()
@asking()
def intakes(asked: Asked) -> None:
    """List what was brought in."""
    acting = asked.acting()
    from jibungoto.desk.gather.stopped import settle_stopped

    settle_stopped(acting)
    rows = list(acting.community.intakes.order_by("number"))
    if not rows and not asked.as_json:
        remark(NOTHING_YET)
    for row in rows:
        if asked.as_json:
            print_json(
                {"number": row.number, "name": row.name, "state": row.state}
                | {"source": row.source, "read": row.read, "new": row.new}
                | {"activities": row.activities, "first_day": row.first_day}
                | {"last_day": row.last_day, "asked": row.asked, "add": _to_add(row)}
            )
            continue
        _tell(row)


@click.command()
@click.argument("intake", type=int)
@asking(as_json=False)
def undo(asked: Asked, *, intake: int) -> None:
    """Take one intake out of the log again (its number stands in: jibungoto intakes)."""
    acting = asked.acting()
    from jibungoto.desk.gather.stopped import settle_stopped
    from jibungoto.desk.gather.undo import undo as undo_intake

    settle_stopped(acting)
    row = undo_intake(acting, intake)
    say(UNDONE.filled(number=row.number, name=row.name))


def _tell(row: IntakeRow) -> None:
    """Print one intake; of one that is being read also for how long its process was silent."""
    from django.utils import timezone

    days = f"{row.first_day} .. {row.last_day}" if row.first_day else " " * 24
    state = padded(said(ASKED if row.asked else STATES[row.state]), 10)
    line(f"{row.number:>4}  {state}  {row.source:<8} {row.read:>9,}  {days}  {row.name}")
    if row.state == "reading" and row.heartbeat_at is not None:
        silent = timezone.now() - row.heartbeat_at
        if silent > _QUIET:
            remark(SILENT.filled(seconds=silent.seconds))


def _to_add(row: IntakeRow) -> list[str]:
    """Return the options that answer what a delivery waits for, none where it waits for nothing."""
    if not row.asked:
        return []
    from jibungoto.cli.answering import to_add

    return to_add(row)
