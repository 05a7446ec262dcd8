"""Commands about exports: import, intakes, undo."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jibungoto.cli.options import Asked, asking, language_of_machine, print_json

if TYPE_CHECKING:
    from jibungoto.desk.acting import Acting
    from jibungoto.engine.intake import Progress
    from jibungoto.records.models import CommunityRow, IntakeRow


@click.command("import")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH..."
)
@asking()
@click.option("--zone", help="Time zone of a new community, such as Asia/Tokyo.")
@click.option(
    "--private",
    multiple=True,
    metavar="CHANNEL",
    help="A private channel that may be read (by name or id; may be repeated).",
)
def import_(
    asked: Asked, *, paths: tuple[Path, ...], zone: str | None, private: tuple[str, ...]
) -> None:
    """Bring exports in: each file, zip or folder is one delivery.

    Exit code 0 if all came in, 1 if one was refused whole, 2 for a wrong call.
    """
    from jibungoto.desk.house.open import open_home

    for path in paths:
        if not path.exists():
            raise click.UsageError(f"There is no file or folder {path}.")
    open_home(asked.home)
    from jibungoto.desk.acting import administrator

    refused = False
    for path in paths:
        began = time.monotonic()
        acting = administrator(_community_for(path, asked.community, zone=zone))
        row = brought_in(acting, path, private=private)
        _tell(row, time.monotonic() - began, as_json=asked.as_json)
        refused = refused or bool(row.problem_en)
    sys.exit(1 if refused else 0)


def brought_in(acting: Acting, path: Path, *, private: tuple[str, ...] = ()) -> IntakeRow:
    """Bring one delivery in here and now, with a progress bar on a terminal."""
    from jibungoto.desk.gather.carry_out import carry_out
    from jibungoto.desk.gather.claim import claimed
    from jibungoto.desk.gather.queue import bring_in

    claim = claimed(bring_in(acting, path, private_places=private))
    if claim is None:
        raise click.ClickException("A running worker took this file up; see jibungoto intakes.")
    with _Bar() as bar:
        return carry_out(claim, bar.show)


def _community_for(path: Path, slug: str | None, *, zone: str | None) -> CommunityRow:
    """Return the community meant, or make one named like the folder in an empty home."""
    from jibungoto.desk.gather.peek import zone_of
    from jibungoto.desk.house.begin import Beginning, begin
    from jibungoto.desk.house.open import community_named
    from jibungoto.ledger.problems import HomeMissing

    try:
        return community_named(slug)
    except HomeMissing:
        chosen = zone or zone_of(path)
        name = slug or path.resolve().name.removesuffix(".zip")
        community = begin(Beginning(name=name, language=language_of_machine(), zone=chosen))
        click.echo(f"New community {community.slug}, time zone {chosen}.", err=True)
        return community


class _Bar:
    """A progress bar on a terminal; silence everywhere else."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __enter__(self) -> _Bar:
        if sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(unit=" files", leave=False)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, progress: Progress) -> None:
        """Show how many files are done."""
        if self._bar is not None:
            self._bar.total = progress.of_entries
            self._bar.set_postfix(records=progress.records, refresh=False)
            self._bar.update(progress.entries - self._bar.n)


def _listed(rows: Any, language: str) -> list[dict[str, object]]:
    return [
        {
            "place": row.place,
            "reason": row.reason_ja if language == "ja" else row.reason_en,
            "records": row.records,
        }
        for row in rows.order_by("pk")
    ]


def _tell(row: IntakeRow, seconds: float, *, as_json: bool) -> None:
    language = language_of_machine()
    if as_json:
        print_json(_as_json(row, seconds, language=language))
        return
    if row.problem_en:
        click.echo(row.problem_ja if language == "ja" else row.problem_en, err=True)
        return
    click.echo(
        f"{row.name}: {row.source}, {row.read:,} records read, {row.new:,} new,"
        f" {row.updated:,} updated, {row.unchanged:,} unchanged, {row.repeated:,} repeated,"
        f" {row.left_out:,} left out, {row.refused:,} not readable;"
        f" {row.activities:,} activities, {row.handles:,} handles ({seconds:.1f} s)"
    )
    for entry in _listed(row.refusals, language)[:20]:
        click.echo(f"  {entry['place']}: {entry['reason']}", err=True)


def _as_json(row: IntakeRow, seconds: float, *, language: str) -> dict[str, object]:
    shown: dict[str, object] = {
        "intake": row.number,
        "source": row.source,
        "read": row.read,
        "new": row.new,
        "updated": row.updated,
        "unchanged": row.unchanged,
        "repeated": row.repeated,
        "left_out": _listed((row.same_as or row).leavings, language),
        "refused": _listed((row.same_as or row).refusals, language),
        "activities": row.activities,
        "handles": row.handles,
        "seconds": round(seconds, 3),
    }
    if row.problem_en:
        shown["problem"] = row.problem_ja if language == "ja" else row.problem_en
    return shown


@click.command()
@asking()
def intakes(asked: Asked) -> None:
    """List what was brought in."""
    for row in asked.acting().community.intakes.order_by("number"):
        if asked.as_json:
            print_json(
                {"number": row.number, "name": row.name, "state": row.state}
                | {"source": row.source, "read": row.read, "new": row.new}
                | {"activities": row.activities, "first_day": row.first_day}
                | {"last_day": row.last_day}
            )
            continue
        days = f"{row.first_day} .. {row.last_day}" if row.first_day else ""
        days = f"{row.first_day} .. {row.last_day}" if row.first_day else ""
        state = f"{row.number:>4}  {row.state:<8} {row.source:<8}"
        click.echo(f"{state} {row.read:>9,}  {days}  {row.name}")


@click.command()
@click.argument("intake", type=int)
@asking(as_json=False)
def undo(asked: Asked, *, intake: int) -> None:
    """Take one intake out of the log again (its number stands in: jibungoto intakes)."""
    acting = asked.acting()
    from jibungoto.desk.gather.undo import undo as undo_intake

    row = undo_intake(acting, intake)
    click.echo(f"Intake {row.number} ({row.name}) is undone.")
