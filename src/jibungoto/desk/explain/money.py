"""Money models: what somebody assumes is kept, and worked out whenever it is looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import msgspec
from django.db import transaction

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.explain.account_links import joined_by_links
from jibungoto.desk.explain.business import records_of
from jibungoto.desk.explain.studies import (
    answered,
    files_stood_by,
    known_answer,
    question,
    stood_by,
)
from jibungoto.desk.explain.worked_out import (
    REVENUE,
    end_of,
    files_mark,
    keep_known,
    known,
    links_mark,
    mark_of,
)
from jibungoto.explain.claims import Claim, Grade
from jibungoto.explain.studies.money import MoneyModel, Range, Reckoned, reckon
from jibungoto.explain.studies.money_from_accounts import (
    ATTRIBUTED,
    INCREMENTAL,
    Timed,
    attributed,
    incremental_of,
)
from jibungoto.explain.studies.money_models import (
    ANSWERS,
    CONTENT,
    COST,
    DEFLECTION,
    HIRING,
    INSIGHT,
)
from jibungoto.explain.studies.money_saying import claims_of_money
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import MoneyModelRow

MODELS: dict[str, MoneyModel] = {
    model.key: model
    for model in (*(ANSWERS, DEFLECTION, CONTENT, HIRING, INSIGHT, ATTRIBUTED, INCREMENTAL, COST),)
}
NO_MODEL = Words("その計算はありません。", "There is no such model.")
FROM_THE_LIST = Words("一覧から選んでください。", "Choose one from the list.")
CHANGED_MEANWHILE = Words(
    "開いている間に、ほかの人がこの仮定を変えました。",
    "Somebody else changed these assumptions in the meantime.",
)
LOOK_AGAIN = Words(
    "今の内容を見てから、もう一度書いてください。",
    "Look at them as they are now, then write again.",
)
NO_STUDY = Words("どの研究の推定かが選ばれていません。", "No study is chosen.")
CHOOSE_STUDY = Words("条件をそろえた推定を一つ選んでください。", "Choose one that reached E3.")

NO_REVENUE = Words("売上のデータが選ばれていません。", "No revenue is chosen.")
BRING_IN = Words(
    "アカウントごとの売上を取り込んで、選んでください。",
    "Bring in revenue per account, and choose it.",
)
NO_SINCE = Words(
    "いつ顧客になったかが、どのアカウントにもありません。",
    "No account says when it became a customer.",
)
ADD_SINCE = Words(
    "「取引開始」の列を加えて取り込み直してください。",
    "Add the column “since”, and bring it in again.",
)
NO_ACTIVE = Words(
    "どのアカウントにも、活動したメンバーがいません。", "No account has a member who was active."
)
LINK_THEM = Words(
    "どのメンバーがどのアカウントの人かを決めてください。",
    "Say which members belong to which account.",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A model with what was kept of it; ``problem`` says why nothing can be reckoned."""

    model: MoneyModel
    given: Mapping[str, Range]
    reckoned: Reckoned | None
    study: int | None = None
    outcome: str = ""
    revision: int = 0
    problem: InvalidChoice | None = None
    is_pending: bool = False


@dataclass(frozen=True, slots=True)
class Assumed:
    """What somebody writes into a model: its ranges, and the records or study they stand on."""

    given: Mapping[str, Range]
    study: int | None = None
    outcome: str = ""


def model_named(key: str) -> MoneyModel:
    """Return one model; raises ``UnknownName``."""
    if key not in MODELS:
        raise UnknownName(NO_MODEL, FROM_THE_LIST)
    return MODELS[key]


def keep_money(acting: Acting, key: str, *, assumed: Assumed, seen: int) -> MoneyModelRow:
    """Keep what is assumed in a model; ``seen`` is the revision whoever writes has seen.

    Raises InvalidChoice where numbers do not fit, or somebody else wrote in between.
    """
    must_write(acting)
    model = model_named(key)
    reckon(model, assumed.given)
    with transaction.atomic():
        rows = MoneyModelRow.objects.select_for_update().filter(community=acting.community)
        row = rows.filter(key=key).first()
        if (row.revision if row else 0) != seen:
            raise InvalidChoice(CHANGED_MEANWHILE, LOOK_AGAIN)
        kept, _ = MoneyModelRow.objects.update_or_create(
            community=acting.community,
            key=key,
            defaults={
                "given": msgspec.to_builtins(dict(assumed.given)),
                "study": assumed.study,
                "outcome": assumed.outcome[:200],
                "revision": seen + 1,
                "by_id": acting.user_id,
            },
        )
        note(acting, "keep_money_model", about=key)
    return kept


def money(acting: Acting, key: str, *, is_page: bool = False) -> Kept:
    """Return one model worked out from what was kept, and from records or a study where it asks.

    A page does not wait for what takes long: it gets ``is_pending``, and the worker is asked.
    """
    model = model_named(key)
    row = MoneyModelRow.objects.filter(community=acting.community, key=key).first()
    if row is None:
        return Kept(model, {}, None)
    said = msgspec.convert(row.given, dict[str, Range])
    kept = Kept(model, said, None, study=row.study, outcome=row.outcome, revision=row.revision)
    try:
        given, grade = _given(acting, kept, is_page=is_page)
        return replace(kept, given=given, reckoned=reckon(model, given, grade=grade))
    except _Pending:
        return replace(kept, is_pending=True)
    except InvalidChoice as problem:
        return replace(kept, problem=problem)


class _Pending(Exception):
    """What a model stands on is being worked out."""


def money_models(acting: Acting, *, is_page: bool = False) -> list[Kept]:
    """Return every model as it stands, in the order of the page."""
    return [money(acting, key, is_page=is_page) for key in MODELS]


def money_claims(acting: Acting, *, until: date | None = None) -> list[tuple[str, Claim]]:
    """Return what the models allow a brief to say, each with the key of its model.

    With ``until``, those alone whose assumptions and records stood so by the end of that day.
    """
    return [
        (kept.model.key, claim)
        for kept in money_models(acting)
        if kept.reckoned is not None
        if until is None or assumed_by(acting, kept, day=until)
        for claim in claims_of_money(kept.reckoned)
    ]


def assumed_by(acting: Acting, kept: Kept, *, day: date) -> bool:
    """Say whether a model was written by the end of a day, and nothing it rests on came since."""
    end = end_of(acting, day)
    rows = MoneyModelRow.objects.filter(community=acting.community, key=kept.model.key)
    if not rows.filter(at__lt=end).exists():
        return False
    if kept.model.of_study and kept.study is not None:
        return stood_by(acting, question(acting, kept.study), day=day)
    return not kept.outcome or files_stood_by(acting, kept.outcome, end=end)


def _given(acting: Acting, kept: Kept, *, is_page: bool) -> tuple[dict[str, Range], Grade | None]:
    """Return the ranges of a model: as somebody said, or as records and studies give them."""
    found: dict[str, Range] = {}
    grade = None
    if kept.model.of_study:
        if kept.study is None:
            raise InvalidChoice(NO_STUDY, CHOOSE_STUDY)
        study = known_answer(acting, kept.study) if is_page else answered(acting, kept.study)
        if study is None:
            raise _Pending
        found, grade = incremental_of(study), study.grade
    elif kept.model is ATTRIBUTED:
        found = {"revenue": revenue_of(acting, kept.outcome, is_page=is_page)}
    switched = {
        key: msgspec.structs.replace(one, is_on=kept.given[key].is_on, note=kept.given[key].note)
        for key, one in found.items()
        if key in kept.given
    }
    return {**kept.given, **found, **switched}, grade


def revenue_of(acting: Acting, outcome: str, *, is_page: bool = False) -> Range:
    """Return the attributed revenue of an outcome; raises InvalidChoice naming what is missing."""
    stamp = mark_of([files_mark(acting, outcome), links_mark(acting)])
    about = f"{REVENUE}{outcome[:200]}"
    content = known(acting, about, stamp=stamp, is_wanted=is_page)
    if content is None and is_page:
        raise _Pending
    if content is None:
        content = _worked_out(acting, outcome)
        keep_known(acting, about, stamp=stamp, content=content)
    if "what" in content:
        what, then = content["what"], content["next"]
        raise InvalidChoice(Words(what[0], what[1]), Words(then[0], then[1]))
    return msgspec.convert(content["range"], Range)


def _worked_out(acting: Acting, outcome: str) -> dict[str, object]:
    try:
        return {"range": msgspec.to_builtins(attributed(_told_of(acting, outcome)))}
    except InvalidChoice as problem:
        what, then = problem.what, problem.next_step
        return {"what": [what.ja, what.en], "next": [then.ja, then.en]}


def _told_of(acting: Acting, outcome: str) -> list[Timed]:
    """Return the accounts of a revenue; raises InvalidChoice naming what is missing."""
    accounts = _timed(acting, outcome)
    if not accounts:
        raise InvalidChoice(NO_REVENUE, BRING_IN)
    if not any(one.appeared for one in accounts):
        raise InvalidChoice(NO_SINCE, ADD_SINCE)
    if not any(one.active for one in accounts):
        raise InvalidChoice(NO_ACTIVE, LINK_THEM)
    return accounts


def _timed(acting: Acting, outcome: str) -> list[Timed]:
    """Return every account with its revenue, when it became a customer, and its first act."""
    linked = joined_by_links(acting)
    revenue: dict[str, float] = defaultdict(float)
    since: dict[str, str] = {}
    active: dict[str, str] = {}
    for one in records_of(acting, outcome):
        revenue[one.account] += one.value
        since[one.account] = one.since or since.get(one.account, "")
        active[one.account] = linked.get(one.account) or one.joined or active.get(one.account, "")
    return [Timed(total, since[key], active[key]) for key, total in revenue.items()]
