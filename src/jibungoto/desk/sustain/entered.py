"""What people type: trimmed to one line, held to a length, and refused where it does not fit."""

from __future__ import annotations

from datetime import date

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import (
    AccountRow,
    ContactRow,
    DeliveryRow,
    StakeholderRow,
    TeamMemberRow,
)

NAME = 200
_SHORTER = Words("短く書き直してください。", "Write it in fewer words.")
_LOOK_AGAIN = Words("もう一度入力してください。", "Enter it again.")


def one_line(text: str, *, most: int = NAME) -> str:
    """Return a text as one line; raises ``InvalidChoice`` where it is too long."""
    told = "".join(char if char.isprintable() else " " for char in text)
    told = " ".join(told.split())
    if len(told) > most:
        raise InvalidChoice(
            Words(f"{most}文字までです。", f"There is room for {most} characters."),
            _SHORTER,
            place=told[:20],
        )
    return told


def a_name(text: str) -> str:
    """Return a name as one line; raises ``InvalidChoice`` where there is none."""
    told = one_line(text)
    if not told:
        raise InvalidChoice(Words("名前がありません。", "There is no name."), _LOOK_AGAIN)
    return told


def whole(number: int | None, *, most: int) -> int | None:
    """Return a whole number of 0 to ``most``, or None; raises ``InvalidChoice``."""
    if number is not None and not 0 <= number <= most:
        raise InvalidChoice(
            Words(f"0から{most}までの数です。", f"It is a number from 0 to {most}."),
            _LOOK_AGAIN,
            place=str(number),
        )
    return number


def not_later(acting: Acting, day: date) -> date:
    """Return a day that is past or today; raises ``InvalidChoice`` for one to come."""
    if day > today_in(acting):
        raise InvalidChoice(
            Words("まだ来ていない日付です。", "This day is yet to come."),
            _LOOK_AGAIN,
            place=day.isoformat(),
        )
    return day


def member_numbered(acting: Acting, number: int) -> TeamMemberRow:
    """Return somebody of this community's team; raises ``UnknownName``."""
    row = TeamMemberRow.objects.filter(community=acting.community, pk=number, until=None).first()
    if row is None:
        raise _unknown(
            Words("その人はチームにいません。", "There is no such person in the team."), "team"
        )
    return row


def account_numbered(acting: Acting, number: int) -> AccountRow:
    """Return an account of this community; raises ``UnknownName``."""
    row = AccountRow.objects.filter(community=acting.community, pk=number).first()
    if row is None:
        raise _unknown(
            Words("そのアカウントは見つかりません。", "There is no such account here."), "team"
        )
    return row


def stakeholder_numbered(acting: Acting, number: int) -> StakeholderRow:
    """Return a stakeholder of this community; raises ``UnknownName``."""
    row = StakeholderRow.objects.filter(community=acting.community, pk=number).first()
    if row is None:
        raise _unknown(
            Words("そのステークホルダーは見つかりません。", "There is no such stakeholder here."),
            "stakeholders",
        )
    return row


def contact_numbered(acting: Acting, number: int) -> ContactRow:
    """Return a contact of this community; raises ``UnknownName``."""
    rows = ContactRow.objects.filter(community=acting.community, pk=number)
    row = rows.select_related("stakeholder").first()
    if row is None:
        raise _unknown(
            Words("その接点は見つかりません。", "There is no such contact here."), "stakeholders"
        )
    return row


def delivery_numbered(acting: Acting, number: int) -> DeliveryRow:
    """Return a delivery to a stakeholder of this community; raises ``UnknownName``."""
    rows = DeliveryRow.objects.filter(stakeholder__community=acting.community, pk=number)
    row = rows.select_related("stakeholder").first()
    if row is None:
        raise _unknown(
            Words("その送付は見つかりません。", "There is no such delivery here."), "stakeholders"
        )
    return row


_PAGES = {
    "team": Words("チームのページで確認してください。", "Look at the page of the team."),
    "stakeholders": Words(
        "ステークホルダーのページで確認してください。", "Look at the page of the stakeholders."
    ),
}


def _unknown(what: Words, page: str) -> UnknownName:
    return UnknownName(what, _PAGES[page])
