"""Commands for what a person may ask: export-person, erase."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING

import click

from jibungoto.cli.options import Asked, asking
from jibungoto.cli.speech import line, print_json, remark, said
from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    from jibungoto.desk.erasing.erase import Look

WHO = Words("{number} 番 {name}: {n} 個の名前", "Number {number}, {name}: {n} names")
ALIKE = Words(
    "次の名前も同じ人かもしれず、そのまま残ります: {names}。"
    "先に jibungoto alike で確かめてください。",
    "These names may be theirs too and would stay: {names}. Look at them first: jibungoto alike.",
)
FOUND = Words("{place}: {text}", "{place}: {text}")
PERHAPS = Words("(別の人かもしれません) ", "(perhaps somebody else) ")
NOT_YET = Words(
    "まだ何も消去していません。消去は取り消せません。続けるには --yes を付けてください。"
    "上の文からは名前を除きます。別の人かもしれない文も除くには --also-perhaps を付けてください。",
    "Nothing is erased yet, and erasing cannot be undone. Say --yes to go on: the texts above "
    "lose the name; with --also-perhaps so do those that may mean somebody else.",
)
ERASED = Words(
    "消去しました。ファイルに残る最後のバイトも消しました。",
    "Erased, and the last bytes in the files with it.",
)
ERASED_NOT_CLEANED = Words(
    "消去しました。ファイルに残る最後のバイトは、次の掃除(1 時間以内)で消えます。",
    "Erased. The last bytes in the files go with the next sweep, within an hour.",
)


@click.command("export-person")
@click.argument("number", type=click.IntRange(1))
@click.option("--csv", "as_csv", is_flag=True, help="As lines of a table instead of JSON.")
@asking(as_json=False)
def export_person(asked: Asked, *, number: int, as_csv: bool) -> None:
    """Print everything kept about the person of this number."""
    acting = asked.acting()
    from jibungoto.desk.erasing.tell import as_lines, everything_about

    told = everything_about(acting, number)
    if not as_csv:
        print_json(told)
        return
    csv.writer(sys.stdout).writerows(as_lines(told))


@click.command()
@click.argument("number", type=click.IntRange(1))
@click.option("--yes", is_flag=True, help="Erase; without it, only say what would go.")
@click.option("--also-perhaps", is_flag=True, help="Texts that may mean somebody else as well.")
@asking(as_json=False)
def erase(asked: Asked, *, number: int, yes: bool, also_perhaps: bool) -> None:
    """Erase the person of this number for good: names, notes, and every text that names them."""
    acting = asked.acting()
    from jibungoto.desk.erasing.again import clean_all
    from jibungoto.desk.erasing.erase import erase as erase_now
    from jibungoto.desk.erasing.erase import look

    seen = look(acting, number)
    if not yes:
        _say(seen)
        remark(NOT_YET)
        return
    decided = {
        one.ref: one.proposed if one.is_sure or also_perhaps else None for one in seen.mentions
    }
    erase_now(acting, number, said=decided)
    remark(ERASED if clean_all() else ERASED_NOT_CLEANED)


def _say(seen: Look) -> None:
    person = seen.of.person
    remark(WHO.filled(number=person.number, name=person.name, n=len(seen.of.handles)))
    if seen.alike:
        remark(ALIKE.filled(names=", ".join(seen.alike)))
    for one in seen.mentions:
        perhaps = "" if one.is_sure else said(PERHAPS)
        line(perhaps + said(FOUND.filled(place=said(one.place), text=one.text[:200])))
