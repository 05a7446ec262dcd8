"""The command that computes an issued brief again, without a home: verify."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jibungoto.cli.speech import line, padded, print_json, remark, said
from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    from jibungoto.explain.briefs.standing_again import Judged
    from jibungoto.explain.briefs.verify import Line, Verdict

NOT_THERE = Words("ファイルを読めません。", "The file cannot be read.")
LOOK = Words("場所と権限を確かめてください。", "See whether it is there and may be read.")
ABOUT = Words(
    "{name}({day} 時点、jibungoto {product} が発行)",
    "{name}, as of {day}, issued by jibungoto {product}",
)
BY_HAND = Words("人が書いた文(数だけ照合): {text}", "Written by hand (numbers compared): {text}")
AS_STATED = Words("ここでは計算し直せないもの: {text}", "Not recomputable here: {text}")
CONDITION = Words("勝利条件「{name}」: {said}", "victory condition “{name}”: {said}")
NOT_JUDGED = Words("計算なし", "not computed")
EQUAL, DIFFERS = Words("一致", "equal"), Words("不一致", "NOT equal")
COUNTED = Words(
    "{n}個の数字のうち、一致 {equal}、不一致 {differs}、非公開 {withheld}、値なし {none}",
    "Of {n} figures {equal} are equal, {differs} differ, {withheld} are withheld, {none} have no "
    "value",
)
SOUND = Words(
    "計算し直せるものは、すべて一致しました。", "Whatever can be computed came out as it stands."
)
UNSOUND = Words("一致しないものがあります。", "Not everything came out as it stands.")
DIGEST = Words(
    "brief.json の SHA-256: {digest}(発行した画面の値と見比べてください)",
    "SHA-256 of brief.json: {digest} (compare it with the one shown where it was issued)",
)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--sum",
    "told",
    default="",
    help="The SHA-256 shown where the brief was issued or read; another file ends with 1.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(file: Path, *, told: str, as_json: bool) -> None:
    """Compute every figure of an issued brief again; exit code 1 if one differs."""
    from jibungoto.explain.briefs.verify import verify as verified

    verdict = verified(_content(file), told=told)
    if as_json:
        _print_json(verdict)
    else:
        _print(verdict)
    sys.exit(0 if verdict.is_sound else 1)


def _content(file: Path) -> bytes:
    """Return the file, of which no more is read than a package may hold."""
    from jibungoto.explain.briefs.package import MOST_BYTES
    from jibungoto.ledger.problems import DiskProblem

    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise DiskProblem(NOT_THERE, LOOK, place=str(file)) from error


def _print(verdict: Verdict) -> None:
    remark(ABOUT.filled(name=verdict.community, day=verdict.as_of, product=verdict.made_by))
    for one in verdict.lines:
        line(_told(one))
    for condition in verdict.judged:
        line(_stands(condition))
    for each in verdict.remarks:
        line(said(each))
    counts = _counts(verdict)
    line(said(COUNTED.filled(n=len(verdict.lines), **counts)))
    for words, told in ((BY_HAND, verdict.by_hand), (AS_STATED, verdict.not_recomputed)):
        for each in told:
            line(said(Words(words.ja.format(text=each.ja), words.en.format(text=each.en))))
    line(said(DIGEST.filled(digest=verdict.digest)))
    line(said(SOUND if verdict.is_sound else UNSOUND))


def _told(one: Line) -> str:
    outcome = padded(said(one.outcome.words), 22)
    text = f"{outcome}  {padded(one.figure, 36)}  {said(one.said)}"
    return f"{text}  ≠  {said(one.now)}" if one.outcome == "differs" else text


def _stands(one: Judged) -> str:
    outcomes = {None: NOT_JUDGED, True: EQUAL, False: DIFFERS}
    told = Words(
        CONDITION.ja.format(name=one.name.ja, said=one.said.ja),
        CONDITION.en.format(name=one.name.en, said=one.said.en),
    )
    text = f"{padded(said(outcomes[one.is_equal]), 22)}  {said(told)}"
    return f"{text}  ≠  {said(one.now)}" if one.is_equal is False else text


def _counts(verdict: Verdict) -> dict[str, int]:
    outcomes = [one.outcome.value for one in verdict.lines]
    named = {"equal": "equal", "differs": "differs", "withheld": "withheld", "none": "no_value"}
    return {name: outcomes.count(outcome) for name, outcome in named.items()}


def _both(told: Iterable[Words]) -> list[dict[str, str]]:
    return [{"ja": one.ja, "en": one.en} for one in told]


def _print_json(verdict: Verdict) -> None:
    print_json(
        {
            "community": verdict.community,
            "as_of": verdict.as_of,
            "is_sound": verdict.is_sound,
            "sha256": verdict.digest,
            "issued_by": verdict.made_by,
            "remarks": _both(verdict.remarks),
            "conditions": [
                {
                    "condition": {"ja": one.name.ja, "en": one.name.en},
                    "is_equal": one.is_equal,
                    "said": {"ja": one.said.ja, "en": one.said.en},
                    "now": {"ja": one.now.ja, "en": one.now.en},
                }
                for one in verdict.judged
            ],
            "written_by_hand": _both(verdict.by_hand),
            "not_recomputed": _both(verdict.not_recomputed),
            "figures": [
                {
                    "figure": one.figure,
                    "outcome": one.outcome.value,
                    "said": {"ja": one.said.ja, "en": one.said.en},
                    "now": {"ja": one.now.ja, "en": one.now.en},
                }
                for one in verdict.lines
            ],
        }
    )
