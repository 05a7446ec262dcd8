"""Links in profiles: some members name their connpass account, and a few name one not their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jibungoto.demo.aliases import Alias
from jibungoto.demo.people import Habit, Person, Sort
from jibungoto.demo.rhythm import DAY
from jibungoto.demo.town import Town

OWN = 12
"""So many helpers name their own account."""

_ACCOUNT = "https://connpass.com/user/{}"
_GROUP = "https://yamabiko.connpass.example/"


@dataclass(frozen=True, slots=True)
class ProfileLink:
    """A link in somebody's profile on Slack; ``is_own`` says whether the account is theirs."""

    slack: str
    address: str
    is_own: bool


def profile_links(town: Town, aliases: Iterable[Alias]) -> tuple[ProfileLink, ...]:
    """Return every link that people put into their profiles.

    Besides their own accounts there are three temptations: the team all name the account under
    which events are announced, which is one person's; a newcomer names that of the helper who
    invited them; and some name the page of the whole group.
    """
    known = {one.slack: one for one in aliases}
    return tuple(_links(town, known))


def _links(town: Town, known: dict[str | None, Alias]) -> Iterator[ProfileLink]:
    lasting = [one for one in town.people if _is_lasting(one, town.rhythm.end)]
    staying = [one for one in lasting if one.habit is Habit.HELPS][:OWN]
    for number, one in enumerate(staying):
        yield ProfileLink(one.id, _account(known[one.id]), is_own=True)
        if number % 3 == 0:
            yield ProfileLink(one.id, _GROUP, is_own=False)
    invited = next(one for one in reversed(lasting) if one.habit is Habit.SPEAKS)
    yield ProfileLink(invited.id, _account(known[staying[0].id]), is_own=False)
    team = [one for one in town.people if one.sort is Sort.STAFF]
    for one in team:
        yield ProfileLink(one.id, _account(known[team[0].id]), is_own=one is team[0])


def _is_lasting(one: Person, end: int) -> bool:
    is_member = one.sort is Sort.MEMBER and not one.deleted
    return is_member and one.until >= end and one.joined_at < end - 60 * DAY


def _account(alias: Alias) -> str:
    return _ACCOUNT.format(alias.connpass_user)
