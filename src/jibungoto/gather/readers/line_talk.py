"""What is said and what happens in one LINE talk, as activities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from jibungoto.gather.batch import Record
from jibungoto.gather.people.roll import Roll, Tally, clean
from jibungoto.gather.readers.line_rows import Broken, Spoken
from jibungoto.gather.text import digest63, facts_of
from jibungoto.ledger.activity import Activity, Tie, TieKind
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.words import Words

_GONE = digest63(b"gone")
_pack = msgspec.msgpack.Encoder().encode

_WHERE = "(?:グループ|オープンチャット|トーク|トークルーム)"
_JOINED = re.compile(
    rf"(?P<name>.+?)(?:さん)?が(?:{_WHERE}に)?参加しました。?"
    r"|(?P<en>.+?) (?:has )?joined(?: the (?:chat|group|openchat))?\.?",
    re.IGNORECASE,
)
_LEFT = re.compile(
    rf"(?P<name>.+?)(?:さん)?が(?:{_WHERE}(?:を|から))?退(?:出|会)しました。?"
    r"|(?P<en>.+?) (?:has )?left(?: the (?:chat|group|openchat))?\.?",
    re.IGNORECASE,
)
_INVITED = re.compile(
    rf"(?P<name>.+?)(?:さん)?が.+を(?:{_WHERE}に)?(?:招待|追加)しました。?"
    r"|(?P<en>.+?) (?:invited|added) .+ to the (?:chat|group)\.?",
    re.IGNORECASE,
)
_UNSENT = re.compile(
    r"(?:.+が)?メッセージの送信を取り消しました。?|.+ unsent a message\.?|message unsent\.?",
    re.IGNORECASE,
)
_NO_TEXT = re.compile(
    r"\[(?:写真|スタンプ|動画|ファイル|アルバム|ボイスメッセージ|連絡先|位置情報|ノート|プレゼント"
    r"|photo|sticker|video|file|album|voice message|contact|location|notes?|gift)\].*",
    re.IGNORECASE,
)
_HAPPENED = ((_JOINED, Kind.JOIN), (_LEFT, Kind.LEAVE), (_INVITED, Kind.REFERRAL))

NOTICE = Words(
    "LINE からのお知らせ(設定の変更、ノートなど)です。",
    "One of LINE's own notices: a setting, a note or the like.",
)
CALL = Words("通話の記録は読み取りません。", "Records of calls are not read.")


class Talk:
    """Takes in one talk's rows; a room is known by its name alone, here as a digest of it."""

    def __init__(self, room: str, names: frozenset[str], roll: Roll, *, seen: set[str]) -> None:
        self._room = room
        self._names = names
        self._lengths = sorted({len(name) for name in names}, reverse=True)
        self._roll = roll
        self._seen = seen
        self._minute = -1
        self._nth = 0
        self.has_mentions = False
        self.has_joins = False
        self.has_deletions = False

    def take(self, row: Spoken, tally: Tally) -> None:
        """Take in one row; all rows of a minute are numbered, so that each keeps its key."""
        self._nth = self._nth + 1 if row.minute == self._minute else 0
        self._minute = row.minute
        key = f"{self._room}/{row.minute}/{self._nth}"
        body = row.body
        if _UNSENT.fullmatch(body) and not row.name:
            self._bury(row, key, tally=tally)
        elif row.name and body.startswith("☎"):
            tally.leave_out(CALL)
        elif row.name:
            self._say(row, key, body=body, tally=tally)
        else:
            self._happen(row, key, body=body, tally=tally)

    def _say(self, row: Spoken, key: str, *, body: str, tally: Tally) -> None:
        if not self._is_first(key, tally):
            return
        facts = facts_of("" if _NO_TEXT.fullmatch(body) else body)
        actor = self._roll.meet_by_name(row.name)
        mentioned = sorted({self._roll.meet_by_name(one) for one in self._mentioned(body)})
        others = [one for one in mentioned if one != actor]
        content = digest63(_pack((Kind.MESSAGE, actor, facts, others)))
        tally.batch.records.append(Record(key, content, row.minute))
        tally.batch.activities.append(
            Activity(
                record=key,
                key=key,
                actor=actor,
                kind=Kind.MESSAGE,
                happened_at=row.minute,
                place=self._room,
                initiative=f"line:{self._room}",
                sequence=self._nth,
                length=facts.length,
                is_question=facts.is_question,
                text_hash=facts.text_hash,
                hosts=facts.hosts,
            )
        )
        for other in others:
            self.has_mentions = True
            tally.batch.ties.append(Tie(key, key, actor, other, TieKind.MENTION, row.minute))

    def _happen(self, row: Spoken, key: str, *, body: str, tally: Tally) -> None:
        kind, name = _what_happened(body)
        if kind is None:
            tally.leave_out(NOTICE)
            return
        if not self._is_first(key, tally):
            return
        self.has_joins = self.has_joins or kind is Kind.JOIN
        actor = self._roll.meet_by_name(name)
        tally.batch.records.append(Record(key, digest63(_pack((kind, actor))), row.minute))
        tally.batch.activities.append(
            Activity(
                record=key,
                key=key,
                actor=actor,
                kind=kind,
                happened_at=row.minute,
                place=self._room,
                initiative=f"line:{self._room}",
                sequence=self._nth,
            )
        )

    def _bury(self, row: Spoken, key: str, *, tally: Tally) -> None:
        """Take away what an earlier export may have held in this place."""
        self.has_deletions = True
        if self._is_first(key, tally):
            tally.batch.records.append(Record(key, _GONE, row.minute, is_tombstone=True))

    def _is_first(self, key: str, tally: Tally) -> bool:
        tally.batch.read += 1
        if key in self._seen:
            tally.batch.repeated += 1
            return False
        self._seen.add(key)
        return True

    def _mentioned(self, body: str) -> Iterator[str]:
        at = body.find("@")
        while at >= 0:
            for length in self._lengths:
                name = body[at + 1 : at + 1 + length]
                if name in self._names:
                    yield name
                    break
            at = body.find("@", at + 1)


def _what_happened(body: str) -> tuple[Kind | None, str]:
    """Return what LINE says that somebody did, and who."""
    for pattern, kind in _HAPPENED:
        found = pattern.fullmatch(body)
        name = clean(found["name"] or found["en"]) if found else ""
        if name:
            return kind, name
    return None, ""


def people_in(rows: Iterable[Spoken | Broken]) -> tuple[frozenset[str], int]:
    """Return the names of those who speak or come into a talk, and how many rows it has."""
    names, count = set[str](), 0
    for row in rows:
        count += 1
        if isinstance(row, Spoken):
            name = row.name
            if not name:
                kind, joined = _what_happened(row.body)
                name = joined if kind is Kind.JOIN else ""
            if name:
                names.add(name)
    return frozenset(names), count
