"""Commands about the house: serve, work, doctor."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jibungoto.cli.options import Asked, asking, home_option, language_of_machine, print_json


@click.command()
@home_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Interface to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
def serve(home: Path, host: str, port: int) -> None:
    """Serve the pages and do the work behind them, until stopped."""
    from jibungoto.cli.serving import run
    from jibungoto.desk.house.open import open_home

    open_home(home)
    from jibungoto.desk.house.begin import invitation
    from jibungoto.records.models import MembershipRow

    if MembershipRow.objects.exists():
        click.echo(f"jibungoto: http://{host}:{port}/")
    else:
        click.echo(f"This home is empty. Begin here: http://{host}:{port}/begin/{invitation()}/")
    run(home, host=host, port=port)


@click.command()
@asking()
def doctor(asked: Asked) -> None:
    """Examine a home: files, sums, copies. Exit code 1 if something is wrong."""
    acting = asked.acting()
    from jibungoto.desk.house.examine import examine

    checks = examine(acting.community)
    language = language_of_machine()
    for check in checks:
        about, remark = check.about.said_in(language), check.remark.said_in(language)
        if asked.as_json:
            print_json({"about": about, "is_sound": check.is_sound, "remark": remark})
        else:
            click.echo(f"{'ok ' if check.is_sound else 'BAD'} {about}: {remark}")
    sys.exit(0 if all(check.is_sound for check in checks) else 1)
