"""Organisations: which there are, which are proposed, and what each is called."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.ledger.organisation import OrganisationKind
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import (
    AffiliationRow,
    CommunityRow,
    HandleRow,
    OrganisationRow,
)
from jibungoto.understand.organisations import (
    Named,
    OrganisationProposal,
    Spread,
    employer_in,
    organisation_proposals,
    spread_of,
)
from jibungoto.understand.staff import FREE_MAIL

LONGEST_NAME = 200
MOST_DOMAINS = 50
_DOMAIN = re.compile(r"(?=.{4,253}$)[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Called:
    """What a person enters of an organisation; one of the two names is enough."""

    name_ja: str = ""
    name_en: str = ""
    kind: OrganisationKind = OrganisationKind.OTHER
    domains: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """An organisation with how many belong to it now, belonged before, and seem to."""

    row: OrganisationRow
    now: int
    before: int
    waiting: int

    @property
    def kind(self) -> OrganisationKind:
        """What it is to the community."""
        return OrganisationKind(self.row.kind)


def organisations(
    acting: Acting, day: date, *, among: Collection[int] | None = None
) -> list[Listed]:
    """Return the organisations of a community by name, with the people of each on that day.

    With the keys of some people only those are counted.
    """
    rows = list(_here(acting))
    now: dict[int, set[int]] = defaultdict(set)
    ever: dict[int, set[int]] = defaultdict(set)
    refused: dict[int, set[int]] = defaultdict(set)
    for organisation, person, since, until, is_refused in said_of_people(acting):
        if among is not None and person not in among:
            continue
        if is_refused:
            refused[organisation].add(person)
            continue
        ever[organisation].add(person)
        if (since or date.min) <= day < (until or date.max):
            now[organisation].add(person)
    spread = spread_here(acting)
    return [
        Listed(
            row,
            now=len(now[row.pk]),
            before=len(ever[row.pk] - now[row.pk]),
            waiting=len(_among(seeming(row, spread), among) - ever[row.pk] - refused[row.pk]),
        )
        for row in rows
    ]


def _among(people: set[int], some: Collection[int] | None) -> set[int]:
    return people if some is None else people.intersection(some)


def said_of_people(acting: Acting) -> list[tuple[int, int, date | None, date | None, bool]]:
    """Return once each organisation's key with a person's in effect, the days, and if refused."""
    rows = AffiliationRow.objects.filter(organisation__community=acting.community)
    handles = HandleRow.objects.filter(community=acting.community, actor__in=rows.values("actor"))
    people = dict(handles.values_list("actor", "person_id"))
    told = rows.values_list("actor", "organisation_id", "from_day", "to_day", "is_refused")
    found = {(key, people[actor], *rest) for actor, key, *rest in told if actor in people}
    return sorted(found, key=repr)  # type: ignore[arg-type]  # the columns asked for


def seeming(row: OrganisationRow, spread: Spread) -> set[int]:
    """Return the keys of the people whose address or profile names this organisation."""
    found: set[int] = set()
    for domain in row.domains:
        found |= spread.by_domain.get(domain, set())
    for key in keys_of(row):
        found |= spread.by_name.get(key, set())
    return found


def keys_of(row: OrganisationRow) -> set[str]:
    """Return the folded names under which an organisation is known."""
    return {employer_in(name) for name in (row.name_ja, row.name_en, *row.spellings)} - {""}


def spread_here(acting: Acting) -> Spread:
    """Return what all names of a community say of employers; the same until names change."""
    here = CommunityRow.objects.filter(pk=acting.community.pk)
    stamp = here.values_list("names_stamp", "facts_stamp", "version_id").get()
    return _spread(acting.community.pk, stamp)


@lru_cache(maxsize=4)
def _spread(community: int, _stamp: tuple[int, int, int | None]) -> Spread:
    handles = HandleRow.objects.filter(community=community, is_bot=False)
    told = handles.exclude(email="", organisation="")
    rows = told.values_list("person_id", "email", "organisation")
    return spread_of(Named(*row) for row in rows.iterator(chunk_size=5_000))


def proposals(acting: Acting) -> list[OrganisationProposal]:
    """Return the organisations people seem to belong to that nobody has named yet."""
    rows = list(_here(acting))
    return organisation_proposals(
        spread_here(acting),
        domains={domain for row in rows for domain in row.domains},
        names={key for row in rows for key in keys_of(row)},
    )


def organisation_numbered(acting: Acting, number: int) -> OrganisationRow:
    """Return an organisation of this community; raises ``UnknownName``."""
    row = OrganisationRow.objects.filter(community=acting.community, number=number).first()
    if row is None:
        raise UnknownName(
            Words("その組織はありません。", "There is no such organisation."),
            Words("組織の一覧から選んでください。", "Choose one from the list of organisations."),
        )
    return row


def found_organisation(acting: Acting, called: Called) -> OrganisationRow:
    """Write an organisation down; one of the very same name is returned as it is."""
    must_write(acting)
    kept = _checked(acting, called, without=None)
    with transaction.atomic():
        CommunityRow.objects.select_for_update().get(pk=acting.community.pk)
        same = _here(acting).filter(name_ja=kept.name_ja, name_en=kept.name_en).first()
        if same is not None:
            return same
        last = _here(acting).aggregate(last=Max("number"))["last"] or 0
        row = OrganisationRow.objects.create(
            community=acting.community,
            number=last + 1,
            made_by_id=acting.user_id,
            **_columns(kept),
        )
        note(acting, "add organisation", about=str(row))
    return row


def change_organisation(acting: Acting, number: int, *, called: Called) -> OrganisationRow:
    """Write again what an organisation is called, what it is, and where its mail lies."""
    must_write(acting)
    row = organisation_numbered(acting, number)
    columns = _columns(_checked(acting, called, without=row))
    if all(getattr(row, name) == value for name, value in columns.items()):
        return row
    with transaction.atomic():
        OrganisationRow.objects.filter(pk=row.pk).update(**columns)
        raise_facts(acting)
        note(acting, "change organisation", about=str(row))
    row.refresh_from_db()
    return row


def drop_organisation(acting: Acting, number: int) -> None:
    """Take an organisation off the list; raises ``InvalidChoice`` while anybody belongs to it."""
    must_write(acting)
    row = organisation_numbered(acting, number)
    with transaction.atomic():
        if row.affiliations.filter(is_refused=False).exists():
            raise InvalidChoice(
                Words(
                    "この組織には、まだ人がいます。", "People still belong to this organisation."
                ),
                Words("先に、その人たちを外してください。", "Take them out of it first."),
            )
        row.delete()
        note(acting, "drop organisation", about=str(row))


def raise_facts(acting: Acting) -> None:
    """Let the numbers follow a change of who belongs where, inside the caller's transaction."""
    here = CommunityRow.objects.filter(pk=acting.community.pk)
    here.update(facts_stamp=F("facts_stamp") + 1)


def _here(acting: Acting) -> QuerySet[OrganisationRow]:
    rows = OrganisationRow.objects.filter(community=acting.community)
    return rows.order_by("name_ja", "name_en", "number")


def _columns(called: Called) -> dict[str, object]:
    return {
        "name_ja": called.name_ja,
        "name_en": called.name_en,
        "kind": called.kind.value,
        "domains": list(called.domains),
        "spellings": list(called.spellings),
    }


def _checked(acting: Acting, called: Called, *, without: OrganisationRow | None) -> Called:
    """Return what was entered as it is kept; raises ``InvalidChoice`` where it cannot be."""
    kept = Called(
        _one_line(called.name_ja),
        _one_line(called.name_en),
        called.kind,
        tuple(dict.fromkeys(_domain(one) for one in called.domains if one.strip())),
        tuple(dict.fromkeys(name for one in called.spellings if (name := _one_line(one)))),
    )
    if not (kept.name_ja or kept.name_en):
        raise InvalidChoice(
            Words("組織の名前がありません。", "The organisation has no name."),
            Words(
                "日本語か英語のどちらかで、名前を入れてください。",
                "Give it a name, in Japanese or in English.",
            ),
        )
    if len(kept.domains) > MOST_DOMAINS:
        raise InvalidChoice(
            Words("メールのドメインが多すぎます。", "There are too many mail domains."),
            Words(f"{MOST_DOMAINS} 個までにしてください。", f"Enter {MOST_DOMAINS} at most."),
        )
    _must_be_free(acting, kept.domains, without=without)
    return kept


def _one_line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:LONGEST_NAME]


def _domain(written: str) -> str:
    domain = written.strip().casefold().rpartition("@")[2].rstrip(".")
    if not _DOMAIN.fullmatch(domain):
        raise InvalidChoice(
            Words("メールのドメインではありません。", "This is no mail domain."),
            Words("example.co.jp のように入れてください。", "Write it like example.co.jp."),
            place=written.strip()[:100],
        )
    if domain in FREE_MAIL:
        raise InvalidChoice(
            Words(
                "誰でもアドレスを持てるドメインです。",
                "Anybody can have an address on this domain.",
            ),
            Words("その組織だけのドメインを入れてください。", "Enter a domain of its own."),
            place=domain,
        )
    return domain


def _must_be_free(
    acting: Acting, domains: Iterable[str], *, without: OrganisationRow | None
) -> None:
    others = _here(acting).exclude(Q(pk=without.pk) if without else Q(pk__in=[]))
    taken = {domain: row for row in others for domain in row.domains}
    for domain in domains:
        if domain in taken:
            raise InvalidChoice(
                Words(
                    f"このドメインは「{taken[domain]}」のものになっています。",
                    f"This domain is “{taken[domain]}”'s already.",
                ),
                Words("どちらか一方に入れてください。", "Enter it for one of them."),
                place=domain,
            )
