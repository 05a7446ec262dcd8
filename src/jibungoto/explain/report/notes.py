"""The notes of a report: sources, coverage, what is unknown and why, definitions, how to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jibungoto.explain.facts import ReportFacts, SourceFacts
from jibungoto.explain.printing import day, quoted
from jibungoto.explain.report.health import HealthRow
from jibungoto.ledger.finding import Quality
from jibungoto.ledger.source import source_name
from jibungoto.ledger.words import Words


@dataclass(frozen=True, slots=True)
class Note:
    """One head of the notes and the lines under it."""

    head: Words
    lines: tuple[Words, ...]


SOURCES = Words("データの範囲", "Sources and coverage")
LIMITS = Words("言えないこと・注意", "What cannot be said, and cautions")
READING = Words("読み方", "How to read this page")
DEFINITIONS = Words("指標の定義と版", "Definitions and versions")

NO_SOURCES = Words("取り込まれたデータはありません。", "No export has been brought in.")
MARKED = Words(
    "スタッフとボットはメンバーの数に含みません。", "Staff and bots do not count as members."
)
UNMARKED = Words(
    "スタッフの印付けがまだのため、スタッフもメンバーとして数えています。",
    "Staff are not marked yet, so they count as members.",
)
NO_TARGET = Words(
    "勝利条件の登録がないため、目標との比較はしていません。過去の自分たちとだけ比べています。",
    "No victory condition is on record, so nothing is compared with a target, only with the "
    "community's own past.",
)
INTERVALS = Words(
    "区間は95%区間です。比べる相手は、期間が重ならない最も近い月末の値です。"
    "差の95%区間が0を含むときは「誤差の幅の内」とし、変化とは言いません。",
    "Intervals are 95% intervals. A value is compared with the nearest earlier month end whose "
    "window does not overlap. Where the 95% interval of the difference holds 0, it is within the "
    "margin of error and no change is claimed.",
)
SMALL = Words(
    "対象が10件未満なら割合を出さず、30件未満なら「少数」と記します。1〜4人の数は「5未満」とし、"
    "残りが1〜4人になる数は「n以上」、ほかに引き算で分かる数は「非表示」とします。名前は載せません。"
    "「-」は値がないことを示します。",
    "Below 10 cases no percentage is given, below 30 the words small n. Counts of 1 to 4 read "
    "<5; one that leaves 1 to 4 over reads n or more, without a percentage; any other that would "
    "give one away by subtraction reads hidden. Nobody is named. A dash means there is no value.",
)
GRADES = Words(
    "文の後ろのE1は「件数・推移」の根拠です。理由までは示しません。",
    "E1 after a sentence means: a count or a trend. It does not say why.",
)
RULES = Words("自分ゴト化の段: 判定ルール 第{n}版", "Ownership ladder: rules, version {n}")


SOURCE = Words("{name}は{until}まで", "{name} until {until}")
COVERED = Words("データの範囲: {sources}。", "Sources and coverage: {sources}.")
CANNOT = Words(
    "記録にないこと(返信のつながり、加わった日、始めた人など)はサービスごとに違います。"
    "一覧と各指標の定義は、画面と配布ファイル(brief.json)にあります。",
    "What a source cannot tell (links of replies, days of joining, who started what) differs by "
    "source. The list, and each measure's definition, are on the pages and in the file brief.json.",
)
READ_SHORTLY = Words(
    "区間は95%区間です。比べる相手は、期間が重ならない最も近い月末の値です。差の95%区間が0を含む"
    "ときは変化と言いません。E1は「件数・推移」の根拠で、理由までは示しません。1〜4人の数と、引き算で"
    "それが分かる数は示しません。対象が10件未満なら割合を出さず、30件未満は「少数」と記します。",
    "Intervals are 95% intervals. A value is compared with the nearest month end whose window "
    "does not overlap; where the interval of the difference holds 0, no change is claimed. E1: a "
    "count or a trend, which does not say why. Counts of 1 to 4, and those that would give one "
    "away, are not shown. Below 10 cases no percentage, below 30 “small n”.",
)


def short_notes(facts: ReportFacts, rows: Sequence[HealthRow]) -> tuple[Words, ...]:
    """Return the notes of one page: sources, what is missing of which measures, how to read."""
    if not facts.sources:
        return (NO_SOURCES,)
    told = []
    for each in facts.sources:
        name, until = source_name(each.name), day(each.covered_until)
        told.append(
            Words(
                SOURCE.ja.format(name=name.ja, until=until.ja),
                SOURCE.en.format(name=name.en, until=until.en),
            )
        )
    ja, en = "、".join(one.ja for one in told), ", ".join(one.en for one in told)
    covered = Words(COVERED.ja.format(sources=ja), COVERED.en.format(sources=en))
    lines = (covered, *_limits(facts, rows), CANNOT)
    return (*lines, READ_SHORTLY) if rows else lines


def notes_of(facts: ReportFacts, rows: Sequence[HealthRow]) -> tuple[Note, ...]:
    """Return the notes in their order."""
    sources = tuple(_source(each) for each in facts.sources) or (NO_SOURCES,)
    found = [Note(SOURCES, sources), Note(LIMITS, _limits(facts, rows))]
    if rows:
        found.append(Note(READING, (INTERVALS, SMALL, GRADES)))
        found.append(Note(DEFINITIONS, _definitions(facts, rows)))
    return tuple(found)


def _source(source: SourceFacts) -> Words:
    since, until = day(source.covered_from), day(source.covered_until)
    limits = Words(
        "".join(quoted(each).ja for each in source.cannot_tell),
        " ".join(quoted(each).en for each in source.cannot_tell),
    )
    name = source_name(source.name)
    return Words(
        f"{name.ja}: {since.ja}〜{until.ja}。{limits.ja}",
        f"{name.en}: {since.en} to {until.en}. {limits.en}".rstrip(),
    )


def _limits(facts: ReportFacts, rows: Sequence[HealthRow]) -> tuple[Words, ...]:
    lines = [(MARKED if facts.staff_marked else UNMARKED)] if facts.sources else []
    reasons: dict[Words, list[Words]] = {}
    for row in rows:
        if row.quality in (Quality.PARTIAL_SOURCE, Quality.STALE) and row.trend.now.reason:
            reasons.setdefault(quoted(row.trend.now.reason), []).append(row.measure.name)
    for reason, names in reasons.items():
        listed_ja = "、".join(name.ja for name in names)
        listed_en = ", ".join(name.en for name in names)
        lines.append(Words(f"{listed_ja}: {reason.ja}", f"{listed_en}: {reason.en}"))
    lines += [each.words for each in facts.ladder.untold]
    return (*lines, NO_TARGET)


def _definitions(facts: ReportFacts, rows: Sequence[HealthRow]) -> tuple[Words, ...]:
    lines = []
    for row in rows:
        version = row.trend.now.definition_version
        name, text = row.measure.name, row.measure.definition
        lines.append(
            Words(
                f"{name.ja}(第{version}版): {text.ja}", f"{name.en} (version {version}): {text.en}"
            )
        )
    return (*lines, RULES.filled(n=facts.rule_version))
