"""One entry of a feed: its page, when it came out, who wrote it, and what kind of work it is."""

from __future__ import annotations

import calendar
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from jibungoto.gather.addresses import account_in, canonical, host_of
from jibungoto.gather.events.tags import tags_in
from jibungoto.gather.moments import moment_of
from jibungoto.gather.people.roll import clean, email_in
from jibungoto.gather.readers import feed_words as words
from jibungoto.gather.text import TextFacts, facts_of
from jibungoto.ledger.activity import AtPrecision
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.words import Words

Json = Mapping[str, Any]

_SLIDES = ("speakerdeck.com", "slideshare.net", "docswell.com", "slides.com")
_VIDEO = ("youtube.com", "vimeo.com", "nicovideo.jp", "twitch.tv")
_TAG = re.compile(
    r"<(?:script|style)\b.*?</(?:script|style)\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE
)
_EARLIEST, _LATEST = 631_152_000, 4_102_444_800


@dataclass(frozen=True, slots=True)
class Writer:
    """An author as an entry names them: a name, a page of their own, a typed address."""

    name: str
    page: str = ""
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry that can be read."""

    page: str
    """The page's canonical address, or the entry's id where it has none."""
    kind: Kind
    at: int
    precision: AtPrecision
    updated: int | None
    writers: tuple[Writer, ...]
    facts: TextFacts | None
    tags: tuple[str, ...] = ()

    @property
    def has_address(self) -> bool:
        """Whether ``page`` is an address."""
        return self.page.startswith("https://")


def piece_of(entry: Json, zone: ZoneInfo, *, is_rss: bool) -> Piece | Words:
    """Return what an entry tells, or why it cannot be read."""
    page = _page_of(entry)
    if not page:
        return words.NO_ADDRESS
    updated = _moment(entry, "updated", zone=zone)
    published = _moment(entry, "published", zone=zone) or _moment(entry, "created", zone=zone)
    if published is None and is_rss:  # There, dc:date is the only date, and the one it came out.
        published = updated
    when = published or updated
    if when is None:
        return words.NO_TIME
    at, has_time = when
    exact = AtPrecision.EXACT if has_time else AtPrecision.NOT_BEFORE
    return Piece(
        page=page,
        kind=kind_of(page),
        at=at,
        precision=exact if published else AtPrecision.NOT_AFTER,
        updated=updated[0] if updated else None,
        writers=tuple(writers_in(entry)),
        facts=_facts(entry),
        tags=tags_in(_categories(entry)),
    )


def is_out(entry: Json) -> bool:
    """Say whether an entry has been published: archives of whole blogs hold drafts as well."""
    state = str(dict.get(dict(entry), "wp_status", "publish"))
    return state == "publish" and str(entry.get("wp_post_type", "post")) == "post"


def kind_of(page: str) -> Kind:
    """Return what kind of work stands at an address, by its host."""
    host = host_of(page)
    if any(host == one or host.endswith(f".{one}") for one in _SLIDES):
        return Kind.SLIDES
    is_video = any(host == one or host.endswith(f".{one}") for one in _VIDEO)
    return Kind.VIDEO if is_video else Kind.ARTICLE


def writers_in(told: Json) -> Iterator[Writer]:
    """Yield whom an entry or a feed names as its authors."""
    named = dict.get(dict(told), "authors") or [dict.get(dict(told), "author_detail")]
    met = set()
    for one in named if isinstance(named, list) else ():
        if not isinstance(one, Mapping):
            continue
        name = clean(str(one.get("name") or ""))
        page = canonical(str(one.get("href") or "")) or ""
        if name and name not in met:
            met.add(name)
            yield Writer(name, page, email_in(str(one.get("email") or "")))


def site_in(channel: Json) -> str:
    """Return where a feed belongs, as one author's own address without a scheme, or nothing."""
    address = canonical(_text(channel, "link")) or _own_address(channel) or ""
    return account_in(address) or address.removeprefix("https://")


def _own_address(channel: Json) -> str | None:
    """Return the address a feed gives as its own, up to the folder it stands in."""
    for link in channel.get("links") or ():
        if isinstance(link, Mapping) and link.get("rel") == "self":
            address = canonical(str(link.get("href") or ""))
            return f"https://{host_of(address)}" if address else None
    return None


def _page_of(entry: Json) -> str:
    for name in ("feedburner_origlink", "link"):
        if page := canonical(_text(entry, name)):
            return page
    own = clean(_text(entry, "id"))
    return canonical(own) or own


def _moment(entry: Json, name: str, *, zone: ZoneInfo) -> tuple[int, bool] | None:
    """Return a time and whether it is one; what is written without a zone is local."""
    told = dict(entry)  # feedparser's own mapping answers "updated" with "published"
    moment = moment_of(str(told.get(name) or ""), zone)
    if moment is not None:
        return moment.seconds, moment.has_time
    parsed = told.get(f"{name}_parsed")
    if not isinstance(parsed, time.struct_time):
        return None
    at = calendar.timegm(parsed)
    return (at, True) if _EARLIEST <= at < _LATEST else None


def _facts(entry: Json) -> TextFacts | None:
    """Return what is kept of the whole text, where the feed carries it; a summary is none."""
    content = entry.get("content")
    first = content[0] if isinstance(content, list) and content else None
    text = first.get("value") if isinstance(first, Mapping) else None
    return facts_of(_TAG.sub(" ", text)) if isinstance(text, str) and text else None


def _categories(entry: Json) -> Iterator[object]:
    """Yield what an entry is filed under: its categories, as their names are shown or written."""
    told = dict.get(dict(entry), "tags")
    for one in told if isinstance(told, list) else ():
        if isinstance(one, Mapping):
            yield one.get("label") or one.get("term")


def _text(told: Json, name: str) -> str:
    found = dict(told).get(name)
    return found if isinstance(found, str) else ""
