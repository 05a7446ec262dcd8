"""Feeds of blogs, slides and videos (RSS, Atom): what members publish elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from zoneinfo import ZoneInfo

import msgspec

from jibungoto.gather.addresses import account_in, canonical, site_of, without_account
from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.events.attendance import UNDATED
from jibungoto.gather.events.tags import tell_tags
from jibungoto.gather.people.roll import Roll, Tally, clean
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.readers import feed_words as words
from jibungoto.gather.readers.feed_entries import (
    Json,
    Piece,
    Writer,
    is_out,
    piece_of,
    site_in,
    writers_in,
)
from jibungoto.gather.readers.feed_files import Feed, Listed, feed_in, is_feed, is_list, listed_in
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.text import digest63
from jibungoto.ledger.activity import Activity, Visibility
from jibungoto.ledger.source import SOURCE_NAMES, CanTell, SourceKind
from jibungoto.ledger.words import Words

_MOST_SNIFFED = 200
_MOST_AT_ONCE = 5_000
_pack = msgspec.msgpack.Encoder().encode


class FeedReader:
    """Reads feeds that were saved; it fetches nothing.

    Dialects, written from their published descriptions: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0,
    the archive WordPress writes (RSS with more fields), and lists of feeds (OPML), which only
    tell names. None of the samples is a real person's feed.

    ===============================  ==============================================
    an entry                         an article
    one on a site for slides         slides
    one on a site for videos         a video
    its categories, its tags         a tag each: facts of the entry, and nobody's act
    a draft, a page, an attachment   left out
    ===============================  ==============================================

    A feed below an account of a site, or without named authors, has one author: the address it
    belongs to. An entry below somebody's account on such a site is theirs. Any other entry is
    whoever's it names, known by name within that site.
    """

    source = SourceKind("feed", SOURCE_NAMES["feed"])

    def recognises(self, export: Export) -> bool:
        """Say whether feeds or a list of feeds stand in it."""
        entries = export.entries[:_MOST_SNIFFED]
        return any(is_feed(export, one) or is_list(export, one) for one in entries)

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Hand out all feeds; lists first, for they tell what people call them."""
        delivery = _Delivery(conceal, ZoneInfo(choices.zone))
        entries = sorted(export.entries, key=lambda one: one.path)
        lists = [one for one in entries if is_list(export, one)]
        for entry in lists:
            delivery.learn(export, entry)
        for entry in entries:
            if entry not in lists:
                yield from delivery.records(export, entry)
        for entry in lists:
            yield delivery.unsaved(export, entry)
        yield Batch(handles=delivery.roll.handles())
        reading.can_tell = CanTell()


class _Delivery:
    """All feeds of one export."""

    def __init__(self, conceal: Conceal, zone: ZoneInfo) -> None:
        self.roll = Roll(conceal)
        self._conceal = conceal
        self._zone = zone
        self._titles: dict[str, str] = {}
        self._sites: set[str] = set()
        self._seen: set[str] = set()

    def learn(self, export: Export, entry: Entry) -> None:
        """Remember what a list calls the feeds in it."""
        for one in listed_in(export, entry):
            if isinstance(one, Listed) and _site_of(one.page):
                self._titles.setdefault(_site_of(one.page), one.title)

    def records(self, export: Export, entry: Entry) -> Iterator[Batch]:
        """Hand out one file."""
        tally = Tally(entry.path, Batch())
        if not is_feed(export, entry):
            tally.leave_out(words.NO_FEED_FILE)
            yield tally.close()
            return
        feed = feed_in(export, entry)
        if isinstance(feed, Words):
            tally.refuse("", feed)
            yield tally.close()
            return
        house = _House(feed, self._titles)
        self._sites |= house.addresses
        for number in sorted(feed.broken):
            tally.refuse(f"entry {number}", words.BROKEN)
        whole = (number for number in count(1) if number not in feed.broken)
        for number, one in zip(whole, feed.entries, strict=False):
            self._take(one, house, tally=tally, where=f"entry {number}")
            if tally.batch.read >= _MOST_AT_ONCE:
                yield tally.turn()
        if feed.is_cut:
            last = len(feed.entries) + len(feed.broken)
            tally.refuse(f"after entry {last}", words.CUT_OFF)
        yield tally.close()

    def unsaved(self, export: Export, entry: Entry) -> Batch:
        """Return the feeds that only stand in a list."""
        tally = Tally(entry.path, Batch())
        for one in listed_in(export, entry):
            if isinstance(one, Words):
                tally.refuse("", one)
            elif not {_site_of(one.page), canonical(one.address)} & self._sites:
                tally.leave_out(words.ONLY_LISTED)
        return tally.close()

    def _take(self, entry: Json, house: _House, *, tally: Tally, where: str) -> None:
        if not is_out(entry):
            tally.leave_out(words.NOT_OUT)
            return
        piece = piece_of(entry, self._zone, is_rss=house.is_rss)
        if isinstance(piece, Words):
            tally.refuse(where, piece)
            return
        key = self._conceal(f"page:{piece.page if piece.has_address else house.site + piece.page}")
        tally.batch.read += 1
        if key in self._seen:
            tally.batch.repeated += 1
            return
        self._seen.add(key)
        authors, address = self._authors_of(piece, house)
        _write(piece, key, authors=authors, address=address, batch=tally.batch)

    def _authors_of(self, piece: Piece, house: _House) -> tuple[Sequence[str], str | None]:
        """Return an entry's authors, and its address without anybody's account in it."""
        account = house.account or (account_in(piece.page) if piece.has_address else None)
        if account or not house.is_named(piece.writers):
            site = account or house.site
            actor = self._owner(site, house) if site else self._unknown(house)
            shown = without_account(piece.page, site, actor=actor) if site else None
            return [actor], shown if piece.has_address else None
        actors = [self._named(one, house) for one in piece.writers]
        shared = piece.page if piece.has_address and house.has_several else None
        return list(dict.fromkeys(actors)), shared

    def _owner(self, site: str, house: _House) -> str:
        if site not in {house.account, house.site}:
            return self.roll.meet(site, display_name=site.rsplit("/", 1)[-1])
        return self.roll.meet(site, name=house.name, display_name=house.title)

    def _unknown(self, house: _House) -> str:
        return self.roll.meet_by_name(house.name or house.title)

    def _named(self, writer: Writer, house: _House) -> str:
        account = account_in(writer.page) if writer.page else None
        if account:
            return self.roll.meet(account, name=writer.name, typed_email=writer.email)
        return self.roll.meet_by_name(writer.name, within=house.site)


class _House:
    """A feed as the place its entries come from: whose it is, and what it is called."""

    def __init__(self, feed: Feed, titles: dict[str, str]) -> None:
        channel = feed.channel
        self.is_rss = feed.is_rss
        self.site = site_in(channel)
        self.account = account_in(f"https://{self.site}") if self.site else None
        self.title = clean(titles.get(self.site) or str(dict(channel).get("title") or ""))
        self._owners = {one.name for one in writers_in(channel)}
        self.name = next(iter(sorted(self._owners)), "") or self.title
        links = [one for one in channel.get("links") or () if isinstance(one, dict)]
        hrefs = {canonical(str(one.get("href") or "")) for one in links}
        self.addresses = {one for one in hrefs if one} | {self.site}
        writers = (one for entry in feed.entries for one in writers_in(entry))
        self.has_several = len({one.name for one in writers}) > 1

    def is_named(self, writers: Sequence[Writer]) -> bool:
        """Say whether an entry names authors other than the feed's own."""
        return any(one.name not in self._owners for one in writers)


def _write(
    piece: Piece, key: str, *, authors: Sequence[str], address: str | None, batch: Batch
) -> None:
    facts = piece.facts
    kept = (piece.kind, authors, piece.at, piece.precision, piece.updated, facts, address)
    filed = (piece.tags,) if piece.tags else ()
    batch.records.append(Record(key, digest63(_pack((*kept, *filed))), UNDATED))
    for number, actor in enumerate(authors):
        batch.activities.append(
            Activity(
                record=key,
                key=key if not number else f"{key}/with/{actor}",
                actor=actor,
                kind=piece.kind,
                happened_at=piece.at,
                at_precision=piece.precision,
                length=facts.length if facts else None,
                text_hash=facts.text_hash if facts else None,
                hosts=site_of(piece.page) if piece.has_address else None,
                url=address,
                visibility=Visibility.PUBLIC,
                filed_at=UNDATED,
            )
        )
    tell_tags(batch, piece.tags, record=key, tagged=key, at=piece.at, filed_at=UNDATED)


def _site_of(address: str) -> str:
    plain = canonical(address) or ""
    return account_in(plain) or plain.removeprefix("https://")
