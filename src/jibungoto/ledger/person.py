"""Person and handle: who stands behind the names in the tools."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PersonKind(StrEnum):
    """In which capacity a person takes part; only members count in member measures."""

    MEMBER = "member"
    STAFF = "staff"
    PARTNER = "partner"
    BOT = "bot"
    GUEST = "guest"


@dataclass(frozen=True, slots=True)
class Handle:
    """A name in one source, as its export gives it.

    ``actor`` is the pseudonym that stands in the log, ``outside_id`` the source's own id.
    ``is_admin`` and ``is_bot`` are the source's flags and only propose a person's kind.
    ``email`` is None unless the source itself verified it; ``typed_email`` is what somebody
    typed, a file's author or a Zoom name: it may propose that two are one, and joins nobody.
    ``reading`` is the name in kana or romaji where the source gives it. ``is_name_only`` marks a
    handle for which the source has no id, so that namesakes cannot be told apart. ``links`` are
    accounts elsewhere that they name as theirs in their own profile, such as ``github.com/aki``;
    ``user_name`` is what the source itself calls them where they are shown by another name.
    """

    actor: str
    outside_id: str
    name: str = ""
    display_name: str = ""
    email: str | None = None
    zone: str | None = None
    is_admin: bool = False
    is_bot: bool = False
    is_guest: bool = False
    is_deleted: bool = False
    is_mentioned_only: bool = False
    is_name_only: bool = False
    reading: str = ""
    typed_email: str | None = None
    organisation: str = ""
    links: tuple[str, ...] = ()
    user_name: str = ""
