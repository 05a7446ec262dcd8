"""Commands about the house: serve, doctor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jibungoto.cli.options import Asked, asking, home_option
from jibungoto.cli.serving import (
    address_of,
    must_be_free,
    must_be_reachable,
    port_option,
    run,
    what_must_stand_before,
)
from jibungoto.cli.speech import line, print_json, remark, said, say
from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    from jibungoto.desk.house.examine import Check

SERVING = Words("jibungoto: {address}", "jibungoto: {address}")
BEGIN_HERE = Words(
    "このホームはまだ空です。ここから始めてください: {address}",
    "This home is empty. Begin here: {address}",
)
FIRST_OF_ALL = Words(
    "まだ誰もサインインできません。ここから始めてください: {address}",
    "Nobody can sign in yet. Begin here: {address}",
)
SOUND = Words("良好", "ok ")
WRONG = Words("異常", "BAD")


@click.command()
@home_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Interface to listen on.")
@port_option
def serve(home: Path, host: str, port: int) -> None:
    """Serve the pages and do the work behind them, until stopped."""
    from jibungoto.desk.house.open import open_home

    must_be_reachable(host)
    must_be_free(host, port)
    open_home(home)
    from jibungoto.desk.house.begin import invitation
    from jibungoto.records.models import CommunityRow, MembershipRow

    address = address_of(host, port)
    if MembershipRow.objects.exists():
        say(SERVING.filled(address=address))
    else:
        begin = FIRST_OF_ALL if CommunityRow.objects.exists() else BEGIN_HERE
        say(begin.filled(address=f"{address}begin/{invitation()}/"))
    before = what_must_stand_before(host, port)
    if before is not None:
        remark(before)
    run(home, host=host, port=port)


@click.command()
@asking()
def doctor(asked: Asked) -> None:
    """Examine a home: files, sums, copies. Exit code 1 if something is wrong."""
    communities = asked.communities()
    from jibungoto.desk.house.examine import examine

    sound = True
    for community in communities:
        for check in examine(community):
            _tell(check, community.slug, as_json=asked.as_json)
            sound = sound and check.is_sound
    sys.exit(0 if sound else 1)


def _tell(check: Check, slug: str, *, as_json: bool) -> None:
    about, found = said(check.about), said(check.remark)
    if as_json:
        print_json({"community": slug, "about": about, "is_sound": check.is_sound, "remark": found})
        return
    line(f"{said(SOUND if check.is_sound else WRONG)} {slug}: {about}: {found}")
