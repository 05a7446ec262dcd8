"""What changed from one version of a plan to the next, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from msgspec import Struct, structs

from jibungoto.ledger.words import Words
from jibungoto.plan.names import KINDS, UNTOLD, name_of, told
from jibungoto.plan.owwh import Plan
from jibungoto.plan.text import Text


@dataclass(frozen=True, slots=True)
class Change:
    """One change: where, in the words of the file and of people, and what stood there.

    ``before`` or ``after`` is None where there was nothing, or is nothing any more.
    """

    place: str
    name: Words
    before: Words | None
    after: Words | None

    @property
    def words(self) -> Words:
        """The change as one sentence."""
        if self.before is None and self.after is not None:
            return _joined(ADDED, self.name, what=self.after)
        if self.after is None and self.before is not None:
            return _joined(GONE, self.name, what=self.before)
        before, after = self.before or NOTHING, self.after or NOTHING
        return Words(
            ja=CHANGED.ja.format(name=self.name.ja, before=before.ja, after=after.ja),
            en=CHANGED.en.format(name=self.name.en, before=before.en, after=after.en),
        )


NOTHING = Words("空欄", "nothing")
ADDED = Words("{name}に「{told}」を加えた", "{name}: added “{told}”")
GONE = Words("{name}の「{told}」をなくした", "{name}: took out “{told}”")
IN_JAPANESE, IN_ENGLISH = "{told} (in Japanese)", "{told}(英語)"
CHANGED = Words("{name}: 「{before}」→「{after}」", "{name}: “{before}” became “{after}”")


def _joined(words: Words, name: Words, *, what: Words) -> Words:
    return Words(
        ja=words.ja.format(name=name.ja, told=what.ja),
        en=words.en.format(name=name.en, told=what.en),
    )


def changes_between(before: Plan, after: Plan) -> tuple[Change, ...]:
    """Return what changed, in the order of the plan; what has a key is followed by it."""
    return tuple(_of(before, after, place="", name=Words("", "")))


def _of(before: Any, after: Any, *, place: str, name: Words) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, Struct) and isinstance(after, Struct) and not isinstance(before, Text):
        for one in structs.fields(before):
            if one.name in UNTOLD:
                continue
            dot = "." if place else ""
            yield from _of(
                getattr(before, one.name),
                getattr(after, one.name),
                place=f"{place}{dot}{one.encode_name}",
                name=_within(name, name_of(one.name)),
            )
    elif isinstance(before, tuple) and isinstance(after, tuple) and _have_keys(before + after):
        yield from _of_keyed(before, after, place=place, name=name)
    else:
        yield Change(place, name, *_where_it_changed(told(before), told(after)))


def _where_it_changed(
    before: Words | None, after: Words | None
) -> tuple[Words | None, Words | None]:
    """Return what stood and what stands; who reads the other language sees the one that changed."""
    if before is None or after is None or before == after:
        return before, after
    if before.en == after.en:
        old, new = (Words(one.ja, IN_JAPANESE.format(told=one.ja)) for one in (before, after))
        return old, new
    if before.ja == after.ja:
        old, new = (Words(IN_ENGLISH.format(told=one.en), one.en) for one in (before, after))
        return old, new
    return before, after


def _have_keys(those: tuple[Any, ...]) -> bool:
    return any(hasattr(one, "key") for one in those)


def _of_keyed(
    before: tuple[Any, ...], after: tuple[Any, ...], *, place: str, name: Words
) -> Iterator[Change]:
    was, now = {one.key: one for one in before}, {one.key: one for one in after}
    for key in (*was, *(key for key in now if key not in was)):
        where = f"{place}.{key}"
        if key not in now:
            yield Change(where, name, _title(was[key]), None)
        elif key not in was:
            yield Change(where, name, None, _title(now[key]))
        else:
            called = _within(name, _title(was[key]))
            yield from _of(was[key], now[key], place=where, name=called)
    kept = [key for key in was if key in now], [key for key in now if key in was]
    if kept[0] != kept[1]:
        yield Change(place, name, _listed(before, kept[0]), _listed(after, kept[1]))


def _listed(those: tuple[Any, ...], keys: list[str]) -> Words:
    titles = [_title(one) for one in those if one.key in keys]
    return Words(ja="、".join(one.ja for one in titles), en=", ".join(one.en for one in titles))


def _title(one: Any) -> Words:
    """Return what people call one thing that has a key."""
    said = told(getattr(one, KINDS[type(one)]))
    return said or Words(ja=one.key, en=one.key)


def _within(outer: Words, inner: Words) -> Words:
    if not outer.en:
        return inner
    return Words(ja=f"{outer.ja} › {inner.ja}", en=f"{outer.en} › {inner.en}")
