"""Organisation: whom people work, study or speak for, as a person has said it."""

from __future__ import annotations

from enum import StrEnum

from jibungoto.ledger.person import PersonKind
from jibungoto.ledger.words import Words


class OrganisationKind(StrEnum):
    """What an organisation is to the community (domain.md 4.1)."""

    OWN = "own"
    PARTNER = "partner"
    CUSTOMER = "customer"
    PUBLIC = "public"
    SCHOOL = "school"
    NONPROFIT = "nonprofit"
    OTHER = "other"

    @property
    def words(self) -> Words:
        """What a person reads."""
        return _WORDS[self]

    @property
    def capacity(self) -> PersonKind | None:
        """In which capacity its people take part while they belong to it; None says nothing."""
        return _CAPACITIES.get(self)


_WORDS = {
    OrganisationKind.OWN: Words("自社(運営)", "our own"),
    OrganisationKind.PARTNER: Words("パートナー", "partner"),
    OrganisationKind.CUSTOMER: Words("顧客", "customer"),
    OrganisationKind.PUBLIC: Words("行政・公共", "public body"),
    OrganisationKind.SCHOOL: Words("学校・研究機関", "school or research"),
    OrganisationKind.NONPROFIT: Words("非営利・コミュニティ", "non-profit or community"),
    OrganisationKind.OTHER: Words("その他", "other"),
}
_CAPACITIES = {
    OrganisationKind.OWN: PersonKind.STAFF,
    OrganisationKind.PARTNER: PersonKind.PARTNER,
}
