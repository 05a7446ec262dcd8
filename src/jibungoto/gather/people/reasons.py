"""Why two names may be one person's: each reason in words, and how much it says."""

from __future__ import annotations

from enum import StrEnum

from jibungoto.ledger.words import Words


class Reason(StrEnum):
    """Why two handles may be one person; ``words`` says it, ``weight`` how much it says."""

    ADDRESS = "address"
    NAME = "name"
    HANDLE = "handle"
    LOCAL_PART = "local_part"
    NAME_AS_HANDLE = "name_as_handle"
    PART_OF_NAME = "part_of_name"
    READING = "reading"
    INITIAL = "initial"
    LINK = "link"
    COMPANY = "company"

    @property
    def words(self) -> Words:
        """What a person reads."""
        return _REASONS[self][0]

    @property
    def weight(self) -> float:
        """The share of pairs with this reason alone that would be one person (an estimate)."""
        return _REASONS[self][1]


_REASONS: dict[Reason, tuple[Words, float]] = {
    Reason.ADDRESS: (Words("メールアドレスが同じ", "the same e-mail address"), 0.95),
    Reason.NAME: (
        Words(
            "名前が同じ(異体字・全角半角・語順は問わない)",
            "the same name, variants and order aside",
        ),
        0.85,
    ),
    Reason.HANDLE: (Words("ユーザー名が同じ", "the same user name"), 0.75),
    Reason.LOCAL_PART: (
        Words(
            "メールの@より前がもう一方のメールかユーザー名と同じ",
            "an e-mail address whose first part is the other's address or user name",
        ), 0.65
    ),
    Reason.NAME_AS_HANDLE: (Words("ユーザー名が名前と同じ", "a user name that is the name"), 0.75),
    Reason.PART_OF_NAME: (
        Words(
            "姓名は同じで、ほかの名が加わる",
            "the same name but for a middle or second family name",
        ),
        0.65,
    ),
    Reason.READING: (Words("読みが同じ", "the same reading"), 0.65),
    Reason.INITIAL: (
        Words("ユーザー名が頭文字と姓", "a user name of an initial and the family name"), 0.4
    ),
    Reason.LINK: (
        Words(
            "プロフィールにもう一方のアカウントへのリンクがある",
            "a profile that links to the other's account",
        ), 0.65
    ),
    Reason.COMPANY: (Words("会社が同じ", "the same company"), 0.25),
}  # fmt: skip


IMPLIED = (
    (Reason.LOCAL_PART, Reason.ADDRESS),
    (Reason.LOCAL_PART, Reason.HANDLE),
    (Reason.NAME_AS_HANDLE, Reason.HANDLE),
    (Reason.INITIAL, Reason.HANDLE),
    (Reason.INITIAL, Reason.NAME_AS_HANDLE),
    (Reason.READING, Reason.NAME),
    (Reason.NAME_AS_HANDLE, Reason.NAME),
    (Reason.INITIAL, Reason.NAME),
    (Reason.PART_OF_NAME, Reason.NAME),
)
"""What says nothing more once the second is known."""
