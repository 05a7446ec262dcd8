"""What one reader asks to be shown (domain.md 8.4), each with its content or what to bring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from jibungoto.explain.briefs.advice import (
    NO_COSTS,
    NO_LEGAL_CHECKS,
    NO_MODELS,
    NO_STUDIES,
    NO_TEAM,
    NOT_RELEASED,
    UNPRICED,
)
from jibungoto.explain.briefs.as_document import filled
from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.claims import Grade
from jibungoto.explain.drafting.facts import StudyFacts
from jibungoto.explain.drafting.parts import Material, spread
from jibungoto.explain.printing import day, printed
from jibungoto.explain.report.health import health_of
from jibungoto.explain.wording import blocked_words, first_sentence
from jibungoto.ledger.finding import Interval
from jibungoto.ledger.source import source_name
from jibungoto.ledger.words import Words

NAMED_LINE = Words("{name}: {line}", "{name}: {line}")
MEASURED = Words("{name} {value}", "{name} {value}")
UNKNOWN = Words("{name} は分かりません({why})", "{name} cannot be told ({why})")
STOPPED = Words(
    "直近28日に活動した{active}が場を失い、直近90日に起点となった{starters}が支えを失います",
    "{active} people active in the last 28 days lose their place, {starters} who started "
    "something lose its support",
)
NO_STOP_SCENE = Words(
    "活動の人数が分からず、まだ書けません。データを取り込んでください。",
    "It cannot be written before anybody is counted. Bring an export in.",
)
GRADED = Words(
    "この資料の主張の段階は文末に示します(E1は件数と推移、E2は比較、E3は条件をそろえた推定、"
    "E4は無作為の比較)",
    "stands behind each sentence (E1 a count or trend, E2 a comparison, E3 a matched estimate, "
    "E4 a randomised comparison)",
)
HOURS = Words("時間/月", "hours a month")
WORTH = Words(
    "時間は月{n}{unit}(1時間{each}{unit})",
    "the hours come to {n} {unit} a month (at {each} {unit} an hour)",
)
ASSUMED_AT_MOST = 2
COVERED = Words(
    "5つの能力のうち担い手あり{held}、控えあり{backed}",
    "{held} of {all} abilities are covered, {backed} have a backup",
)
LOOKED_AT = Words("{name}({day})", "{name} ({day})")
NOT_LOOKED_AT = Words("{name}(まだ)", "{name} (not yet)")
ACCOUNTS = Words(
    "{n}件のうち、1人しか開けないもの{alone}件", "{alone} of {n} can be opened by one person alone"
)
BEGUN = Words("直近84日に{n}({kinds})", "{n} in the last 84 days ({kinds})")
OF_KIND = Words("{kind}{n}", "{kind} {n}")
PURPOSES = Words(
    "{sources}から、誰が・いつ・どこで・どれだけ動いたかだけを、運営の改善のために使います",
    "from {sources}, only who did how much when and where, to run the community better",
)
NO_SOURCES = Words(
    "まだ何も取り込んでいません。取り込むと、使うデータの一覧が出ます。",
    "Nothing is brought in yet. What is used stands here once it is.",
)
_Line = Callable[[Material], Words | None]


def reader_lines(material: Material) -> tuple[Words, ...]:
    """Return one line for each thing this reader asks to be shown and of which something is known.

    How the victory conditions stand is what the sentences above the lines begin with.
    """
    told = ((name, write(material)) for name, write in SHOWN[material.audience.key])
    return tuple(
        filled(NAMED_LINE, name=name, line=line) for name, line in told if line is not None
    )


def _story(material: Material) -> Words | None:
    told = [one.text for one in material.facts.voices or ()]
    return told[0] if told and not blocked_words(told[0], Grade.E0) else None


def _cost(material: Material) -> Words:
    held: dict[Words, Interval] = {}
    for one in material.facts.costs or ():
        before = held.get(one.unit, Interval(0.0, 0.0))
        held[one.unit] = Interval(before.low + one.spent.low, before.high + one.spent.high)
    if not held:
        return NO_COSTS
    parts = [
        filled(Words("{n}{unit}", "{n} {unit}"), n=spread(around), unit=unit)
        for unit, around in held.items()
    ]
    worth = priced(material)
    if worth is None or worth == UNPRICED:
        told = [_listed(parts), *([UNPRICED] if worth is not None else [])]
        return Words("。".join(one.ja for one in told), ". ".join(one.en for one in told))
    return _listed([*parts, worth])


def priced(material: Material) -> Words | None:
    """Return what the hours come to in money, or which number is missing; None without hours."""
    hours = [one.spent for one in material.facts.costs or () if one.unit == HOURS]
    if not hours:
        return None
    hourly = material.facts.hourly
    if hourly is None:
        return UNPRICED
    worth = Interval(
        sum(one.low for one in hours) * hourly.spent.low,
        sum(one.high for one in hours) * hourly.spent.high,
    )
    return filled(WORTH, n=spread(worth), unit=hourly.unit, each=spread(hourly.spent))


def _ranges(material: Material) -> Words | None:
    plan = material.facts.plan
    found = [
        filled(MEASURED, name=one.name, value=one.forecast)
        for one in (plan.conditions if plan is not None else ())
        if one.forecast is not None
    ]
    if found:
        return _listed(found[:2])
    return NO_MODELS if _assumptions(material) is None else None


def _assumptions(material: Material) -> Words | None:
    plan = material.facts.plan
    told = list(plan.assumptions) if plan is not None else []
    told += [line for one in material.facts.studies or () for line in one.caveats]
    return _listed(map(_bare, told[:ASSUMED_AT_MOST])) if told else None


def _stop(material: Material) -> Words:
    values = {}
    for key in ("active", "starters"):
        row = next(iter(health_of(material.facts.report, [key])), None)
        if row is None or row.shown.why is not None:
            return NO_STOP_SCENE
        values[key] = row.shown.said
    return filled(STOPPED, **values)


def _study(material: Material) -> Words:
    strong = [one for one in material.facts.studies or () if one.grade in (Grade.E3, Grade.E4)]
    return _of_study(strong[0]) if strong else NO_STUDIES


def _of_study(one: StudyFacts) -> Words:
    first, _rest = first_sentence(one.text)
    return filled(Words("{text}({grade})", "{text} ({grade})"), text=_bare(first), grade=_word(one))


def _word(one: StudyFacts) -> Words:
    return Words(one.grade.value, one.grade.value)


def _measured(*keys: str) -> Callable[[Material], Words]:
    def write(material: Material) -> Words:
        found = []
        for row in health_of(material.facts.report, keys):
            why = row.shown.why
            name = row.measure.name
            if why is None:
                found.append(filled(MEASURED, name=name, value=row.shown.value))
            else:
                found.append(filled(UNKNOWN, name=name, why=_bare(why)))
        return _listed(found) if found else NO_STOP_SCENE

    return write


def _solved(material: Material) -> Words:
    """Return the share of questions answered within 72 hours, as far as threads tell."""
    report = material.facts.report
    told = [one for one in report.findings if one.measure == "unanswered72"]
    one = next((one for one in told if one.part == "answered"), None)
    if one is None:
        return _measured("unanswered72")(material)
    shown = printed(one)
    return shown.value if shown.why is None else shown.why


def _cover(material: Material) -> Words:
    facts = material.facts.team
    if facts is None or not facts.abilities:
        return NO_TEAM
    counts = {
        "all": len(facts.abilities),
        "held": sum(one.holders > 0 for one in facts.abilities),
        "backed": sum(one.backups > 0 for one in facts.abilities),
    }
    said = COVERED.filled(**counts)
    told = [said, *map(_bare, facts.gaps[:1])]
    return Words("。".join(one.ja for one in told), ". ".join(one.en for one in told))


def _isolation(material: Material) -> Words:
    facts = material.facts.team
    return _bare(facts.released[0]) if facts is not None and facts.released else NOT_RELEASED


def _purposes(material: Material) -> Words:
    names = [source_name(one.name) for one in material.facts.report.sources]
    return filled(PURPOSES, sources=_listed(names)) if names else NO_SOURCES


def _begun(material: Material) -> Words | None:
    """Return what members started, by kind; nobody is named."""
    counted = Counter(one.kind for one in material.facts.started or ())
    if not counted:
        return None
    kinds = [
        filled(OF_KIND, kind=kind, n=Words(str(n), str(n))) for kind, n in counted.most_common()
    ]
    n = counted.total()
    return filled(BEGUN, n=Words(f"{n}件", f"{n}"), kinds=_listed(kinds))


def _accounts(material: Material) -> Words | None:
    facts = material.facts.team
    if facts is None or not facts.accounts:
        return None
    return ACCOUNTS.filled(n=facts.accounts, alone=facts.alone)


def _legal(material: Material) -> Words:
    plan = material.facts.plan
    told = [
        filled(LOOKED_AT, name=one.name, day=day(one.day))
        if one.day is not None
        else filled(NOT_LOOKED_AT, name=one.name)
        for one in (plan.legal if plan is not None else ())
    ]
    return _listed(told) if told else NO_LEGAL_CHECKS


def _always(line: Words) -> _Line:
    return lambda material: line


def _listed(lines: Iterable[Words]) -> Words:
    told = list(lines)
    return Words("、".join(one.ja for one in told), ", ".join(one.en for one in told))


def _bare(words: Words) -> Words:
    """Return a sentence without its full stop, to stand in a line."""
    return Words(words.ja.removesuffix("。"), words.en.removesuffix("."))


SHOWN: dict[AudienceKey, tuple[tuple[Words, _Line], ...]] = {
    AudienceKey.CEO: (
        (Words("物語", "A story"), _story),
        (Words("人数と起点", "People and starters"), _measured("active", "starters")),
        (Words("メンバーが始めたこと", "Things members started"), _begun),
    ),
    AudienceKey.CFO: (
        (Words("費用", "Cost"), _cost),
        (Words("見込みの幅", "Ranges"), _ranges),
        (Words("前提", "Assumptions"), _assumptions),
        (Words("根拠の段階", "Grade of evidence"), _always(GRADED)),
        (Words("やめた場合", "If it stops"), _stop),
    ),
    AudienceKey.CMO: (
        (Words("アウトプット", "Outputs"), _measured("outputs", "output_rate")),
        (Words("思い出してもらえた話", "A story of being recalled"), _story),
        (
            Words("初参加の割合", "First-timers"),
            _measured("first_time_rate", "outputters"),
        ),
    ),
    AudienceKey.SUPPORT: (
        (Words("返事のない質問", "Unanswered questions"), _measured("unanswered72")),
        (Words("72時間以内に返信のあった質問", "Questions answered within 72 h"), _solved),
        (Words("継続の調査(E3)", "Study of staying (E3)"), _study),
    ),
    AudienceKey.PRODUCT: (
        (Words("質問と返事", "Questions and answers"), _measured("unanswered72")),
        (Words("メンバーが始めたこと", "Things members started"), _begun),
        (Words("許可を得た声", "Quotes with permission"), _story),
    ),
    AudienceKey.SALES: (
        (Words("集計した兆し", "Aggregate signals"), _measured("reach_total", "first_time_rate")),
        (Words("メンバーが始めたこと", "Things members started"), _begun),
    ),
    AudienceKey.BOSS: (
        (Words("能力のカバー", "Cover of abilities"), _cover),
        (Words("孤立の状態(公開分)", "Isolation (released part)"), _isolation),
        (Words("アカウント", "Accounts"), _accounts),
    ),
    AudienceKey.LEGAL: (
        (Words("利用目的", "Purposes"), _purposes),
        (Words("法務確認", "Legal checks"), _legal),
    ),
}
"""What each reader is shown, in the order of domain.md 8.4."""
