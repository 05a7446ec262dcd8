"""The demo: a whole community on this machine, to look at and to try things on."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command()
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("jibungoto-demo"),
    show_default=True,
    help="The folder the demo lives in.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Loopback only.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--prepare-only", is_flag=True, help="Make the community, serve nothing.")
def demo(home: Path, host: str, port: int, prepare_only: bool) -> None:
    """Make a community of some 400 invented people and show it, signed in as its manager."""
    if host not in _LOOPBACK:
        raise click.UsageError("The demo signs everybody in, so it only listens on 127.0.0.1.")
    from jibungoto.desk.house.open import open_home

    open_home(home)
    from jibungoto.records.models import CommunityRow

    if not CommunityRow.objects.exists():
        click.echo("Making the demo community ...", err=True)
        _make(home)
    if prepare_only:
        return
    from jibungoto.cli.serving import run

    click.echo(f"jibungoto demo: http://{host}:{port}/", nl=True)
    run(home, host=host, port=port, demo=True)


def _make(home: Path) -> None:
    from jibungoto.cli.exports import brought_in
    from jibungoto.demo.community import NAME, write_demo
    from jibungoto.desk.acting import administrator
    from jibungoto.desk.house.begin import Beginning, admit, begin
    from jibungoto.desk.people.staff import answer_as_proposed
    from jibungoto.desk.understand.refresh import refresh

    yesterday = datetime.now(ZoneInfo("Asia/Tokyo")).date() - timedelta(days=1)
    files = write_demo(home / "exports", last_day=yesterday)
    community = begin(Beginning(name=NAME, slug="yamabiko", is_demo=True))
    admit(community, "demo", passphrase=None)
    acting = administrator(community)
    for file in files:
        brought_in(acting, file)
    answer_as_proposed(acting)
    refresh(community)
