"""Whom a brief may not name before somebody has answered for it, and what was answered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

from django.contrib.auth import get_user_model
from django.db import transaction

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.days import today_in
from jibungoto.desk.explain.draft import change_draft
from jibungoto.desk.explain.listing import brief_of, draft_numbered
from jibungoto.explain.briefs.brief import Brief
from jibungoto.explain.briefs.consent import Answer, Consent
from jibungoto.explain.briefs.naming import Open, open_names
from jibungoto.explain.names_said import Named
from jibungoto.ledger.person import PersonKind
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import BriefRow, HandleRow, PersonRow

LONGEST = 200
NOT_SAID = Words(
    "{name}さんの同意を、誰がいつ聞いたかを書いてください。",
    "Write down to whom {name} said that they agree, and on which day.",
)
SAY_IT = Words(
    "「名前の確認」に書いて、もう一度お試しください。",
    "Fill it in under “Names to confirm” and try again.",
)
TOO_EARLY = Words("同意の日付が、今日より先です。", "The day of the consent lies ahead.")
NOT_THERE = Words(
    "その名前は、もうこの資料にありません。", "The name is not in this brief any more."
)
OPEN_AGAIN = Words("資料を開き直してください。", "Open the brief again.")


def people_to_name(acting: Acting) -> list[Named]:
    """Return everybody who is not marked as staff, with every spelling and handle on record."""
    people = PersonRow.objects.filter(community=acting.community)
    told = people.exclude(kinds__kind=PersonKind.STAFF).values_list("pk", "name", "reading")
    members = {pk: (name, reading) for pk, name, reading in told}
    others: dict[int, list[str]] = defaultdict(list)
    handles = HandleRow.objects.filter(community=acting.community, is_bot=False)
    for pk, *names in handles.values_list("person_id", "name", "display_name", "reading"):
        if pk in members:
            others[pk] += [each for each in names if each]
    return [
        Named(name, tuple(dict.fromkeys(each for each in (reading, *others[pk]) if each)))
        for pk, (name, reading) in members.items()
    ]


def names_open(acting: Acting, brief: Brief) -> tuple[Open, ...]:
    """Return every name in a brief, wherever it stands, that nobody has answered for."""
    return open_names(brief, people_to_name(acting))


def lacking(consent: Consent, *, today: date) -> Words | None:
    """Return what an answer lacks to count by this day, None where it says enough."""
    if consent.answer is Answer.NOT_THEM:
        return None
    if not consent.told_to.strip() or consent.on is None:
        return NOT_SAID.filled(name=consent.name)
    return TOO_EARLY if consent.on > today else None


def written_down(acting: Acting, consent: Consent) -> Consent:
    """Return an answer as it is kept, with who wrote it down."""
    by = ""
    if acting.user_id is not None:
        by = get_user_model().objects.get(pk=acting.user_id).get_username()
    return replace(consent, told_to=" ".join(consent.told_to.split())[:LONGEST], by=by)


def answer_name(acting: Acting, number: int, *, consent: Consent) -> BriefRow:
    """Keep what was answered about one name in one text of a draft."""
    must_write(acting)
    row = draft_numbered(acting, number)
    brief = brief_of(row)
    wanted = (consent.name, consent.text)
    if all((one.said, one.text) != wanted for one in names_open(acting, brief)):
        raise UnknownName(NOT_THERE, OPEN_AGAIN)
    lacks = lacking(consent, today=today_in(acting))
    if lacks is not None:
        raise InvalidChoice(lacks, SAY_IT)
    kept = written_down(acting, consent)
    with transaction.atomic():
        change_draft(row, replace(brief, consents=(*brief.consents, kept)))
        note(acting, "answer_name", about=f"{row.number} {kept.answer}")
    row.refresh_from_db()
    return row
