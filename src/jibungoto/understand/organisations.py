"""Which organisations people seem to belong to: proposed from addresses and profiles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from jibungoto.gather.people.look_alikes import is_proof
from jibungoto.gather.people.spellings import company
from jibungoto.ledger.organisation import OrganisationKind
from jibungoto.understand.staff import FREE_MAIL

LEAST = 2
"""So many people make a proposal; fewer are an address somebody has for themselves."""

_NO_EMPLOYER = frozenset(
    map(
        company,
        (
            *(
                "フリーランス",
                "フリー",
                "個人",
                "個人事業主",
                "自営業",
                "無職",
                "なし",
                "無し",
                "ない",
            ),
            *("学生", "会社員", "非公開", "秘密", "未定", "特になし", "主婦", "主夫", "大学生"),
            *("freelance", "freelancer", "self", "self employed", "self-employed", "none", "n/a"),
            *("na", "no", "nothing", "individual", "personal", "private", "student", "retired"),
            *("unemployed", "independent", "test", "company", "-", "--", "?"),
        ),
    )
)
"""What people write where they name nobody."""

_SCHOOL = ("大学", "高専", "高校", "学校", "学院", "university", "college", "school")
_PUBLIC = (
    "市役所",
    "県庁",
    "区役所",
    "町役場",
    "役場",
    "省",
    "庁",
    "city of",
    "ministry",
    "agency",
)
_NONPROFIT = ("npo", "一般社団", "特定非営利", "財団", "社団", "foundation", "association")


@dataclass(frozen=True, slots=True)
class Named:
    """What one name of somebody says of their employer: its proven address, its profile."""

    person: int
    email: str = ""
    organisation: str = ""


@dataclass(slots=True)
class Spread:
    """Who has an address on each domain, and who writes what, by its folded name."""

    by_domain: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_name: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    written: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    together: Counter[tuple[str, str]] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class OrganisationProposal:
    """An organisation that people seem to belong to; it is one once somebody says so."""

    name: str
    kind: OrganisationKind
    domains: tuple[str, ...]
    spellings: tuple[str, ...]
    people: frozenset[int]


def domain_of(email: str) -> str:
    """Return the domain of an address that names an employer, or nothing.

    Free mail, shared mailboxes and addresses nobody can be reached at name none.
    """
    domain = email.strip().casefold().rpartition("@")[2]
    return domain if domain not in FREE_MAIL and is_proof(email) else ""


def spread_of(named: Iterable[Named]) -> Spread:
    """Gather what everybody's names say of employers."""
    spread = Spread()
    for one in named:
        domain, key = domain_of(one.email), employer_in(one.organisation)
        if domain:
            spread.by_domain[domain].add(one.person)
        if key:
            spread.by_name[key].add(one.person)
            spread.written[key][" ".join(one.organisation.split())] += 1
        if domain and key:
            spread.together[domain, key] += 1
    return spread


def employer_in(written: str) -> str:
    """Return the folded name of the employer a profile names, or nothing."""
    key = company(written)
    return key if len(key) > 1 and key not in _NO_EMPLOYER else ""


def organisation_proposals(
    spread: Spread, *, domains: Collection[str], names: Collection[str]
) -> list[OrganisationProposal]:
    """Return what is proposed beside the organisations there are, the largest first.

    ``domains`` and folded ``names`` are taken already. A domain and a name are one organisation
    where most of those on the domain who name an employer name this one.
    """
    called = _called(spread)
    groups: dict[str, list[str]] = defaultdict(list)
    for domain in spread.by_domain:
        groups[called.get(domain, f"@{domain}")].append(domain)
    for key in spread.by_name:
        groups.setdefault(key, [])
    found = [
        _proposal(key, mail, spread=spread)
        for key, mail in groups.items()
        if key not in names and not {*mail} & {*domains}
    ]
    worthy = [one for one in found if len(one.people) >= LEAST]
    return sorted(worthy, key=lambda one: (-len(one.people), one.name))


def _called(spread: Spread) -> dict[str, str]:
    """Return the folded name that most people on each domain name, where most name one."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for (domain, key), count in spread.together.items():
        told[domain][key] = count
    return {
        domain: key
        for domain, counted in told.items()
        for key, count in counted.most_common(1)
        if 2 * count > counted.total()
    }


def _proposal(key: str, mail: list[str], *, spread: Spread) -> OrganisationProposal:
    people = set(spread.by_name.get(key, ())).union(*(spread.by_domain[one] for one in mail))
    written = spread.written.get(key, Counter[str]())
    spellings = tuple(name for name, _ in written.most_common())
    name = spellings[0] if spellings else key.removeprefix("@")
    return OrganisationProposal(
        name=name,
        kind=likely_kind(name, mail),
        domains=tuple(sorted(mail)),
        spellings=spellings,
        people=frozenset(people),
    )


def likely_kind(name: str, domains: Iterable[str] = ()) -> OrganisationKind:
    """Return what an organisation seems to be by its name and domains; a person says what it is."""
    plain = name.casefold()
    ends = tuple(domains)
    for kind, words, endings in (
        (OrganisationKind.SCHOOL, _SCHOOL, (".ac.jp", ".edu", ".ed.jp")),
        (OrganisationKind.PUBLIC, _PUBLIC, (".go.jp", ".lg.jp", ".gov")),
        (OrganisationKind.NONPROFIT, _NONPROFIT, ()),
    ):
        if any(word in plain for word in words) or any(
            one.endswith(endings) for one in ends if endings
        ):
            return kind
    return OrganisationKind.OTHER
