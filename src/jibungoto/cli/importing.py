"""The command import: exports come in, one delivery for each path."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jibungoto.cli.options import Asked, asking
from jibungoto.cli.progress import Bar
from jibungoto.cli.speech import (
    as_wrong_call,
    language_of_machine,
    line,
    print_json,
    remark,
    said,
    say,
    wrong_call,
)
from jibungoto.ledger.accounting import placed
from jibungoto.ledger.problems import HomeMissing, InvalidChoice, Problem
from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    from jibungoto.desk.acting import Acting
    from jibungoto.desk.gather.claim import Claim
    from jibungoto.engine.intake import Progress
    from jibungoto.gather.reader import Said
    from jibungoto.gather.shelves.export import Export
    from jibungoto.records.models import CommunityRow, IntakeRow

    CarryOut = Callable[[Claim, Callable[[Progress], None]], IntakeRow]

NOT_THERE = Words("{path} というファイルもフォルダーもありません。", "There is no {path}.")
NONE_AFTER_ALL = Words(
    "ファイルを取り込めなかったので、コミュニティ {slug} は作りませんでした。",
    "Nothing came in, so the community {slug} was not kept.",
)
NEW_COMMUNITY = Words(
    "新しいコミュニティ「{slug}」をつくりました。タイムゾーンは {zone} です。",
    "New community {slug}, time zone {zone}.",
)
ZONE_STAYS = Words(
    "--zone は新しいコミュニティのためのものです。{slug} のタイムゾーンは {zone} のままです。",
    "--zone is for a new community; {slug} stays in {zone}.",
)
SUMMARY = Words(
    "{name}: {source}、記録 {read:,} 件(新規 {new:,}、更新 {updated:,}、変化なし {unchanged:,}、"
    "重複 {repeated:,}、対象外 {left_out:,}、読み取れず {refused:,})、"
    "活動 {activities:,} 件、名前 {handles:,} 件({seconds:.1f} 秒)",
    "{name}: {source}, {read:,} records read: {new:,} new, {updated:,} updated,"
    " {unchanged:,} unchanged, {repeated:,} repeated, {left_out:,} left out,"
    " {refused:,} not readable; {activities:,} activities, {handles:,} handles ({seconds:.1f} s)",
)
REST_IS_IN = Words(
    "  ほかの記録はすべて取り込みました。読み取れなかった記録も要るときは、"
    "書き出しをやり直すか、上の箇所を直して、もう一度取り込んでください。二重には数えません。",
    "  Everything else is in. If these records matter, export them again or mend the places above,"
    " and bring the file in once more; nothing counts twice.",
)
NOTHING_IN_IT = Words(
    "  読み取る記録がありませんでした。見出しだけのファイルのようです。書き出すときの期間や条件を"
    "確かめて、もう一度書き出してください。",
    "  There was no record in it: it seems to hold headings alone. Check for which time and of what"
    " it was exported, and export it again.",
)
AND_MORE = Words("  ほか {count:,} か所", "  and {count:,} more places")
NAME_NOT_TEXT = Words(
    "ファイルの名前に、文字として読めない部分があります。",
    "The file's name holds bytes that are no text.",
)
RENAME_IT = Words("名前を変えて、もう一度取り込んでください。", "Rename it and try again.")

NO_MODE = Words(
    "--ticket は「枠の名前=venue」か「枠の名前=online」の形で指定してください。",
    "Write --ticket as NAME=venue or NAME=online.",
)
NO_PAIR = Words("「{text}」は「名前=意味」の形ではありません。", "“{text}” is not NAME=MEANING.")

_SHOWN = 20
_LOOK_EVERY = 0.2
_COUNTS = ("read", "new", "updated", "unchanged", "repeated")


@dataclass(frozen=True, slots=True)
class _Ending:
    """How one delivery ended: its row, if there is one, and why it was refused, if it was."""

    row: IntakeRow | None
    problem: str
    seconds: float
    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What the options decide of every delivery."""

    private: tuple[str, ...] = ()
    said: Said | None = None


AS_IT_IS = Choice()


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
@click.option(
    "--event",
    default="",
    metavar="EVENT",
    help="The event the files belong to: its number, address or name, and when it began"
    " if it is not known yet (connpass:12345, 'Summit 2026-04-19 13:00').",
)
@click.option(
    "--ticket",
    "tickets",
    multiple=True,
    metavar="NAME=MODE",
    help="How people with a kind of ticket take part: venue or online (may be repeated).",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="HEADING=MEANING",
    help="What a column of a table means, such as 'Posted=when' (may be repeated).",
)
def import_(asked: Asked, *, paths: tuple[Path, ...], zone: str | None, **chosen: Any) -> None:
    """Bring exports in: each file, zip or folder is one delivery.

    Exit code 0 if all came in, 1 if one was refused whole, 2 for a wrong call.
    """
    _must_be_right(paths, zone)
    choice = Choice(chosen["private"], _said(**chosen))
    from jibungoto.desk.house.open import open_home

    open_home(asked.home)
    refused = False
    for path in paths:
        ending = _ended(asked, path, zone=zone, choice=choice)
        _tell(ending, as_json=asked.as_json)
        refused = refused or bool(ending.problem)
    sys.exit(1 if refused else 0)


def _said(*, event: str, tickets: tuple[str, ...], columns: tuple[str, ...], **_: object) -> Said:
    """Return what the options say of the files; a usage error where one is no such pair."""
    from jibungoto.gather.reader import Said
    from jibungoto.ledger.initiative import Mode

    try:
        modes = {name: Mode(mode) for name, mode in _pairs(tickets)}
    except ValueError as error:
        raise wrong_call(NO_MODE) from error
    return Said(event, modes, dict(_pairs(columns)))


def _pairs(written: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for one in written:
        name, equals, value = one.rpartition("=")
        if not equals or not name.strip() or not value.strip():
            raise wrong_call(NO_PAIR.filled(text=one))
        yield name.strip(), value.strip()


def _must_be_right(paths: tuple[Path, ...], zone: str | None) -> None:
    """Raise a usage error before anything is begun: nothing of a wrong call comes in."""
    for path in paths:
        try:
            is_there = path.exists()
        except OSError:  # it may be there, but cannot be looked at: said when its turn comes
            continue
        if not is_there:
            raise wrong_call(NOT_THERE.filled(path=path))
    if zone is not None:
        from jibungoto.engine.calendar import zone_named

        with as_wrong_call():
            zone_named(zone)


def _ended(asked: Asked, path: Path, *, zone: str | None, choice: Choice) -> _Ending:
    """Bring one path in; what is wrong with it alone does not keep the next ones out."""
    from jibungoto.desk.acting import administrator
    from jibungoto.desk.gather.stopped import settle_stopped
    from jibungoto.desk.house.faults import disk_fault

    began = time.monotonic()
    row, problem = None, ""
    try:
        _must_be_nameable(path)
        with _community_for(path, asked.community, zone=zone) as (community, opened):
            settle_stopped(administrator(community))
            row = brought_in(administrator(community), path, choice=choice, opened=opened)
        problem = row.problem_ja if language_of_machine() == "ja" else row.problem_en
    except Problem as met:
        problem = met.said_in(language_of_machine())
    except OSError as error:
        problem = disk_fault(error, str(path)).said_in(language_of_machine())
    return _Ending(row, problem, time.monotonic() - began, _printable(path.name or str(path)))


def _must_be_nameable(path: Path) -> None:
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        raise InvalidChoice(NAME_NOT_TEXT, RENAME_IT, place=_printable(str(path))) from error


def _printable(name: str) -> str:
    return name.encode(errors="backslashreplace").decode()


@contextmanager
def _community_for(
    path: Path, slug: str | None, *, zone: str | None
) -> Iterator[tuple[CommunityRow, Export | None]]:
    """Find the community meant, or make one named like the folder in an empty home.

    Where the export has to be opened for that, to say in which time zone its people live, it comes
    with the community: to open a large one takes a while.
    """
    from jibungoto.desk.house.open import community_named

    try:
        community = community_named(slug)
    except HomeMissing:
        with _new_community(path, slug, zone=zone) as made:
            yield made
        return
    if zone is not None and zone != community.zone:
        remark(ZONE_STAYS.filled(slug=community.slug, zone=community.zone))
    yield community, None


@contextmanager
def _new_community(
    path: Path, slug: str | None, *, zone: str | None
) -> Iterator[tuple[CommunityRow, Export]]:
    from jibungoto.desk.acting import administrator
    from jibungoto.desk.gather.peek import zone_of
    from jibungoto.desk.house.begin import Beginning, begin, take_back_unused
    from jibungoto.gather.shelves.export import open_export

    with open_export(path) as opened:
        chosen = zone or zone_of(opened)
        whole = path.resolve()
        name = slug or (whole.stem if whole.is_file() else whole.name)
        community = begin(Beginning(name=name, language=language_of_machine(), zone=chosen))
        remark(NEW_COMMUNITY.filled(slug=community.slug, zone=chosen))
        yield community, opened
    if take_back_unused(administrator(community)):
        remark(NONE_AFTER_ALL.filled(slug=community.slug))


def brought_in(
    acting: Acting, path: Path, *, choice: Choice = AS_IT_IS, opened: Export | None = None
) -> IntakeRow:
    """Bring one delivery in here and now; where a running worker was faster, wait for it.

    ``opened`` is the export, where it has been opened already.
    """
    from jibungoto.desk.gather.carry_out import carry_out
    from jibungoto.desk.gather.queue import bring_in
    from jibungoto.gather.reader import NOTHING_SAID
    from jibungoto.records.models import IntakeState

    intake = bring_in(acting, path, private_places=choice.private, said=choice.said or NOTHING_SAID)
    with Bar() as bar:
        while intake.state in (IntakeState.WAITING, IntakeState.READING):
            ended = _carried_out(intake, partial(carry_out, opened=opened), bar=bar)
            if ended is not None:
                return ended
            time.sleep(_LOOK_EVERY)
            intake.refresh_from_db()
            bar.show(intake.entries_done, intake.entries_total, records=intake.read)
    return intake


def _carried_out(intake: IntakeRow, carry_out: CarryOut, *, bar: Bar) -> IntakeRow | None:
    """Claim an intake and carry it out; None if another process has claimed it.

    Whatever ends this, Ctrl-C too, lets the intake go; so claiming it is not broken off half-way.
    """
    from jibungoto.desk.gather.claim import claimed
    from jibungoto.engine.unbroken import unbroken

    def show(progress: Progress) -> None:
        bar.show(progress.entries, progress.of_entries, records=progress.records)

    claim = None
    try:
        with unbroken():
            claim = claimed(intake)
        return carry_out(claim, show) if claim is not None else None
    except BaseException as error:
        if claim is not None:
            _let_go(claim, error)
        raise


def _let_go(claim: Claim, error: BaseException) -> None:
    from jibungoto.desk.gather.stopped import stopped
    from jibungoto.desk.house.faults import problem_behind
    from jibungoto.desk.house.give_up import give_up

    problem = problem_behind(error) if isinstance(error, Exception) else None
    give_up(claim, problem or stopped(claim.intake.name))


def _tell(ending: _Ending, *, as_json: bool) -> None:
    row = ending.row
    if as_json:
        print_json(_as_json(ending))
    elif ending.problem or row is None:
        line(ending.problem, err=True)
    else:
        _tell_what_came_in(row, ending.seconds)
    if row is not None and row.asked:
        _tell_what_to_add(row)


def _tell_what_came_in(row: IntakeRow, seconds: float) -> None:
    names = (*_COUNTS, "name", "source", "left_out", "refused", "activities", "handles")
    counted = {name: getattr(row, name) for name in names}
    say(SUMMARY.filled(**counted, seconds=seconds))
    places = _listed((row.same_as or row).refusals)
    for entry in places[:_SHOWN]:
        line(f"  {entry['place']}: {entry['reason']}", err=True)
    if len(places) > _SHOWN:
        remark(AND_MORE.filled(count=len(places) - _SHOWN))
    if places:
        remark(REST_IS_IN)
    if not row.read:
        remark(NOTHING_IN_IT)


def _tell_what_to_add(row: IntakeRow) -> None:
    """Print the options that answer what a delivery waits for, ready to be completed."""
    from jibungoto.cli.answering import explained, to_add

    for words in explained(row):
        remark(words)
    line(f"  jibungoto import {shlex.join([row.path, *to_add(row)])}", err=True)


def _as_json(ending: _Ending) -> dict[str, object]:
    """Return what a program reads: the same keys of every delivery, also of one refused whole."""
    row = ending.row
    is_in = row is not None and not ending.problem
    counts = {name: getattr(row, name) if is_in else 0 for name in _COUNTS}
    of = (row.same_as or row) if row is not None else None
    return {
        "source": row.source if row else "",
        **counts,
        "left_out": _listed(of.leavings) if of else [],
        "refused": _refused_whole(ending) or (_listed(of.refusals) if of else []),
        "activities": row.activities if row and is_in else 0,
        "handles": row.handles if row and is_in else 0,
        "seconds": round(ending.seconds, 3),
    }


def _refused_whole(ending: _Ending) -> list[dict[str, object]]:
    """Return the one line of a delivery of which nothing came in: no record of it was counted."""
    if not ending.problem:
        return []
    place = f"{ending.name}: "
    return [{"place": ending.name, "reason": ending.problem.removeprefix(place), "records": 0}]


def _listed(rows: Any) -> list[dict[str, object]]:
    return [
        {
            "place": said(placed(row.place)),
            "reason": said(Words(row.reason_ja, row.reason_en)),
            "records": row.records,
        }
        for row in rows.order_by("pk")
    ]
