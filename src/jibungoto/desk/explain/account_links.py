"""Who belongs to an account: only by a person's word, as mail domains or members."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.gather.current import current_log
from jibungoto.desk.people.addresses import addresses_in
from jibungoto.engine.first_acts import first_acts
from jibungoto.engine.log import opened
from jibungoto.explain.studies.table import account_key
from jibungoto.ledger.person import PersonKind
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.models import AccountLinkRow, HandleRow, PersonKindRow, PersonRow
from jibungoto.understand.staff import FREE_MAIL

_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_APART = frozenset({PersonKind.STAFF, PersonKind.BOT})
_AT_ONCE = 10_000

NO_ACCOUNT = Words("アカウントの名前がありません。", "The account has no name.")
NAME_IT = Words("業務データにある名前で書いてください。", "Write it as the records have it.")
NO_DOMAIN = Words("「{said}」はメールドメインではありません。", "“{said}” is no mail domain.")
AS_DOMAIN = Words("example.co.jp のように書いてください。", "Write it like example.co.jp.")
FREE = Words("「{said}」は誰でも使えるメールです。", "Anybody can have an address at “{said}”.")
BY_MEMBER = Words("メンバーを一人ずつ選んでください。", "Choose members one by one.")
TAKEN = Words("「{said}」は、別のアカウントのドメインです。", "“{said}” is another account's.")
ONE_ONLY = Words(
    "一つのドメインは一つのアカウントにだけ書いてください。", "Give a domain to one account only."
)
NOBODY = Words("番号{said}の人は見つかりません。", "There is nobody with the number {said}.")
FROM_THE_LIST = Words(
    "人の一覧にある番号を書いてください。", "Write numbers from the list of people."
)


@dataclass(frozen=True, slots=True)
class Link:
    """One account with its domains and members, as somebody said."""

    name: str
    domains: tuple[str, ...] = ()
    people: tuple[int, ...] = ()


def links(acting: Acting) -> list[AccountLinkRow]:
    """Return what was said of the accounts, by name."""
    return list(AccountLinkRow.objects.filter(community=acting.community).order_by("name"))


def say(acting: Acting, link: Link) -> AccountLinkRow | None:
    """Keep who belongs to an account; without domains and members nothing is said any more.

    Saying it again takes the place of what was said. Raises InvalidChoice for what is no domain,
    for free mail, for another account's domain, and for members who are not here.
    """
    must_write(acting)
    name = link.name.strip()[:200]
    if not name:
        raise InvalidChoice(NO_ACCOUNT, NAME_IT)
    domains = _domains(link.domains)
    people = _people(acting, link.people)
    with transaction.atomic():
        rows = AccountLinkRow.objects.filter(community=acting.community)
        others = rows.exclude(account=account_key(name))
        for taken in others.values_list("domains", flat=True):
            for said in set(taken) & set(domains):
                raise InvalidChoice(TAKEN.filled(said=said), ONE_ONLY)
        if not domains and not people:
            rows.filter(account=account_key(name)).delete()
            note(acting, "unlink_account", about=name)
            return None
        row, _ = AccountLinkRow.objects.update_or_create(
            community=acting.community,
            account=account_key(name),
            defaults={
                "name": name,
                "domains": domains,
                "people": people,
                "by_id": acting.user_id,
            },
        )
        note(acting, "link_account", about=name)
    return row


def _domains(said: Iterable[str]) -> list[str]:
    kept: dict[str, None] = {}
    for one in said:
        domain = one.strip().lower().rpartition("@")[2]
        if not _DOMAIN.fullmatch(domain):
            raise InvalidChoice(NO_DOMAIN.filled(said=one.replace("{", "(")), AS_DOMAIN)
        if domain in FREE_MAIL:
            raise InvalidChoice(FREE.filled(said=domain), BY_MEMBER)
        kept[domain] = None
    return list(kept)


def _people(acting: Acting, said: Iterable[int]) -> list[int]:
    wanted = sorted(set(said))
    there = PersonRow.objects.filter(community=acting.community, number__in=wanted)
    missing = set(wanted) - set(there.values_list("number", flat=True))
    for number in sorted(missing):
        raise InvalidChoice(NOBODY.filled(said=number), FROM_THE_LIST)
    return wanted


def joined_by_links(acting: Acting) -> dict[str, str]:
    """Return for every linked account the month in which a member of it first acted, "" for none.

    Staff, bots and whoever asked not to be counted are left out; joining a channel is no act.
    """
    actors = _actors(acting)
    days = _first_days(acting, {actor for some in actors.values() for actor in some})
    return {
        account: _month(min((days[one] for one in some if one in days), default=None))
        for account, some in actors.items()
    }


def members_of(acting: Acting) -> dict[str, int]:
    """Return how many names on a source each linked account has that count."""
    return {account: len(actors) for account, actors in _actors(acting).items()}


def _month(day: date | None) -> str:
    return f"{day:%Y-%m}" if day else ""


def _actors(acting: Acting) -> dict[str, list[str]]:
    """Return for every linked account the pseudonyms of those who belong to it and are counted.

    All accounts are looked up together: there may be hundreds, and very many people.
    """
    rows = links(acting)
    of_domain = {domain: row.account for row in rows for domain in row.domains}
    of_person: dict[int, set[str]] = defaultdict(set)
    behind = _people_behind(acting, {number for row in rows for number in row.people})
    for row in rows:
        for number in row.people:
            for person in behind.get(number, ()):
                of_person[person].add(row.account)
    found: dict[str, set[str]] = {row.account: set() for row in rows}
    aside = _aside(acting)
    for actor, person in _names_of(acting, people=of_person.keys() - aside):
        for account in of_person[person]:
            found[account].add(actor)
    told = addresses_in(acting.community)
    for domain, account in of_domain.items():
        here = (one for one in told.on.get(domain, ()) if not one.is_bot)
        found[account].update(one.actor for one in here if one.person not in aside)
    return {account: sorted(actors) for account, actors in found.items()}


def _people_behind(acting: Acting, numbers: Collection[int]) -> dict[int, set[int]]:
    """Return the persons a number stands for: its own, and whom that one is merged into."""
    there = PersonRow.objects.filter(community=acting.community, number__in=numbers)
    told = there.values_list("number", "pk", "merged_into")
    return {number: {person, into or person} for number, person, into in told}


def _aside(acting: Acting) -> set[int | None]:
    """Return the persons who are not counted: who works for us, and who asked not to be."""
    apart = PersonKindRow.objects.filter(kind__in=_APART, person__community=acting.community)
    out = PersonRow.objects.filter(community=acting.community, opted_out_at__isnull=False)
    told = (
        *apart.values_list("person", "person__merged_into"),
        *out.values_list("pk", "merged_into"),
    )
    return {person for both in told for person in both}


def _names_of(acting: Acting, *, people: Collection[int]) -> Iterator[tuple[str, int]]:
    """Yield pseudonym and person of every name these people have."""
    here = HandleRow.objects.filter(community=acting.community, is_bot=False)
    keys = sorted(people)
    for start in range(0, len(keys), _AT_ONCE):
        some = here.filter(person__in=keys[start : start + _AT_ONCE])
        yield from some.values_list("actor", "person_id")


def _first_days(acting: Acting, actors: Collection[str]) -> dict[str, date]:
    log = current_log(acting.community)
    if log is None or not actors:
        return {}
    with opened(log[1]) as con:
        return first_acts(con, sorted(actors))
