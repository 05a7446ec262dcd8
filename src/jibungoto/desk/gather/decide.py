"""Deciding who is one person: accept, reject, put off, join, part, and take each of them back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.gather.joinable import Pair, in_order
from jibungoto.desk.gather.joining import (
    component_of,
    join_again,
    loaded,
    proven,
)
from jibungoto.desk.gather.outlook import raise_stamp
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import (
    CommunityRow,
    HandleRow,
    LookAlikeRow,
    LookAlikeState,
    PersonRow,
    TeamMemberRow,
)

ACCEPTED, REJECTED, LATER = (
    LookAlikeState.ACCEPTED,
    LookAlikeState.REJECTED,
    LookAlikeState.LATER,
)


def decide(acting: Acting, pair: int, *, state: LookAlikeState) -> LookAlikeRow:
    """Answer one proposal: the same person, two people, or later; twice changes nothing.

    Raises ``UnknownName`` for a proposal that is not here, and ``InvalidChoice`` where joining
    two would join others whom somebody said to be two people.
    """
    must_write(acting)
    with transaction.atomic():
        community = _locked(acting)
        row = _row(acting, pair)
        if row.state != state:
            handles = _both(community, (row.one, row.other))
            if state == ACCEPTED:
                _must_not_contradict(community, handles)
            _keep(acting, row, state=state, when=timezone.now())
            _follow(community, handles)
            note(acting, f"look-alike {state.value}", about=_about(handles))
    row.refresh_from_db()
    return row


def take_back(acting: Acting, pair: int) -> LookAlikeRow:
    """Take an answer back: everything is as it was before it."""
    must_write(acting)
    with transaction.atomic():
        community = _locked(acting)
        row = _row(acting, pair)
        _undo(acting, community, rows=[row])
    return row


def take_back_last(acting: Acting) -> LookAlikeRow | None:
    """Take back what this person answered last; None if there is nothing to take back."""
    must_write(acting)
    with transaction.atomic():
        community = _locked(acting)
        mine = community.look_alikes.filter(by_id=acting.user_id, at__isnull=False)
        last = mine.order_by("-at", "-pk").first()
        if last is not None:
            _undo(acting, community, rows=list(mine.filter(at=last.at)))
    return last


class How(StrEnum):
    """In which way a member said themselves that a name elsewhere is theirs too."""

    IN_PERSON = "in_person"
    MAIL = "mail"
    MESSAGE = "message"
    FORM = "form"

    @property
    def words(self) -> Words:
        """What a person reads."""
        return _HOW[self]


_HOW = {
    How.IN_PERSON: Words("会って聞いた", "in person"),
    How.MAIL: Words("メールで聞いた", "by mail"),
    How.MESSAGE: Words("メッセージで聞いた", "in a message"),
    How.FORM: Words("フォームに書いた", "in a form"),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """That the member said so themselves: in which way, and who of the team heard it."""

    how: How
    by: int


def join(acting: Acting, number: int, *, other: int, heard: Heard | None = None) -> PersonRow:
    """Join two people by their numbers, without a proposal; return the person in effect.

    Where the member said so themselves, it is kept how, and who of the team ``heard`` it.
    """
    must_write(acting)
    _must_be_of_the_team(acting, heard)
    with transaction.atomic():
        community = _locked(acting)
        handles = [_own_handle(acting, one) for one in (number, other)]
        if handles[0].person_id != handles[1].person_id:
            _must_not_contradict(community, handles)
            row = _between(community, in_order(handles[0].actor, handles[1].actor))
            _keep(acting, row, state=ACCEPTED, when=timezone.now())
            if heard is not None:
                row.how, row.heard_by_id = heard.how.value, heard.by
                row.save(update_fields=["how", "heard_by"])
            _follow(community, handles)
            note(acting, "declare" if heard else "join", about=_about(handles))
    return HandleRow.objects.select_related("person").get(pk=handles[0].pk).person


def part(acting: Acting, number: int) -> bool:
    """Take the person of this number out of those they are joined with; say whether there were any.

    Every link of their handle to the others counts as rejected from now on, a shared address too.
    """
    must_write(acting)
    with transaction.atomic():
        community = _locked(acting)
        handle = _own_handle(acting, number)
        when = timezone.now()
        links = list(_links_of(community, handle))
        for pair in links:
            _keep(acting, _between(community, pair), state=REJECTED, when=when)
        if links:
            _follow(community, [handle])
            note(acting, "part", about=_about([handle]))
    return bool(links)


def _links_of(community: CommunityRow, handle: HandleRow) -> Iterable[Pair]:
    """Return the pairs by which a handle is linked to others of its person."""
    actor = handle.actor
    touching = LookAlikeRow.objects.filter(Q(one=actor) | Q(other=actor), community=community)
    said = {(row.one, row.other): row.state for row in touching}
    together = loaded(component_of([handle]))
    here = {one.actor for one in together}
    accepted = {pair for pair, state in said.items() if state == ACCEPTED and here.issuperset(pair)}
    shared = {pair for pair in proven(community, together) if said.get(pair) != REJECTED}
    return sorted(accepted | {pair for pair in shared if actor in pair})


def _locked(acting: Acting) -> CommunityRow:
    return CommunityRow.objects.select_for_update().get(pk=acting.community.pk)


def _row(acting: Acting, pair: int) -> LookAlikeRow:
    row = LookAlikeRow.objects.filter(community=acting.community, pk=pair).first()
    if row is None:
        raise UnknownName(
            Words("その候補はもうありません。", "This proposal is not there any more."),
            Words("候補の一覧を開き直してください。", "Open the list of proposals again."),
        )
    return row


def _both(community: CommunityRow, pair: Pair) -> list[HandleRow]:
    """Return the handles of a pair that are here; an export taken out may have taken one along."""
    rows = HandleRow.objects.filter(community=community, actor__in=pair)
    return list(rows.select_related("person").order_by("pk"))


def _own_handle(acting: Acting, number: int) -> HandleRow:
    """Return the handle that came with the person of this number."""
    numbered = Q(born__number=number) | Q(born=None, person__number=number)
    handles = HandleRow.objects.filter(numbered, community=acting.community)
    handle = handles.select_related("person").order_by("pk").first()
    if handle is None:
        raise UnknownName(
            Words("その人は見つかりません。", "There is no such person here."),
            Words("人の一覧から選んでください。", "Choose somebody from the list of people."),
        )
    return handle


def _between(community: CommunityRow, pair: Pair) -> LookAlikeRow:
    row = LookAlikeRow.objects.filter(community=community, one=pair[0], other=pair[1]).first()
    return row or LookAlikeRow(community=community, one=pair[0], other=pair[1])


def _must_be_of_the_team(acting: Acting, heard: Heard | None) -> None:
    if heard is None:
        return
    team = TeamMemberRow.objects.filter(community=acting.community, pk=heard.by)
    if not team.exists():
        raise InvalidChoice(
            Words(
                "誰が聞いたのかが選ばれていません。", "Nobody of the team is named who heard it."
            ),
            Words(
                "チームに登録した人から選んでください。",
                "Choose somebody who is written down in your team.",
            ),
        )


def _keep(acting: Acting, row: LookAlikeRow, *, state: LookAlikeState, when: datetime) -> None:
    row.was = row.state if row.pk else ""
    row.state, row.at, row.by_id = state, when, acting.user_id
    row.is_answered = False
    row.how, row.heard_by = "", None
    row.save()


def _undo(acting: Acting, community: CommunityRow, *, rows: list[LookAlikeRow]) -> None:
    """Lead decisions back to what was before; one without a proposal goes."""
    decided = [row for row in rows if row.at is not None]
    handles = _both_of_all(community, decided)
    for row in decided:
        if row.was:
            row.state, row.was = LookAlikeState(row.was), ""
            row.at = row.by = row.heard_by = None
            row.how = ""
            row.save()
        else:
            row.delete()
    if decided:
        _follow(community, handles)
        note(acting, "take back", about=_about(handles))


def _both_of_all(community: CommunityRow, rows: list[LookAlikeRow]) -> list[HandleRow]:
    found = {one.pk: one for row in rows for one in _both(community, (row.one, row.other))}
    return list(found.values())


def _follow(community: CommunityRow, handles: list[HandleRow]) -> None:
    """Let persons, proposals and the ladder follow a decision about these handles."""
    among = component_of(handles)
    raise_stamp(community)
    if join_again(community, among):
        CommunityRow.objects.filter(pk=community.pk).update(facts_stamp=F("facts_stamp") + 1)


def _must_not_contradict(community: CommunityRow, handles: list[HandleRow]) -> None:
    """Raise ``InvalidChoice`` if somebody said that two of those who would be one are not."""
    actors = [
        set(HandleRow.objects.filter(person=one.person_id).values_list("actor", flat=True))
        for one in handles
    ]
    if len(actors) != 2:
        return
    rows = LookAlikeRow.objects.filter(community=community, state=REJECTED)
    across = Q(one__in=actors[0], other__in=actors[1]) | Q(one__in=actors[1], other__in=actors[0])
    if actors[0] != actors[1] and _others(rows.filter(across), handles):
        raise InvalidChoice(
            Words(
                "別の人と答えた二つの名前が、一人になってしまいます。",
                "This would make one person of two names that were said to be two people.",
            ),
            Words(
                "先に、別の人とした答えを取り消してください。",
                "Take that answer back first.",
            ),
        )


def _others(rows: Iterable[LookAlikeRow], handles: list[HandleRow]) -> bool:
    """Say whether any of these is about others than just these two handles."""
    both = {one.actor for one in handles}
    return any({row.one, row.other} != both for row in rows)


def _about(handles: list[HandleRow]) -> str:
    return " = ".join(str(one.person) for one in handles)
