"""Commands that ask the log: people, measures, measure, activities."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from jibungoto.cli.narrowing import Narrowed, narrowing, of_segment, within
from jibungoto.cli.options import Asked, asking
from jibungoto.cli.speech import language_of_machine, line, padded, print_json, remark, said
from jibungoto.ledger.problems import HomeMissing
from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    from jibungoto.desk.acting import Acting
    from jibungoto.desk.understand.measures import Measured
    from jibungoto.engine.look_up import LogLine
    from jibungoto.ledger.finding import Finding
    from jibungoto.records.models import AnswerRow, StandingRow

NOTHING_YET = Words("まだ何も取り込まれていません。", "Nothing has been brought in yet.")
BRING_IN = Words("jibungoto import でファイルを取り込んでください。", "Use jibungoto import.")
AS_OF = Words("{name}({day} 時点)", "{name}, as of {day}")
STAFF_NOT_MARKED = Words(
    "スタッフがまだ選ばれていません。数字にはスタッフも含まれます。",
    "Staff not marked yet: the numbers include them.",
)
NOBODY_FOUND = Words("当てはまる人はいません。", "Nobody matches.")
DORMANT = Words("(休眠)", " (dormant)")
ON_OR_AFTER = Words("以降", "or later")


def answer_of(asked: Asked, acting: Acting) -> AnswerRow:
    """Return the answers as of a day, worked out now if nobody has asked before."""
    from jibungoto.desk.house.covered import must_be_covered
    from jibungoto.desk.understand.refresh import refresh

    if asked.as_of is not None:
        must_be_covered(acting.community, asked.as_of)
    answer = refresh(acting.community, asked.as_of)
    if answer is None:
        raise HomeMissing(NOTHING_YET, BRING_IN)
    return answer


@click.command()
@click.option("--search", default="", help="Only people with this in a name.")
@click.option("--stage", type=click.IntRange(0, 5), help="Only people at this stage (0 to 5).")
@click.option(
    "--kind",
    type=click.Choice(["member", "staff", "partner", "guest", "bot", "all"]),
    show_default="member; of a segment, all",
    help="In which capacity.",
)
@of_segment
@asking(as_of=True)
def people(asked: Asked, *, search: str, stage: int | None, kind: str | None, segment: str) -> None:
    """List people, by name, with the stage each has reached."""
    acting = asked.acting()
    from django.db.models import prefetch_related_objects

    from jibungoto.desk.people.look_up import PeopleFilter
    from jibungoto.desk.people.look_up import people as look_up
    from jibungoto.desk.people.reach import sources_without_help

    answer = answer_of(asked, acting)
    of = kind or ("all" if segment else "member")
    chosen = PeopleFilter(search=search, stage=stage, kind="" if of == "all" else of)
    rows = list(
        within(acting, look_up(acting, chosen, answer=answer), asked=asked, segment=segment)
    )
    without_help = sources_without_help(acting)
    if without_help:  # only then are the names looked at
        prefetch_related_objects(rows, "person__handles")
    if asked.as_json:
        print_json([_person_json(row, without_help) for row in rows])
        return
    _say_as_of(acting, answer)
    if not rows:
        remark(NOBODY_FOUND)
    for row in rows:
        line(_person_line(row, without_help))


def _person_json(row: StandingRow, without_help: frozenset[str]) -> dict[str, object]:
    from jibungoto.desk.people.reach import may_stand_higher
    from jibungoto.understand.answers import Stage

    name = Stage(row.stage).words
    return {
        "number": row.person.number,
        "name": row.person.name,
        "kind": row.kind,
        "stage": row.stage,
        "stage_name": {"ja": name.ja, "en": name.en},
        "since": row.since,
        "dormant": row.is_dormant,
        "at_least": may_stand_higher(row, without_help),
        "unknown": row.unknown,
        "joined": row.joined_day,
        "joined_exact": row.joined_exact,
        "last_day": row.last_day,
        "acts": row.acts,
        "evidence": [pair[:2] for pair in row.evidence],
    }


def _person_line(row: StandingRow, without_help: frozenset[str]) -> str:
    from jibungoto.desk.people.reach import may_stand_higher
    from jibungoto.understand.answers import Stage

    at_least = "≥ " if may_stand_higher(row, without_help) else ""
    dormant = said(DORMANT) if row.is_dormant else ""
    stage = padded(f"{at_least}{said(Stage(row.stage).words)}{dormant}", 26)
    return f"{row.person.number:>6}  {stage}  {str(row.last_day or '-'):<10}  {row.person.name}"


def _say_as_of(acting: Acting, answer: AnswerRow) -> None:
    remark(AS_OF.filled(name=acting.community.name, day=answer.as_of))
    if acting.community.staff_answered_at is None:
        remark(STAFF_NOT_MARKED)


@click.command()
@narrowing
@asking(as_of=True)
def measures(asked: Asked, *, segment: str, series: str, chapter: str) -> None:
    """Print every measure with its value."""
    _print_measures(asked, (), of=Narrowed(segment, series, chapter))


@click.command()
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@narrowing
@asking(as_of=True)
def measure(
    asked: Asked, *, keys: tuple[str, ...], segment: str, series: str, chapter: str
) -> None:
    """Print some measures with definition, parts and history."""
    _print_measures(asked, keys, of=Narrowed(segment, series, chapter))


def _print_measures(asked: Asked, keys: tuple[str, ...], *, of: Narrowed) -> None:
    acting = asked.acting()
    from jibungoto.desk.understand.measures import measured

    answer = answer_of(asked, acting)
    if of.is_whole:
        found = measured(acting, keys=keys, answer=answer)
    else:
        found = of.measured(acting, asked, keys=keys)
    if asked.as_json:
        print_json([_measure_json(one, with_history=bool(keys)) for one in found])
        return
    _say_as_of(acting, answer)
    for one in found:
        _print_measure(one, in_full=bool(keys))


def _measure_json(one: Measured, *, with_history: bool) -> dict[str, object]:
    shown: dict[str, object] = {
        "key": one.measure.key,
        "name": {"ja": one.measure.name.ja, "en": one.measure.name.en},
        "unit": one.measure.unit,
        "as_of": one.as_of,
        "version": one.measure.version,
        **(_value_json(one.now[""]) if "" in one.now else {"value": None}),
        "parts": {part: _value_json(found) for part, found in one.now.items() if part},
    }
    if with_history:
        shown["definition"] = {"ja": one.measure.definition.ja, "en": one.measure.definition.en}
        shown["history"] = {
            part: [{"as_of": each.as_of, **_value_json(each)} for each in series]
            for part, series in one.history.items()
        }
    return shown


def _value_json(found: Finding) -> dict[str, object]:
    interval = found.interval
    return {
        "value": found.value,
        "numerator": found.numerator,
        "denominator": found.denominator,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "n": found.n,
        "quality": found.quality,
        "reason": {"ja": found.reason.ja, "en": found.reason.en} if found.reason else None,
    }


def _print_measure(one: Measured, *, in_full: bool) -> None:
    language = language_of_machine()
    name = one.measure.name.said_in(language)
    for part, found in one.now.items():
        label = f"{one.measure.key}.{part}" if part else one.measure.key
        reason = f"  ({found.reason.said_in(language)})" if found.reason else ""
        words = one.measure.parts.get(part) if part else one.measure.name
        said = words.said_in(language) if words else name
        line(f"{label:<32} {_printed(found):<28} {said}{reason}")
    if in_full:
        line(f"    {one.measure.definition.said_in(language)}")


def _printed(found: Finding) -> str:
    """Return a value by the printing rules of domain.md 7."""
    if found.value is None:
        return "-"
    if found.denominator is None:
        return f"{found.value:,.4g}"
    k_of_n = f"{found.numerator or 0:,.0f}/{found.denominator:,.0f}"
    if found.denominator < 10:  # too few for a percentage
        return k_of_n
    interval = found.interval
    span = f" [{interval.low:.0%}, {interval.high:.0%}]" if interval else ""
    return f"{found.value:.1%}{span} ({k_of_n})"


@click.command()
@click.option("--person", type=int, metavar="NUMBER", help="Only this person's (see people).")
@click.option(
    "--limit", default=50, type=click.IntRange(1), show_default=True, help="How many, newest first."
)
@asking(as_of=True)
def activities(asked: Asked, *, person: int | None, limit: int) -> None:
    """Print activities of the log, newest first, by pseudonym."""
    for one in _lines(asked, person, limit=limit):
        if asked.as_json:
            print_json({name: getattr(one, name) for name in one.__slots__})
        else:
            line(_activity_line(one))


def _activity_line(one: LogLine) -> str:
    from jibungoto.ledger.kinds import DEFAULT_KINDS

    names = {rule.kind.value: rule.name for rule in DEFAULT_KINDS}
    kind = padded(said(names[one.kind]) if one.kind in names else one.kind, 16)
    later = said(ON_OR_AFTER) if one.at_precision == "not_before" else ""
    actor = one.actor[:8] if one.actor else "-"
    at = f"{one.happened_at:%Y-%m-%d %H:%M}Z {padded(later, 8)}"
    return f"{at}  {kind}  {one.source}:{one.place or '-'}  {actor}"


def _lines(asked: Asked, person: int | None, *, limit: int) -> list[LogLine]:
    acting = asked.acting()
    from jibungoto.desk.gather.current import current_log
    from jibungoto.desk.house.covered import must_be_covered
    from jibungoto.desk.people.touch import person_numbered
    from jibungoto.engine.log import opened
    from jibungoto.engine.look_up import lines, lines_of

    current = current_log(acting.community)
    if current is None:
        raise HomeMissing(NOTHING_YET, BRING_IN)
    if asked.as_of is not None:
        must_be_covered(acting.community, asked.as_of)
    before = (asked.as_of + timedelta(days=1)) if asked.as_of else date.max
    with opened(current[1]) as con:
        if person is None:
            return lines(con, before=before, limit=limit)
        actors = [h.actor for h in person_numbered(acting, person).handles.all()]
        return lines_of(con, actors, before=before, limit=limit)
