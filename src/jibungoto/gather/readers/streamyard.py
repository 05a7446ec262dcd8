"""StreamYard: who registered for a live stream, and who watched it live."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.sheets import holds_known, known_tables, lines_of
from jibungoto.gather.contents.table import Line, plain
from jibungoto.gather.events.attendance import State, event_of
from jibungoto.gather.events.spells import Row, Stays
from jibungoto.gather.moments import moment_of
from jibungoto.gather.people.roll import Roll, Tally, clean, email_in, plain_name
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.source import SOURCE_NAMES, CanTell, SourceKind
from jibungoto.ledger.words import Words

_EMAILS = ("email", "e-mail", "emailaddress")
_FIRST = ("firstname", "first_name", "vorname")
_LAST = ("lastname", "last_name", "nachname", "surname")
_COMPANY = ("company", "firma", "organization", "organisation")
_STATUS = ("status", "attendance", "attendancestatus")
_REGISTERED = ("registeredat", "registered_at", "registrationtime", "registrationdate", "createdat")
_OWN = frozenset((*_EMAILS, *_FIRST, *_LAST, *_COMPANY, *_STATUS, *_REGISTERED))
_CAME = {"live", "attended", "attendedlive"}
_STAYED_AWAY = {"", "registered", "noshow", "no-show", "didnotattend", "notattended", "absent"}
_STAYED_AWAY |= {"watchedon-demand", "watchedondemand", "on-demand", "ondemand"}

BAD_STATUS = Words(
    "参加の状態(status)が読み取れません。", "Its status is none that is known of StreamYard."
)
NOBODY = Words("メールアドレスも名前もありません。", "It has neither an address nor a name.")
BAD_TIME = Words("登録の日時が読み取れません。", "When somebody registered cannot be read.")


class StreamYardReader:
    """Reads the list of registrants of a StreamYard stream.

    No genuine export was found: the headings are those that two public programs look for (e-mail,
    first and last name in English or German, company, status). Whoever watched on demand later is
    registered and did not attend.

    | record | kind |
    |---|---|
    | a registrant | registration |
    | the same with the status live or attended | registration and attendance |
    """

    source = SourceKind("streamyard", SOURCE_NAMES["streamyard"])

    def recognises(self, export: Export) -> bool:
        """Say from the headings whether this is a list of StreamYard's registrants."""
        return holds_known(export, _knows)

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Read all files of the one event, then hand out everybody's registration."""
        batch, roll, zone = Batch(), Roll(conceal), ZoneInfo(choices.zone)
        stays: Stays | None = None
        for entry, sections in known_tables(export, _knows, batch=batch):
            stays = stays or Stays(event_of(choices, None, place=entry.path))
            tally = Tally(entry.path, batch)
            for line in (line for section in sections for line in lines_of(section, tally)):
                row = _row_of(line, zone)
                actor = _actor_of(line, roll) if isinstance(row, Row) else None
                if isinstance(row, Row) and actor is not None:
                    batch.read += 1
                    stays.add(actor, row, batch=batch)
                else:
                    reason = NOBODY if isinstance(row, Row) else row
                    tally.refuse(f"line {line.number}", reason)
            tally.close()
        if stays is not None:
            batch.initiatives.append(stays.event)
            stays.write(batch)
        batch.handles += roll.handles()
        yield batch
        reading.can_tell = CanTell()


def _knows(headings: frozenset[str]) -> bool:
    """Many tools list an address and two names; so these alone, or with a status."""
    if not all(headings.intersection(some) for some in (_EMAILS, _FIRST, _LAST)):
        return False
    return headings <= _OWN


def _row_of(line: Line, zone: ZoneInfo) -> Row | Words:
    status = plain(line.get(*_STATUS))
    if status not in _CAME | _STAYED_AWAY:
        return BAD_STATUS
    written = line.get(*_REGISTERED)
    moment = moment_of(written, zone, is_month_first=True) if written else None
    if written and moment is None:
        return BAD_TIME
    return Row(
        has_attended=status in _CAME,
        state=State.BOOKED,
        registered_at=moment.seconds if moment is not None else None,
    )


def _actor_of(line: Line, roll: Roll) -> str | None:
    name = clean(f"{line.get(*_FIRST)} {line.get(*_LAST)}")
    organisation = line.get(*_COMPANY)
    address = email_in(line.get(*_EMAILS))
    if address is not None:
        return roll.meet(
            f"email:{address}", name=name, typed_email=address, organisation=organisation
        )
    if not name:
        return None
    return roll.meet(
        f"name:{plain_name(name)}", name=name, organisation=organisation, is_name_only=True
    )
