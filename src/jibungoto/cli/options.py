"""What the commands are asked alike: which home, which community, which day, in which form."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from jibungoto.desk.acting import Acting
    from jibungoto.records.models import CommunityRow

_HOME = "JIBUNGOTO_HOME"
Command = Callable[..., None]
Wrap = Callable[[Command], Command]


@dataclass(frozen=True, slots=True)
class Asked:
    """The options every question has in common."""

    home: Path
    community: str | None = None
    as_json: bool = False
    as_of: date | None = None

    def acting(self) -> Acting:
        """Open the home and return its administrator in the community meant."""
        from jibungoto.desk.house.open import community_named, open_home_there

        open_home_there(self.home)
        from jibungoto.desk.acting import administrator

        return administrator(community_named(self.community))

    def communities(self) -> list[CommunityRow]:
        """Open the home and return the community meant, or all if none was named."""
        from jibungoto.desk.house.open import communities_of, community_named, open_home_there

        open_home_there(self.home)
        return communities_of() if self.community is None else [community_named(self.community)]


def asking(*, as_json: bool = True, as_of: bool = False) -> Wrap:
    """Add the common options to a command, which gets them as its first argument, ``Asked``."""

    def wrapped(command: Command) -> Command:
        @functools.wraps(command)
        def run(**options: Any) -> None:
            names = ("home", "community", "as_json", "as_of")
            shared = {name: options.pop(name) for name in names if name in options}
            command(Asked(**shared), **options)

        chosen: list[Wrap] = [_as_of] if as_of else []
        chosen += [_json] if as_json else []
        asked: Command = run
        for option in (*chosen, _community, home_option):
            asked = option(asked)
        return asked

    return wrapped


def home_option(command: Command) -> Command:
    """Add ``--home``: the folder that keeps everything."""
    return click.option(
        "--home",
        type=click.Path(path_type=Path),
        default=lambda: os.environ.get(_HOME) or "jibungoto-home",
        show_default="$JIBUNGOTO_HOME or ./jibungoto-home",
        help="The folder that keeps everything.",
    )(command)


_community: Wrap = click.option("--community", metavar="SLUG", help="Which community is meant.")
_json: Wrap = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_as_of: Wrap = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=lambda _ctx, _param, value: value.date() if value else None,
    metavar="DATE",
    help="As of the end of this day (default: the newest covered day).",
)
