"""Commands about one person behind several names: alike, merge, unmerge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jibungoto.cli.options import Asked, asking
from jibungoto.cli.speech import line, print_json, remark, said
from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    from jibungoto.desk.acting import Acting
    from jibungoto.desk.gather.pairs import Side, TwoSides

NONE_WAIT = Words("同じ人かもしれない名前はありません。", "No names wait to be compared.")
MERGED = Words("{number} 番の {name} にまとめました。", "Merged into {name}, number {number}.")
UNMERGED = Words("{number} 番を分けました。", "Number {number} is a person of its own again.")
WAS_ALONE = Words(
    "{number} 番はほかの名前とまとまっていません。", "Number {number} is merged with nobody."
)
A_LOOK = 100


@click.command()
@click.option(
    "--limit", type=click.IntRange(1), default=A_LOOK, show_default=True, help="How many."
)
@asking()
def alike(asked: Asked, *, limit: int) -> None:
    """List names that may be one person, the likeliest first, with the reasons."""
    acting = asked.acting()
    from jibungoto.desk.gather.pairs import proposals, two_sided
    from jibungoto.records.models import LookAlikeState

    _bring_up_to_date(acting)
    rows = proposals(acting, state=LookAlikeState.OPEN)[:limit]
    found = [_told(both) for both in two_sided(acting, rows)]
    if asked.as_json:
        print_json(found)
        return
    if not found:
        remark(NONE_WAIT)
    for one in found:
        line(f"{one['score']:.2f}  {one['shown']}  {one['why']}")


def _bring_up_to_date(acting: Acting) -> None:
    """Compare the newest names now, if the worker has not yet."""
    from jibungoto.desk.gather.alike import find, is_behind

    if is_behind(acting.community):
        find(acting)


def _told(both: TwoSides) -> dict[str, object]:
    sides = [
        {
            "number": side.handle.person.number,
            "source": side.handle.source,
            "name": side.handle.display_name or side.handle.name or side.handle.outside_id,
            "also": _also(side),
        }
        for side in (both.one, both.other)
        if side is not None
    ]
    shown = "  =  ".join(_in_words(one) for one in sides)
    why = ", ".join(said(reason) for reason in both.reasons)
    return {
        "score": both.row.score,
        "reasons": both.row.reasons,
        "sides": sides,
        "why": why,
        "shown": shown,
    }


def _also(side: Side) -> list[str]:
    """Return what else a side goes by: that may be what both share."""
    from jibungoto.desk.gather.pairs import called

    one = side.handle
    name = one.display_name or one.name or one.outside_id
    told = (one.name, one.reading, called(one), one.organisation, side.address)
    return [other for other in dict.fromkeys(told) if other and other != name]


def _in_words(side: dict[str, object]) -> str:
    also = side["also"]
    beside = f" [{', '.join(also)}]" if isinstance(also, list) and also else ""
    return f"{side['number']:>6} {side['name']}{beside} ({side['source']})"


@click.command()
@click.argument("number", type=click.IntRange(1))
@click.argument("other", type=click.IntRange(1))
@asking(as_json=False)
def merge(asked: Asked, *, number: int, other: int) -> None:
    """Say that two people, by their numbers, are one. `unmerge` gives both back."""
    acting = asked.acting()
    from jibungoto.desk.gather.decide import join

    person = join(acting, number, other=other)
    remark(MERGED.filled(name=person.name, number=person.number))


@click.command()
@click.argument("number", type=click.IntRange(1))
@asking(as_json=False)
def unmerge(asked: Asked, *, number: int) -> None:
    """Part a person from those they were merged with; they are not proposed as one again."""
    acting = asked.acting()
    from jibungoto.desk.gather.decide import part

    remark((UNMERGED if part(acting, number) else WAS_ALONE).filled(number=number))
