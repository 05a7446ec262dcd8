"""Look-alikes: which handles may be one person, and why; nobody is joined on a likeness.

Every reason is a key that two handles share. Handles are paired inside the groups of a key, so
the work grows with the handles, never with their square. Common names are capped: a key that more
than ``NAMESAKES`` accounts of one source share supports a proposal but makes none, and nobody is
paired in a group of more than ``CROWDED`` unless a company or an address is shared as well.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Flag, auto
from itertools import combinations

from jibungoto.gather.people.reasons import IMPLIED, Reason
from jibungoto.gather.people.spellings import (
    company,
    folded,
    is_full,
    names_in,
    readings_of,
    swapped,
    without_order,
)

NAMESAKES = 1
"""What more accounts of one source than this share is common and makes no proposal alone.

Two accounts that a source keeps apart are two people: of those who share their name elsewhere,
half at best are who they seem.
"""

CROWDED = 40
"""In a group of more handles than this, only those who share something more are paired."""

_LEAST = 0.6
_SUPPORT = 0.3
"""How much of its weight a common key keeps."""

_MAY_BE_A_FIRST_NAME = 0.45
_ONLY_ONE_FITS = 0.62
_SHORTEST_HANDLE = 5
_NOBODY = frozenset(
    re.findall(
        r"[^|]+",
        "退会ゆーざー|退会したゆーざー|退会済みゆーざー|匿名|ななし|名無し|名前なし|げすと|不明|非公開|参加者"
        "|主催者|運営|運営事務局|事務局|未登録|該当なし"
        "|no name|no author|deleted user|former user|unknown user|zoom user",
    )
)
"""Folded names that stand where a name is missing: they are nobody's."""

_NOT_LETTERS = re.compile(r"[^a-z]+")
_SEPARATORS = re.compile(r"[._-]+")
_ROLES = frozenset(
    re.findall(
        r"\w+",
        "admin administrator billing bot community contact dev developer events guest hello help"
        " info inquiry jimukyoku mail marketing member noreply office organizer owner press recruit"
        " root sales security staff support team test unknown user webmaster anonymous deleted"
        " galaxy ipad iphone noname none null pixel zoom",
    )
)
_UNDELIVERABLE = re.compile(
    r"@(?:localhost|[^@]*\.local|[^@]*\.\(none\)|[^@]*\.localdomain|(?:[^@]*\.)?example\.\w+"
    r"|[^@]*noreply[^@]*|[^@.]+)$|^[^@]*no-?reply"
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one handle: its number, its source, and what it says of its person.

    ``address`` is any e-mail address, proven or typed; ``organisation`` whom it names as employer.
    ``account`` is the address of its own account, ``links`` are those its profile names.
    ``is_settled`` marks a source that keeps two of its accounts apart: those are two people.
    """

    number: int
    source: str
    names: tuple[str, ...] = ()
    handle: str = ""
    address: str = ""
    reading: str = ""
    organisation: str = ""
    is_settled: bool = True
    account: str = ""
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Two handles that may be one person, the smaller number first, with every reason for it."""

    one: int
    other: int
    reasons: tuple[Reason, ...]
    score: float


def is_proof(address: str) -> bool:
    """Say whether an address is one person's own and can be reached (domain.md 0, BR23)."""
    local, at, _ = address.casefold().partition("@")
    if not at or not local or _UNDELIVERABLE.search(address.casefold()):
        return False
    return local.partition("+")[0] not in _ROLES


_Key = tuple[Reason, str]
_Pair = tuple[int, int]
_Keys = dict[_Key, "_Side"]


class _Side(Flag):
    """What of a handle gave a key: two of one side say nothing, but for those of ``EITHER``.

    A name says something of a user name, and what stands beside a name (a team, a nickname) of
    another's name; that two write the same beside their names does not make them one.
    """

    EITHER = auto()
    NAME = auto()
    HANDLE = auto()
    BESIDE = auto()

    def speaks_to(self, other: _Side) -> bool:
        """Say whether a key that these sides gave says something of those."""
        return bool(_Side.EITHER & self) or self is not other or len(self) > 1


def look_alikes(handles: Iterable[Known], *, most: int = 100_000) -> list[LookAlike]:
    """Return the pairs worth a person's look, the likeliest first, at most so many."""
    listed = list(handles)
    companies = frozenset(company(one.organisation) for one in listed if one.organisation)
    keys = [_sides_by_key(_keys_of(one, companies)) for one in listed]
    groups: dict[_Key, list[int]] = defaultdict(list)
    for place, own in enumerate(keys):
        for key in own:
            groups[key].append(place)
    shared = {key: group for key, group in groups.items() if len(group) > 1}
    namesakes = _namesakes(shared)
    weights = {
        key: _weight(
            key, group, alike=namesakes.get(_letters(key), group), listed=listed, keys=keys
        )
        for key, group in shared.items()
    }
    found = []
    for pair in _pairs(shared, listed, keys=keys):
        reasons, score = _weighed(keys[pair[0]], keys[pair[1]], weights=weights)
        if score >= _LEAST:
            found.append(LookAlike(*_numbers(pair, listed), reasons, score))
    found.sort(key=lambda one: (-one.score, one.one, one.other))
    return found[:most]


def _sides_by_key(found: Iterable[tuple[_Key, _Side]]) -> _Keys:
    keys: _Keys = {}
    for key, side in found:
        keys[key] = keys[key] | side if key in keys else side
    return keys


def _keys_of(one: Known, companies: frozenset[str]) -> Iterator[tuple[_Key, _Side]]:
    """Yield everything of a handle that another could share."""
    yield from _keys_of_names(one.names, companies=companies)
    if one.reading:
        yield from _sounds(folded(one.reading))
    if one.handle:
        yield from _keys_of_handle(folded(one.handle))
        yield from _keys_of_user_name(one.handle.casefold())
    if is_proof(one.address):
        yield from _keys_of_address(one.address.casefold())
    if one.account:
        yield (Reason.LINK, one.account), _Side.HANDLE
    yield from (((Reason.LINK, account), _Side.NAME) for account in one.links)
    if employer := company(one.organisation):
        yield (Reason.COMPANY, employer), _Side.EITHER


def _keys_of_names(
    names: Iterable[str], *, companies: frozenset[str]
) -> Iterator[tuple[_Key, _Side]]:
    """Yield the keys of display names: what stands beside a name first, so that names prevail."""
    own: dict[str, None] = {}
    beside: dict[str, None] = {}
    for written in names:
        parts = [part for part in names_in(written) if part not in _NOBODY]
        employers = {part: employer for part in parts if (employer := company(part)) in companies}
        parts = [part for part in parts if part not in employers]
        yield from (((Reason.COMPANY, one), _Side.EITHER) for one in employers.values())
        full = next((part for part in parts if is_full(part)), "")
        own |= dict.fromkeys(part for part in (*parts[:1], full) if part)
        beside |= dict.fromkeys(parts)
    for part in beside:
        if part not in own:
            for key, side in _keys_of_part(part):
                yield key, _Side.BESIDE if side is _Side.EITHER else side
    for part in own:
        yield from _keys_of_part(part)


def _keys_of_part(part: str) -> Iterator[tuple[_Key, _Side]]:
    return _keys_of_full(part) if is_full(part) else _keys_of_handle(part)


def _keys_of_full(name: str) -> Iterator[tuple[_Key, _Side]]:
    yield from _sounds(name)
    yield (Reason.NAME, without_order(name)), _Side.EITHER
    yield (Reason.NAME, without_order(swapped(name))), _Side.EITHER
    words = name.split()
    if not name.isascii():
        return
    first, last = words[0], words[-1]
    for letters in ("".join(words), last + first):
        yield (Reason.NAME_AS_HANDLE, letters), _Side.NAME
    for letters in (first[0] + last, first + last[0], last + first[0]):
        yield (Reason.INITIAL, letters), _Side.NAME
    for part in {f"{first} {last}", " ".join(words[:2])}:
        yield (Reason.PART_OF_NAME, part), _Side.EITHER


def _keys_of_handle(handle: str) -> Iterator[tuple[_Key, _Side]]:
    letters = _NOT_LETTERS.sub("", handle)
    if len(letters) >= _SHORTEST_HANDLE and letters not in _ROLES:
        yield (Reason.HANDLE, handle), _Side.EITHER
        yield (Reason.NAME_AS_HANDLE, letters), _Side.HANDLE
        yield (Reason.INITIAL, letters), _Side.HANDLE


def _keys_of_user_name(name: str) -> Iterator[tuple[_Key, _Side]]:
    """Yield the first part of an address that somebody would choose like their user name."""
    if len(name) >= _SHORTEST_HANDLE and name not in _ROLES:
        yield (Reason.LOCAL_PART, _SEPARATORS.sub(".", name)), _Side.HANDLE


def _keys_of_address(address: str) -> Iterator[tuple[_Key, _Side]]:
    local = address.partition("@")[0].partition("+")[0]
    yield (Reason.ADDRESS, address), _Side.EITHER
    if len(local) >= _SHORTEST_HANDLE:
        yield (Reason.LOCAL_PART, _SEPARATORS.sub(".", local)), _Side.EITHER
        for (reason, value), side in _keys_of_handle(local):
            if reason is not Reason.HANDLE:
                yield (reason, value), side


def _sounds(name: str) -> Iterator[tuple[_Key, _Side]]:
    """Yield how a full name in kana or romaji sounds, with and without its spaces."""
    for reading in readings_of(name):
        yield (Reason.READING, reading), _Side.EITHER


def _letters(key: _Key) -> _Key:
    """Return a key so that a name in another order or spacing is the same."""
    return key[0], "".join(sorted(key[1]))


def _namesakes(groups: Mapping[_Key, list[int]]) -> dict[_Key, list[int]]:
    """Return who shares a name or its reading, however each of them orders and spaces it.

    佐藤 健 gives a key more than 佐藤健 does; the cap on common names must hold for both.
    """
    found: dict[_Key, dict[int, None]] = defaultdict(dict)
    for key, group in groups.items():
        if key[0] in {Reason.NAME, Reason.READING}:
            found[_letters(key)] |= dict.fromkeys(group)
    return {letters: list(group) for letters, group in found.items()}


def _weight(
    key: _Key, group: list[int], *, alike: list[int], listed: list[Known], keys: list[_Keys]
) -> float:
    """Return what a key says: in full where it is rare among the accounts of every source.

    ``alike`` is who shares it in any order and spacing.
    """
    reason, value = key
    in_one = Counter(listed[place].source for place in alike if listed[place].is_settled)
    if len(group) > CROWDED or max(in_one.values(), default=0) > NAMESAKES:
        return reason.weight * _SUPPORT
    are_addresses = all(_Side.HANDLE not in keys[place][key] for place in group)
    if reason is Reason.LOCAL_PART and value.isalpha() and are_addresses:
        return _MAY_BE_A_FIRST_NAME
    if reason is Reason.INITIAL and len(group) == 2:
        return _ONLY_ONE_FITS
    return reason.weight


def _pairs(
    groups: Mapping[_Key, list[int]], listed: list[Known], *, keys: list[_Keys]
) -> Iterator[_Pair]:
    """Yield every pair of a group once; of a crowded group those who share something more."""
    met: set[_Pair] = set()
    for key, group in groups.items():
        if key[0] is Reason.COMPANY:
            continue
        for close in [group] if len(group) <= CROWDED else _closer(group, keys):
            for pair in combinations(close, 2):
                if pair not in met and _may_be_one(listed[pair[0]], listed[pair[1]]):
                    met.add(pair)
                    yield pair


def _closer(group: list[int], keys: list[_Keys]) -> Iterator[list[int]]:
    """Yield those of a crowded group who also share a company or an address."""
    closer: dict[_Key, list[int]] = defaultdict(list)
    for place in group:
        for key in keys[place]:
            if key[0] in {Reason.COMPANY, Reason.ADDRESS, Reason.LOCAL_PART}:
                closer[key].append(place)
    yield from (close for close in closer.values() if 1 < len(close) <= CROWDED)


def _may_be_one(one: Known, other: Known) -> bool:
    return one.source != other.source or not (one.is_settled and other.is_settled)


def _weighed(
    one: _Keys, other: _Keys, *, weights: Mapping[_Key, float]
) -> tuple[tuple[Reason, ...], float]:
    """Weigh all that two handles share; each reason once, as if they were independent."""
    said: dict[Reason, float] = {}
    for key, side in one.items():
        if key in other and side.speaks_to(other[key]):
            said[key[0]] = max(said.get(key[0], 0.0), weights[key])
    for weaker, stronger in IMPLIED:
        if stronger in said:
            said.pop(weaker, None)
    doubt = 1.0
    for weight in said.values():
        doubt *= 1 - weight
    return tuple(sorted(said)), round(1 - doubt, 4)


def _numbers(pair: _Pair, listed: list[Known]) -> tuple[int, int]:
    one, other = sorted((listed[pair[0]].number, listed[pair[1]].number))
    return one, other
