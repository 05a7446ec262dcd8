"""What speaks against a profile's link: a full name that is another's, or a name of somebody else.

A link joins two names by itself, so a wrong one would join two people. Nothing is said against it
where the two cannot be compared: a nickname, or kanji beside romaji.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import permutations

from jibungoto.gather.people.spellings import is_full, names_in, reading_of

_KANJI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_APART = re.compile(r"[._-]+")
_JOINTS = ("", " ", "-", "_", ".")
_MOST_WORDS = 3


def contradict(one: Iterable[str], other: Iterable[str]) -> bool:
    """Say whether two people's names are full, can be compared, and have nothing in common."""
    of_one, of_other = list(_full(one)), list(_full(other))
    in_kanji = [_in_kanji(of_one), _in_kanji(of_other)]
    heard = [_heard(of_one), _heard(of_other)]
    if _share_kanji(*in_kanji) or heard[0] & heard[1]:
        return False
    return all(in_kanji) or all(heard)


def _full(names: Iterable[str]) -> Iterable[str]:
    """Return what among these is a full name, folded: more than a nickname or a first name."""
    return (part for name in names for part in names_in(name) if is_full(part))


def _in_kanji(names: Iterable[str]) -> set[str]:
    return {name for name in names if _KANJI.search(name)}


def _heard(names: Iterable[str]) -> set[str]:
    """Return how the words of names in kana or romaji sound; of one letter they say nothing."""
    words = {word for name in names for word in name.split() if not _KANJI.search(word)}
    return {sound for word in words if len(word) > 1 and (sound := reading_of(word))}


def _share_kanji(one: set[str], other: set[str]) -> bool:
    """Say whether a word of one stands in the other; 田中太郎 has no space between its words."""
    return any(_begin_or_end_alike(a, b) for a in one for b in other)


def _begin_or_end_alike(one: str, other: str) -> bool:
    plain, beside = "".join(one.split()), "".join(other.split())
    is_word = any(len(word) > 1 and word in beside for word in one.split())
    is_word = is_word or any(len(word) > 1 and word in plain for word in other.split())
    return is_word or plain[:2] == beside[:2] or plain[-2:] == beside[-2:]


def spellings_of(account: str) -> frozenset[str]:
    """Return what somebody would be called whose own the account of this address is.

    ``github.com/aki-yamada`` may be Aki Yamada's, Yamada Aki's, or that of aki.yamada.
    """
    host, _, path = account.partition("/")
    own = (path.rpartition("/")[2] or host.partition(".")[0]).casefold()
    words = [word for word in _APART.split(own) if word]
    if not 1 < len(words) <= _MOST_WORDS:
        return frozenset({own})
    return frozenset({own}) | {
        joint.join(order) for order in permutations(words) for joint in _JOINTS
    }
