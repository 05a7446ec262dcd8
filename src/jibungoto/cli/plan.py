"""Commands about plans: plan show, check, import, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jibungoto.cli.options import Asked, asking
from jibungoto.cli.speech import line, padded, print_json, remark, said
from jibungoto.ledger.problems import UnknownName
from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    from jibungoto.desk.acting import Acting
    from jibungoto.desk.plan.look import PlanLine, Version
    from jibungoto.plan.issues import Issue
    from jibungoto.plan.scorecard import Card

NO_PLANS = Words("計画はまだありません。", "There is no plan yet.")
BROUGHT_IN = Words(
    "計画「{key}」の第{number}版として取り込みました。",
    "Brought in as version {number} of “{key}”.",
)
SOUND = Words("問題はありません。", "Nothing was found.")
DAYS_LEFT = Words("(あと{n}日)", " ({n} days left)")
LEVELS = {"E": Words("エラー", "error"), "W": Words("注意", "warning")}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def plan() -> None:
    """Show, check, bring in and write out plans."""


_key = click.argument("key", default="", metavar="[KEY]")
_version = click.option("--version", "number", type=click.IntRange(1), help="Which version.")


def _keyed(acting: Acting, key: str) -> str:
    """Return the key meant: the one said, or that of the only plan there is."""
    from jibungoto.desk.plan.look import plans

    if key:
        return key
    keys = [one.row.key for one in plans(acting)]
    if len(keys) == 1:
        return keys[0]
    raise UnknownName(
        Words("どの計画か決まりません。", "It is not clear which plan is meant."),
        Words(
            f"次のどれかを指定してください: {', '.join(keys) or '-'}",
            f"Say one of: {', '.join(keys) or '-'}",
        ),
    )


@plan.command()
@_key
@_version
@asking()
def show(asked: Asked, *, key: str, number: int | None) -> None:
    """List the plans, or show how one of them stands."""
    acting = asked.acting()
    if key:
        _show_one(asked, acting, key=key, number=number)
        return
    from jibungoto.desk.plan.look import plans

    found = plans(acting)
    if asked.as_json:
        print_json([_line_json(one) for one in found])
        return
    if not found:
        remark(NO_PLANS)
    for one in found:
        due = str(one.due or "-")
        state = padded(said(one.state.words), 14)
        line(f"{one.row.key:<30} {state} {due:<10}  {_shown(one.title.ja, one.title.en)}")


def _answer_first(acting: Acting) -> None:
    """Work out what the log tells, if nobody has asked since it changed."""
    from jibungoto.desk.understand.refresh import refresh

    refresh(acting.community)


def _shown(ja: str, en: str) -> str:
    return said(Words(ja=ja or en, en=en or ja))


def _line_json(one: PlanLine) -> dict[str, object]:
    return {
        "key": one.row.key,
        "title": {"ja": one.title.said_in("ja"), "en": one.title.said_in("en")},
        "state": one.state,
        "in_force": one.in_force,
        "drafts": one.drafts,
        "due": one.due,
        "ends": one.last,
    }


def _show_one(asked: Asked, acting: Acting, *, key: str, number: int | None) -> None:
    from jibungoto.desk.plan.look import version_of
    from jibungoto.desk.plan.score import scorecard
    from jibungoto.plan.stored import to_stored

    version = version_of(acting, key, number=number)
    _answer_first(acting)
    cards = scorecard(acting, key, number=version.row.number).cards
    if asked.as_json:
        told = _version_json(version) | {"plan": to_stored(version.plan)}
        print_json(told | {"scorecard": [_card_json(card) for card in cards]})
        return
    title = version.plan.title
    state = said(version.state.words)
    line(f"{_shown(title.ja, title.en)}  ({key} v{version.row.number}, {state})")
    for card in cards:
        _print_card(card)


def _version_json(version: Version) -> dict[str, object]:
    return {
        "key": version.row.plan.key,
        "version": version.row.number,
        "state": version.state,
        "made_from": version.row.made_from,
    }


def _print_card(card: Card) -> None:
    from jibungoto.plan.number import shown

    now = "-" if card.now is None else shown(card.now.value, card.unit)
    target = "-" if card.victory.target is None else shown(card.victory.target, card.unit)
    standing = padded(said(card.judged.standing.words), 10)
    left = "" if card.days_left is None else said(DAYS_LEFT.filled(n=card.days_left))
    due = card.victory.due or "-"
    line(f"  {standing} {now} → {target}  {due}{left}  {said(card.name)}")
    line(f"    {said(card.judged.why)}")
    for note in card.notes:
        remark(note)


def _card_json(card: Card) -> dict[str, object]:
    now, forecast = card.now, card.forecast
    return {
        "key": card.victory.key,
        "measure": card.victory.measure,
        "part": card.victory.part,
        "name": {"ja": card.name.ja, "en": card.name.en},
        "now": None if now is None else {
            "value": now.value, "low": now.low, "high": now.high, "as_of": now.day,
        },
        "reason": _words_json(card.reason),
        "target": card.victory.target,
        "due": card.victory.due,
        "days_left": card.days_left,
        "expected": card.expected,
        "forecast": None if forecast is None else {
            "value": forecast.value, "low": forecast.low, "high": forecast.high, "n": forecast.n,
            "method": _words_json(forecast.method),
        },
        "no_forecast": _words_json(card.no_forecast),
        "standing": card.judged.standing,
        "why": _words_json(card.judged.why),
        "notes": [_words_json(note) for note in card.notes],
    }  # fmt: skip


def _words_json(words: Words | None) -> dict[str, str] | None:
    return None if words is None else {"ja": words.ja, "en": words.en}


@plan.command()
@_key
@_version
@asking()
@click.pass_context
def check(context: click.Context, asked: Asked, *, key: str, number: int | None) -> None:
    """Check a plan against all rules; a draft without errors becomes valid. Errors end with 1."""
    acting = asked.acting()
    from jibungoto.desk.plan.decide import check as looked_over

    chosen = _keyed(acting, key)
    _answer_first(acting)
    checked = looked_over(acting, chosen, number=number)
    if asked.as_json:
        print_json([_issue_json(issue) for issue in checked.issues])
    elif not checked.issues:
        remark(SOUND)
    else:
        for issue in checked.issues:
            level = padded(said(LEVELS[issue.level]), 8)
            line(f"{issue.rule}  {level} {issue.place:<28} {said(issue.said)}")
    if not checked.is_valid:
        context.exit(1)


def _issue_json(issue: Issue) -> dict[str, object]:
    return {
        "rule": issue.rule,
        "level": issue.level,
        "place": issue.place,
        "what": _words_json(issue.what),
        "next_step": _words_json(issue.next_step),
    }


@plan.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", default="", metavar="KEY", help="As a new draft of this plan.")
@asking()
def import_(asked: Asked, *, file: Path, into: str) -> None:
    """Bring a plan in from a YAML file, whole or not at all."""
    acting = asked.acting()
    from jibungoto.desk.plan.carry import bring_in
    from jibungoto.engine.disk import disk_problem
    from jibungoto.plan.yaml_file import MOST_BYTES

    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise disk_problem(error, str(file)) from error
    version = bring_in(acting, content, key=into)
    if asked.as_json:
        print_json(_version_json(version))
        return
    remark(BROUGHT_IN.filled(key=version.row.plan.key, number=version.row.number))


@plan.command()
@_key
@_version
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write; without it the plan is printed.",
)
@asking(as_json=False)
def export(asked: Asked, *, key: str, number: int | None, out: Path | None) -> None:
    """Write a plan as the YAML file that `import` takes."""
    acting = asked.acting()
    from jibungoto.desk.plan.carry import yaml_of
    from jibungoto.engine.disk import disk_problem, write_whole

    told = yaml_of(acting, _keyed(acting, key), number=number)
    if out is None:
        click.echo(told, nl=False)
        return
    try:
        write_whole(out, told.encode())
    except OSError as error:
        raise disk_problem(error, str(out)) from error
    line(str(out))
