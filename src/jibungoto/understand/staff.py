"""Who works for you: proposals from admin flags and mail domains, decided by a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jibungoto.ledger.words import Words

FREE_MAIL = frozenset(
    {
        *("gmail.com", "googlemail.com", "outlook.com", "outlook.jp", "hotmail.com"),
        *("hotmail.co.jp", "live.com", "live.jp", "msn.com", "yahoo.com", "yahoo.co.jp"),
        *("ymail.ne.jp", "icloud.com", "me.com", "mac.com", "aol.com", "proton.me"),
        *("protonmail.com", "gmx.com", "gmx.de", "web.de", "mail.com", "zoho.com"),
        *("fastmail.com", "docomo.ne.jp", "ezweb.ne.jp", "au.com", "softbank.ne.jp"),
        *("i.softbank.jp", "ymobile.ne.jp"),
    }
)
"""Domains anybody can have an address on: they say nothing about an employer."""

IS_ADMIN = Words("ワークスペースの管理者です", "administers the workspace")


@dataclass(frozen=True, slots=True)
class Colleague:
    """What is known of somebody who may be staff; ``emails`` are addresses a source verified."""

    person: int
    name: str
    is_admin: bool
    is_bot: bool
    emails: tuple[str, ...] = ()

    @property
    def domains(self) -> frozenset[str]:
        """The domains of the addresses that could name an employer."""
        found = (email.rpartition("@")[2].lower() for email in self.emails if "@" in email)
        return frozenset(found) - FREE_MAIL


@dataclass(frozen=True, slots=True)
class StaffProposal:
    """Somebody proposed as staff, with the reasons."""

    person: int
    name: str
    reasons: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """How many people have an address that could name an employer, and how many on each domain."""

    addressed: int
    having: Mapping[str, int]


def spread_of(colleagues: Sequence[Colleague]) -> Spread:
    """Count the addresses of everybody there is."""
    having = Counter(domain for c in colleagues for domain in c.domains)
    return Spread(sum(bool(c.domains) for c in colleagues), having)


def company_domains(
    colleagues: Sequence[Colleague], everybody: Spread | None = None
) -> tuple[str, ...]:
    """Return the mail domains that at least two administrators, or all of them, share.

    A domain most of the community has (over half of those with an address) names the community,
    not the host, and is not proposed. ``everybody`` is counted where ``colleagues`` are not all.
    """
    admins = [c for c in colleagues if c.is_admin and not c.is_bot and c.domains]
    counted = Counter(domain for c in admins for domain in c.domains)
    spread = everybody or spread_of(colleagues)
    needed = min(2, len(admins))
    return tuple(
        sorted(
            domain
            for domain, count in counted.items()
            if count >= needed and 2 * spread.having.get(domain, 0) <= spread.addressed
        )
    )


def proposals(colleagues: Sequence[Colleague], domains: Iterable[str]) -> list[StaffProposal]:
    """Return everybody who administers, or has an address on one of the domains; never a bot."""
    wanted = {domain.lower() for domain in domains}
    found = []
    for colleague in colleagues:
        if colleague.is_bot:
            continue
        reasons = [IS_ADMIN] if colleague.is_admin else []
        reasons += [
            Words("{domain} のアドレスです", "has an address at {domain}").filled(domain=domain)
            for domain in sorted(colleague.domains & wanted)
        ]
        if reasons:
            found.append(StaffProposal(colleague.person, colleague.name, tuple(reasons)))
    return found
