"""How people are shown: by the fullest of their names, found by any of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jibungoto.gather.people.spellings import is_full, names_in
from jibungoto.ledger.names import folded, search_text
from jibungoto.records.models import HandleRow, PersonRow

_KANJI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA = re.compile(r"[\u3041-\u3096\u30fc\s]+")

Told = Mapping[str, Any]


def shown_as(handles: Sequence[Told]) -> dict[str, str]:
    """Return a person's shown name, reading and search text from the handles that lead to them.

    Who has one handle goes by what that source shows; who has several by the fullest name.
    """
    names = [name for h in handles for name in (h["display_name"], h["name"]) if name]
    outside = handles[0]["outside_id"] if handles else ""
    shown = fullest(names) if len(handles) > 1 else next(iter(names), "")
    readings = [h["reading"] for h in handles if h["reading"]]
    called = [user_name for h in handles if (user_name := h.get("user_name", ""))]
    return {
        "name": shown or outside,
        "reading": folded(readings[0]) if readings else _own_reading(shown),
        "search": search_text([*(names or [outside]), *readings, *called]),
    }


def fullest(names: Iterable[str]) -> str:
    """Return the name that says most, the first of equals: in full, plain, in kanji, in kana."""
    return max(names, key=_fullness, default="")


def _fullness(name: str) -> tuple[bool, bool, int, int]:
    parts = names_in(name)
    own = parts[0] if parts else ""
    script = 2 if _KANJI.search(name) else 0 if name.isascii() else 1
    return is_full(own), len(parts) == 1, script, len(own)


def _own_reading(name: str) -> str:
    """Return a name that is its own reading, being written in kana; else nothing."""
    plain = folded(name)
    return plain if _KANA.fullmatch(plain) else ""


def name_people(people: Iterable[int]) -> None:
    """Write again how these people are shown, after their handles changed.

    Who is merged into somebody keeps the name of the handle they came with.
    """
    rows = PersonRow.objects.filter(pk__in=list(people))
    changed = []
    for person in rows.prefetch_related("handles", "born_handles"):
        handles = list(person.handles.all()) or list(person.born_handles.all())
        shown = shown_as([_told(one) for one in sorted(handles, key=lambda one: one.pk)])
        if any(getattr(person, name) != value for name, value in shown.items()):
            for name, value in shown.items():
                setattr(person, name, value)
            changed.append(person)
    PersonRow.objects.bulk_update(changed, ["name", "reading", "search"], batch_size=400)


def _told(handle: HandleRow) -> dict[str, str]:
    return {
        "display_name": handle.display_name,
        "name": handle.name,
        "outside_id": handle.outside_id,
        "reading": handle.reading,
        "user_name": handle.user_name,
    }
