"""GitHub: issues, pull requests, discussions, comments and reviews as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import msgspec

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.contents.beside import put_beside
from jibungoto.gather.events.tags import tell_tags
from jibungoto.gather.people.roll import Roll, Tally
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.readers import github_words as words
from jibungoto.gather.readers.github_files import holds_records, is_readable, values_in
from jibungoto.gather.readers.github_shapes import (
    Json,
    Login,
    Spot,
    Told,
    below,
    records_in,
    told_of,
)
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.text import TextFacts, digest63, facts_of
from jibungoto.ledger.activity import Activity, AtPrecision, Tie, TieKind
from jibungoto.ledger.initiative import Initiative, InitiativeKind
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.source import SOURCE_NAMES, CanTell, SourceKind
from jibungoto.ledger.words import Words

_MOST_AT_ONCE = 5_000
_MOST_SNIFFED = 200
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|^>.*$", re.DOTALL | re.MULTILINE)
_MENTION = re.compile(r"(?<![\w/.@])@([A-Za-z0-9][A-Za-z0-9_\-]{0,38})(?![\w/])")
_pack = msgspec.msgpack.Encoder().encode


class GitHubReader:
    """Reads what GitHub's interfaces give, gathered in any number of files.

    Dialects: a community's weekly dump (real: one list per repository, accounts as bare names,
    and summaries, which are left out); the REST interface's lists of issues, requests, comments,
    review comments and reviews, and answers of GraphQL and of ``gh ... --json`` (both written
    from their published description, not from a real export).

    ==============================  =======================================
    an issue, a discussion          a topic
    a pull request                  a pull request; merged: a merge as well
    a comment, also on a line       a reply
    a review                        a review; of one's own request: a reply
    a reaction with its person      a reaction
    labels                          a tag each, of the issue or the merge; nobody's act
    ==============================  =======================================
    """

    source = SourceKind("github", SOURCE_NAMES["github"])

    def recognises(self, export: Export) -> bool:
        """Say whether records of GitHub's pages stand in it."""
        return any(holds_records(export, entry) for entry in _json_in(export)[:_MOST_SNIFFED])

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Hand out all files; ties whose other side comes later, and handles, come last."""
        delivery = _Delivery(conceal, reading)
        files = _json_in(export)
        for entry in files:
            yield from delivery.records(export, entry)
        beside, taken = Batch(), {entry.path for entry in files}
        put_beside(beside, [one.path for one in export.entries if one.path not in taken])
        yield beside
        yield delivery.closing()
        reading.can_tell = delivery.can_tell()


class _Waiting(NamedTuple):
    """A tie whose other side may still come: to whoever wrote a record, or to a login."""

    key: str
    actor: str
    at: int
    record: str
    login: str


class _Delivery:
    """All files of one export, in which the same record may stand more than once."""

    def __init__(self, conceal: Conceal, reading: Reading) -> None:
        self.roll = Roll(conceal)
        self._conceal = conceal
        self._reading = reading
        self._places: dict[str, str] = {}
        self._authors: dict[str, str | None] = {}
        self._waiting: list[_Waiting] = []
        self._kinds: set[Kind] = set()
        self._has_text = False

    def records(self, export: Export, entry: Entry) -> Iterator[Batch]:
        """Hand out one file."""
        tally = Tally(entry.path, Batch())
        number = 0
        if not is_readable(export, entry):
            tally.leave_out(words.NOT_GITHUB)
            yield tally.close()
            return
        for value in values_in(export, entry):
            if isinstance(value, Words):
                number += value is words.NOT_A_RECORD
                after = "" if value is words.NOT_A_RECORD else "after "
                tally.refuse(f"{after}record {number}", value)
                continue
            if self._is_summary(value, tally):
                continue
            for record in records_in(value):
                number += 1
                self._take(record, None, tally=tally, where=f"record {number}")
                if tally.batch.read >= _MOST_AT_ONCE:
                    yield tally.turn()
        yield tally.close()

    def closing(self) -> Batch:
        """Return the ties that had to wait, and everybody."""
        batch = Batch(handles=self.roll.handles())
        known = {handle.outside_id: handle.actor for handle in batch.handles}
        for one in self._waiting:
            if one.login:
                to = known.get(one.login) or known.get(f"{one.login}[bot]")
                kind = TieKind.MENTION
                if to is None:
                    continue
            else:
                to, kind = self._authors.get(one.record), TieKind.REPLY
                if to is None and one.record in self._authors:
                    continue
            if to != one.actor:
                batch.ties.append(Tie(one.key, one.key, one.actor, to, kind, one.at))
        self._waiting.clear()
        return batch

    def can_tell(self) -> CanTell:
        """Return what these files carried."""
        has_replies = bool(self._kinds & {Kind.REPLY, Kind.REVIEW})
        return CanTell(
            replies=has_replies,
            threads=has_replies,
            reactions=Kind.REACTION in self._kinds,
            mentions=self._has_text,
            bots=True,
        )

    def _is_summary(self, value: object, tally: Tally) -> bool:
        """Leave a summary out, record by record; the day it says it ends is the last covered."""
        if not isinstance(value, dict) or not isinstance(value.get("period"), dict):
            return False
        for name in ("issues", "prs"):
            listed = value.get(name)
            for _ in listed if isinstance(listed, list) else ():
                tally.leave_out(words.SUMMARY)
        try:
            until = date.fromisoformat(str(value["period"].get("end")))
        except ValueError:
            return True
        self._reading.covered_until = max(until, self._reading.covered_until or until)
        return True

    def _take(self, record: Json | None, above: Spot | None, *, tally: Tally, where: str) -> None:
        told = words.NOT_A_RECORD if record is None else told_of(record, above)
        if record is None or isinstance(told, Words):
            tally.refuse(where, told if isinstance(told, Words) else words.NOT_A_RECORD)
            return
        key = self._key_of(told.spot)
        if key.endswith(("-", "_r")):  # Nothing names it but its time and its author.
            key += f"{told.at}-{self._conceal(told.author.login if told.author else '')}"
        if key in self._authors:
            tally.batch.read += 1
            tally.batch.repeated += 1
        elif told.author is None:
            self._authors[key] = None
            tally.leave_out(words.DELETED)
        else:
            tally.batch.read += 1
            self._open(told.spot, tally.batch)
            self._write(told, key, author=told.author, batch=tally.batch)
        for number, one in enumerate(below(record), 1):
            self._take(one, told.spot, tally=tally, where=f"{where}.{number}")

    def _place_of(self, repository: str) -> str:
        """Return a repository's pseudonym: its address names its owner, who may be a person."""
        if repository not in self._places:
            self._places[repository] = self._conceal(f"repository:{repository}")
        return self._places[repository]

    def _key_of(self, spot: Spot) -> str:
        return f"{self._place_of(spot.repository)}#{spot.number}" + (
            f"/{spot.part}" if spot.part else ""
        )

    def _open(self, spot: Spot, batch: Batch) -> None:
        key = f"repository:{spot.repository}"
        if key not in self._authors:
            self._authors[key] = None
            place = self._place_of(spot.repository)
            batch.initiatives.append(
                Initiative(f"github:{place}", InitiativeKind.PROJECT, spot.repository)
            )

    def _write(self, told: Told, key: str, *, author: Login, batch: Batch) -> None:
        actor = self._actor_of(author)
        self._authors[key] = actor
        root = self._key_of(told.spot.root) if told.spot.part else None
        kind = told.kind
        if kind is Kind.REVIEW and root and self._authors.get(root) == actor:
            kind = Kind.REPLY
        self._kinds.add(kind)
        parent = root
        if told.answers and told.spot.part:
            parent = f"{root}/{told.answers}"
        facts = facts_of(told.text) if told.text is not None else None
        one = _Act(told, key, actor, kind, root, parent, facts)
        batch.activities.append(one.activity(self._place_of(told.spot.repository)))
        if parent:
            self._answer(_Waiting(key, actor, told.at, parent, ""), batch)
        if told.merged_at is not None:
            batch.activities.append(one.merged(self._place_of(told.spot.repository)))
        mentions = self._mention(told, key, actor=actor)
        reactions = self._react(one, self._place_of(told.spot.repository), batch=batch)
        kept = (kind, actor, told.at, told.merged_at, parent, facts, mentions, reactions)
        labelled = (self._label(told, key, batch=batch),) if told.labels else ()
        batch.records.append(Record(key, digest63(_pack((*kept, *labelled))), told.at))

    def _label(self, told: Told, key: str, *, batch: Batch) -> tuple[str, ...]:
        """Write down the labels of an issue, or of what was taken in of a request."""
        merged = f"{key}/merge" if told.merged_at is not None else key
        at = told.merged_at or told.at
        tell_tags(batch, told.labels, record=key, tagged=merged, at=at, filed_at=told.at)
        return told.labels

    def _answer(self, one: _Waiting, batch: Batch) -> None:
        """Tie a reply to whoever wrote what it answers, now or when that has come."""
        to = self._authors.get(one.record)
        if one.record not in self._authors:
            self._waiting.append(one)
        elif to is not None and to != one.actor:
            batch.ties.append(Tie(one.key, one.key, one.actor, to, TieKind.REPLY, one.at))

    def _mention(self, told: Told, key: str, *, actor: str) -> list[str]:
        """Hold mentions until all accounts are known: ``@`` stands before many things."""
        self._has_text = self._has_text or bool(told.text)
        plain = _CODE.sub(" ", told.text) if told.text and "@" in told.text else ""
        logins = sorted({login.casefold() for login in _MENTION.findall(plain)})
        self._waiting += [_Waiting(key, actor, told.at, "", login) for login in logins]
        return logins

    def _react(self, one: _Act, place: str, *, batch: Batch) -> list[tuple[str, str]]:
        """Write reactions down, once per person and record; to oneself is nothing."""
        by_person: dict[str, tuple[set[str], list[int | None]]] = {}
        for who, emoji, at in one.told.reactions:
            emojis, times = by_person.setdefault(self._actor_of(who), (set(), []))
            emojis.add(emoji)
            times.append(at)
        by_person.pop(one.actor, None)
        for actor, (emojis, times) in by_person.items():
            known = [at for at in times if at is not None]
            self._kinds.add(Kind.REACTION)
            act = one.reaction(actor, min(known) if known else None, place=place)
            act = msgspec.structs.replace(act, emoji=" ".join(sorted(emojis)))
            batch.activities.append(act)
            tie = Tie(
                one.key, act.key, actor, one.actor, TieKind.REACTION, act.happened_at, one.told.at
            )
            batch.ties.append(tie)
        return sorted((actor, " ".join(sorted(e))) for actor, (e, _) in by_person.items())

    def _actor_of(self, who: Login) -> str:
        return self.roll.meet(
            who.login, name=who.name or who.login, display_name=who.login, is_bot=who.is_bot
        )


class _Act(NamedTuple):
    """A record on its way into the log."""

    told: Told
    key: str
    actor: str
    kind: Kind
    root: str | None
    parent: str | None
    facts: TextFacts | None

    def activity(self, place: str) -> Activity:
        """Return what its author did."""
        told, facts = self.told, self.facts
        return Activity(
            record=self.key,
            key=self.key,
            actor=self.actor,
            kind=self.kind,
            happened_at=told.at,
            place=place,
            thread=self.root or self.key,
            in_reply_to=self.parent,
            initiative=f"github:{place}",
            length=facts.length if facts else None,
            is_question=facts.is_question if facts else None,
            text_hash=facts.text_hash if facts else None,
            hosts=facts.hosts if facts else None,
        )

    def merged(self, place: str) -> Activity:
        """Return that what the author proposed was taken in."""
        return Activity(
            record=self.key,
            key=f"{self.key}/merge",
            actor=self.actor,
            kind=Kind.MERGE,
            happened_at=self.told.merged_at or self.told.at,
            place=place,
            thread=self.key,
            initiative=f"github:{place}",
            filed_at=self.told.at,
        )

    def reaction(self, actor: str, at: int | None, *, place: str) -> Activity:
        """Return that somebody reacted to it, at this time or not before it was written."""
        return Activity(
            record=self.key,
            key=f"{self.key}/reaction/{actor}",
            actor=actor,
            kind=Kind.REACTION,
            happened_at=self.told.at if at is None else at,
            at_precision=AtPrecision.NOT_BEFORE if at is None else AtPrecision.EXACT,
            place=place,
            in_reply_to=self.key,
            initiative=f"github:{place}",
            filed_at=self.told.at,
        )


def _json_in(export: Export) -> list[Entry]:
    """Return the JSON files, requests first: their own lists say more of them than others do."""
    found = [one for one in export.entries if one.name.lower().endswith((".json", ".jsonl"))]
    found = found or list(export.entries)
    return sorted(found, key=lambda one: ("pull" not in one.name.lower(), one.path))
