"""Mailing lists: archives in mbox files, as topics and the answers to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import msgspec

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.contents.sheets import put_aside
from jibungoto.gather.events.attendance import UNDATED
from jibungoto.gather.people.roll import Roll, Tally, plain_name
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.readers.mbox_mail import (
    Envelope,
    envelope_of,
    headers_of,
    own_words,
    parsed,
)
from jibungoto.gather.readers.mbox_split import Mail, begins_mbox, mails_in
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.text import TextFacts, digest63, facts_of
from jibungoto.ledger.activity import Activity, AtPrecision, Tie, TieKind
from jibungoto.ledger.initiative import Initiative, InitiativeKind
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.problems import DamagedExport
from jibungoto.ledger.source import SOURCE_NAMES, CanTell, SourceKind
from jibungoto.ledger.words import Words

_MOST_AT_ONCE = 5_000
_MOST_LOOKED_AT = 20
_PEEKED = 8_192
_ROBOTS = re.compile(
    r"(?:mailer-daemon|no-?reply|do-?not-?reply|postmaster|root|jenkins|bounces?)@"
)
_MONTH = re.compile(r"[-_.]?\d{4}(?:[-_.]?(?:\d{1,2}|[A-Za-z]+))?$")
_CALLED = "name:"
_NOTHING = -1
_pack = msgspec.msgpack.Encoder().encode

NOT_AN_MBOX = Words(
    "メールの書庫(mbox)ではないため読み取りません。", "It is no mbox archive, so it is not read."
)
PRIVATE = Words(
    "メーリングリストを通っていない個人のメールは読み取りません。",
    "Mail that went through no mailing list is private and never read.",
)
AUTOMATIC = Words(
    "配送エラーや自動応答のメールです。", "An automatic mail: a bounce or an automatic answer."
)
NO_MAIL = Words("メールの見出しがありません。", "It has none of a mail's headers.")
NO_AUTHOR = Words("差出人が分かりません。", "It does not say who sent it.")
NO_DATE = Words("送られた日時が分かりません。", "It does not say when it was sent.")


class MboxReader:
    """Reads archives of mailing lists: mbox files, Mailman's monthly texts, Google's takeouts.

    Known from the format's description and from what public archives look like: "From " lines in
    bodies that nobody escaped, missing headers, addresses written "name at example.com", lists
    that write in their members' place, and Japanese in any encoding whatever is stated. Mail in
    a person's own mailbox that no list sent is private and stays out. A Message-ID may hold an
    address, so keys carry a digest of it. Subjects are not kept and join no threads.

    | record | kind |
    |---|---|
    | a mail that answers nothing | topic |
    | a mail that answers another by its id | reply |
    | a mail called "Re:" that does not say what it answers | message |
    | a bounce, an automatic answer, a private mail | none: left out |
    """

    source = SourceKind("mbox", SOURCE_NAMES["mbox"])

    def recognises(self, export: Export) -> bool:
        """Say from the first lines of the first files whether there is an mbox among them."""
        return any(_is_mbox(export, one) for one in islice(export.entries, _MOST_LOOKED_AT))

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Learn first who answers what, since archives keep no order; then hand out the mails."""
        delivery = _Delivery(export, Roll(conceal), ZoneInfo(choices.zone))
        yield delivery.survey()
        yield from delivery.batches()
        yield Batch(handles=delivery.roll.handles())
        has_answers = delivery.has_answers
        reading.can_tell = CanTell(replies=has_answers, threads=has_answers)


class _Delivery:
    """All mboxes of one export."""

    def __init__(self, export: Export, roll: Roll, zone: ZoneInfo) -> None:
        self._export = export
        self._zone = zone
        self._entries: list[Entry] = []
        self._places: dict[str, str] = {}
        self._parents: dict[int, int] = {}
        self._authors: dict[int, str] = {}
        self._seen: set[int] = set()
        self._opened: set[str] = set()
        self.roll = roll
        self.has_answers = False

    def survey(self) -> Batch:
        """Learn of every mail who wrote it and what it answers; say which files are none."""
        batch = Batch(read=len(self._export.refused), refusals=list(self._export.refused))
        others: list[str] = []
        for entry in self._export.entries:
            if _is_mbox(self._export, entry):
                self._entries.append(entry)
                self._places[entry.path] = self._survey(entry)
            else:
                others.append(entry.path)
        put_aside(batch, others, reason=NOT_AN_MBOX)
        return batch

    def batches(self) -> Iterator[Batch]:
        """Hand out file after file."""
        for entry in self._entries:
            tally = Tally(entry.path, Batch())
            try:
                with self._export.open(entry) as stream:
                    for mail in mails_in(stream):
                        self._take(mail, self._places[entry.path], tally=tally)
                        if tally.batch.read >= _MOST_AT_ONCE:
                            yield tally.turn()
            except DamagedExport as damage:
                tally.refuse("", damage.what)
            yield tally.close()

    def _survey(self, entry: Entry) -> str:
        """Take in the headers of one file; return the list it is of where its mails do not say."""
        lists: Counter[str] = Counter()
        try:
            with self._export.open(entry) as stream:
                for mail in mails_in(stream):
                    message = headers_of(mail)
                    if message is not None:
                        told = envelope_of(message, mail, zone=self._zone)
                        lists[told.list_name] += 1
                        self._note(told)
        except DamagedExport:
            pass  # What can be read of it is told when the mails are handed out.
        del lists[""]
        return lists.most_common(1)[0][0] if lists else _called(entry, self._export)

    def _note(self, told: Envelope) -> None:
        """Remember who wrote a mail and what it answers; the mail itself knows best."""
        if _why_not(told) is not None:
            return
        self._authors.setdefault(told.mark, self._actor(told))
        self._parents[told.mark] = told.parents[0] if told.parents else _NOTHING
        for younger, older in pairwise(told.parents):
            self._parents.setdefault(younger, older)

    def _take(self, mail: Mail, place: str, *, tally: Tally) -> None:
        message = parsed(mail)
        if message is None:
            tally.refuse(f"line {mail.number}", NO_MAIL)
            return
        told = envelope_of(message, mail, zone=self._zone)
        reason = _why_not(told)
        if reason in {PRIVATE, AUTOMATIC}:
            tally.leave_out(reason)
        elif reason is not None or told.written_at is None:
            tally.refuse(f"line {mail.number}", reason or NO_DATE)
        else:
            tally.batch.read += 1
            if told.mark in self._seen:
                tally.batch.repeated += 1
                return
            self._seen.add(told.mark)
            facts = facts_of(own_words(message))
            self._write(told, facts, place=told.list_name or place, at=told.written_at, to=tally)

    def _write(self, told: Envelope, facts: TextFacts, *, place: str, at: int, to: Tally) -> None:
        actor, key = self._actor(told), _key(told.mark)
        parent = told.parents[0] if told.parents else None
        act = Activity(
            record=key,
            key=key,
            actor=actor,
            kind=_kind_of(told),
            happened_at=at,
            at_precision=AtPrecision.EXACT if told.is_dated else AtPrecision.NOT_AFTER,
            place=place,
            thread=None if parent is None and told.is_answer else _key(self._root_of(told.mark)),
            in_reply_to=None if parent is None else _key(parent),
            initiative=f"mbox:{place}",
            length=facts.length,
            is_question=facts.is_question,
            text_hash=facts.text_hash,
            hosts=facts.hosts,
            filed_at=None if told.is_dated else UNDATED,
        )
        filed_at = at if told.is_dated else UNDATED
        content = digest63(_pack((act.kind, actor, act.thread, act.in_reply_to, facts, place)))
        to.batch.records.append(Record(key, content, filed_at))
        to.batch.activities.append(act)
        if place not in self._opened:
            self._opened.add(place)
            name = place.removeprefix(_CALLED)
            to.batch.initiatives.append(Initiative(f"mbox:{place}", InitiativeKind.CHANNEL, name))
        if parent is not None:
            self._tie(act, actor, parent=parent, to=to)

    def _tie(self, act: Activity, actor: str, *, parent: int, to: Tally) -> None:
        self.has_answers = True
        answered = self._authors.get(parent)
        if answered != actor:
            key, at = act.key, act.happened_at
            tie = Tie(key, key, actor, answered, TieKind.REPLY, at, act.filed_at)
            to.batch.ties.append(tie)

    def _root_of(self, mark: int) -> int:
        """Return the oldest mail of a thread that is known of, whether or not it is here."""
        met = {mark}
        while (older := self._parents.get(mark, _NOTHING)) != _NOTHING and older not in met:
            met.add(older)
            mark = older
        # The next one finds it at once: a long thread is not walked again for each of its mails.
        self._parents.update(dict.fromkeys(met, mark))
        self._parents[mark] = _NOTHING
        return mark

    def _actor(self, told: Envelope) -> str:
        if told.address is None:
            return self.roll.meet_by_name(told.name)
        return self.roll.meet(
            f"email:{told.address}",
            name=told.name,
            typed_email=told.address,
            is_bot=_ROBOTS.match(told.address) is not None,
        )


def _why_not(told: Envelope) -> Words | None:
    """Return why a mail stays out, or None where it is somebody's."""
    if told.is_private:
        return PRIVATE
    if told.is_automatic:
        return AUTOMATIC
    return None if told.address or plain_name(told.name) else NO_AUTHOR


def _kind_of(told: Envelope) -> Kind:
    if told.parents:
        return Kind.REPLY
    return Kind.MESSAGE if told.is_answer else Kind.TOPIC


def _key(mark: int) -> str:
    return f"{mark:016x}"


def _called(entry: Entry, export: Export) -> str:
    """Return what an archive is called, without the month it is of."""
    for name in (entry.name.partition(".")[0], entry.folder.rpartition("/")[2], export.wrapper):
        called = plain_name(_MONTH.sub("", name))
        if called:
            return f"{_CALLED}{called}"
    return f"{_CALLED}list"


def _is_mbox(export: Export, entry: Entry) -> bool:
    try:
        return begins_mbox(export.peek(entry, _PEEKED))
    except DamagedExport:
        return False
