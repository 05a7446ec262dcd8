"""Whatever comes in, is decided and is taken back: persons follow their links, in any order."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.gather.alike import find
from jibungoto.desk.gather.decide import decide, join, part, take_back_last
from jibungoto.desk.people.staff import answer
from jibungoto.desk.people.touch import touch
from jibungoto.ledger.person import Handle, PersonKind
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.records.models import (
    CommunityRow,
    HandleRow,
    IntakeRow,
    LookAlikeRow,
    LookAlikeState,
    PersonKindRow,
    PersonRow,
    TouchKind,
)
from tests.desk.gather.telling import facts, handle, persons, told, untold

FIRST = date(2026, 1, 1)
NAMES = ["髙橋 花子", "高橋花子", "Hanako Takahashi", "田中 実", "hanako"]
ADDRESSES = ["", "", "hana@mori.jp", "minoru@mori.jp", "info@mori.jp"]
numbers = itertools.count(1)


def fresh(like: Acting) -> Acting:
    """Return the administrator of one more community."""
    slug = f"more-{next(numbers)}"
    client = like.community.client
    return administrator(
        CommunityRow.objects.create(client=client, slug=slug, name=slug, zone="UTC", key="k")
    )


@st.composite
def exports(draw: st.DrawFn) -> list[list[Handle]]:
    """Draw what four sources tell: the same few names and addresses again and again."""
    return [
        [
            handle(f"{source}{n}", draw(st.sampled_from(NAMES)), email=draw(addresses))
            for n in range(draw(st.integers(1, 3)))
        ]
        for source in "abcd"
    ]


addresses = st.sampled_from(ADDRESSES)
steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["in", "in", "out", "same", "same", "different", "later", "back", "join", "part"]
            + ["staff", "touch", "in and out", "same and back", "part and back"]
        ),
        st.integers(0, 11),
        st.integers(0, 11),
    ),
    max_size=14,
)


@dataclass
class Town:
    """One community while things happen to it."""

    acting: Acting
    exports: list[list[Handle]]
    here: dict[int, IntakeRow] = field(default_factory=dict)

    def happen(self, what: str, one: int, *, other: int) -> None:
        """Let one thing happen, then what the worker does about it."""
        if what in {"in", "out", "in and out"}:
            self._bring(what, one % len(self.exports))
        elif what in {"staff", "touch"}:
            self._say(what, one)
        elif what in {"join", "part", "part and back"}:
            self._join(what, one, other)
        elif what == "back":
            take_back_last(self.acting)
        else:
            self._decide(what, one)
        find(self.acting)

    def _bring(self, what: str, one: int) -> None:
        if what == "out":
            if one in self.here:
                untold(self.here.pop(one))
            return
        intake = self.here.get(one)
        before = facts(self.acting)
        if intake is None:
            self.here[one] = told(self.acting, "abcd"[one], self.exports[one])
        if what == "in and out" and intake is None:
            find(self.acting)
            untold(self.here.pop(one))
            assert facts(self.acting) == before

    def _say(self, what: str, one: int) -> None:
        people = list(PersonRow.objects.filter(community=self.acting.community, merged_into=None))
        if not people:
            return
        person = people[one % len(people)]
        if what == "staff":
            answer(self.acting, [person.number])
        else:
            touch(self.acting, person.number, kind=TouchKind.TALKED, day=FIRST)

    def _join(self, what: str, one: int, other: int) -> None:
        people = list(PersonRow.objects.filter(community=self.acting.community).order_by("pk"))
        if not people:
            return
        number, second = (people[n % len(people)].number for n in (one, other))
        before = facts(self.acting)
        if what == "join":
            try:
                join(self.acting, number, other=second)
            except InvalidChoice:
                assert facts(self.acting) == before
        elif part(self.acting, number) and what == "part and back":
            take_back_last(self.acting)
            assert facts(self.acting) == before

    def _decide(self, what: str, one: int) -> None:
        rows = list(LookAlikeRow.objects.filter(community=self.acting.community).order_by("pk"))
        if not rows:
            return
        state = {"different": LookAlikeState.REJECTED, "later": LookAlikeState.LATER}
        row, before = rows[one % len(rows)], facts(self.acting)
        to = state.get(what, LookAlikeState.ACCEPTED)
        try:
            decide(self.acting, row.pk, state=to)
        except InvalidChoice:
            assert facts(self.acting) == before
            return
        if what == "same and back" and row.state != to:
            take_back_last(self.acting)
            assert facts(self.acting) == before


def by_the_plain_rule(acting: Acting) -> set[frozenset[str]]:
    """Return who is one person, read aloud: whoever a chain of links joins."""
    rows = HandleRow.objects.filter(community=acting.community)
    emails = dict(rows.values_list("actor", "email"))
    said = {
        frozenset((row.one, row.other)): row.state
        for row in LookAlikeRow.objects.filter(community=acting.community)
    }

    def is_link(one: str, other: str) -> bool:
        state = said.get(frozenset((one, other)))
        is_proven = bool(emails[one]) and emails[one] == emails[other] != "info@mori.jp"
        return state == "accepted" or (is_proven and state != "rejected")

    groups = [{actor} for actor in emails]
    for one, other in itertools.combinations(emails, 2):
        if is_link(one, other):
            first = next(group for group in groups if one in group)
            second = next(group for group in groups if other in group)
            if first is not second:
                groups.remove(second)
                first |= second
    return {frozenset(group) for group in groups}


def check(acting: Acting) -> None:
    """Hold everything that is true at every moment."""
    assert persons(acting) == by_the_plain_rule(acting)
    handles = list(HandleRow.objects.filter(community=acting.community))
    behind = {one.actor: one.person_id for one in handles}
    born: dict[int, list[int]] = {}
    for row in PersonRow.objects.filter(community=acting.community).order_by("number"):
        born.setdefault(row.merged_into_id or row.pk, []).append(row.pk)
    assert {one.person_id for one in handles} == set(born)
    assert all(root == group[0] for root, group in born.items())
    assert all(
        one.person_id == one.born_id or one.born_id in born[one.person_id] for one in handles
    )
    waiting = LookAlikeRow.objects.filter(
        community=acting.community, state=LookAlikeState.OPEN, is_answered=False
    )
    assert all(behind[row.one] != behind[row.other] for row in waiting)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(exports=exports(), steps=steps)
def test_persons_follow_their_links_and_undoing_gives_back_what_was_there(
    acting: Acting, exports: list[list[Handle]], steps: list[tuple[str, int, int]]
) -> None:
    town = Town(fresh(acting), exports)
    seen: set[int] = set()
    for what, one, other in steps:
        rows = PersonRow.objects.filter(community=town.acting.community)
        before = set(rows.values_list("number", flat=True))
        town.happen(what, one, other=other)
        check(town.acting)
        new = set(rows.values_list("number", flat=True)) - before
        assert not new & seen, "no number is ever given to another person"
        seen |= before | new


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(exports=exports(), order=st.permutations(range(4)), shuffled=st.randoms())
def test_the_order_of_intakes_and_of_answers_does_not_matter(
    acting: Acting, exports: list[list[Handle]], order: list[int], shuffled: object
) -> None:
    def partition(intakes: list[int], turned: Callable[[list[LookAlikeRow]], None]) -> object:
        town = Town(fresh(acting), exports)
        for one in intakes:
            town.happen("in", one, other=0)
        rows = list(LookAlikeRow.objects.filter(community=town.acting.community))
        turned(rows)
        for row in rows:
            if row.score > 0.8:
                decide(town.acting, row.pk, state=LookAlikeState.ACCEPTED)
        return persons(town.acting)

    shuffle = shuffled.shuffle  # type: ignore[attr-defined]  # a random.Random
    assert partition([0, 1, 2, 3], lambda rows: None) == partition(order, shuffle)


spans = st.lists(
    st.tuples(
        st.sampled_from([kind.value for kind in PersonKind]),
        st.none() | st.integers(0, 20).map(lambda day: FIRST + timedelta(days=day)),
        st.none() | st.integers(21, 40).map(lambda day: FIRST + timedelta(days=day)),
    ),
    max_size=4,
)
STRENGTH = ["staff", "partner", "bot", "guest", "member"]


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(mine=spans, theirs=spans, is_bot=st.booleans())
def test_every_handle_of_a_joined_person_has_one_kind_a_day_the_strongest_said_of_any(
    acting: Acting,
    mine: list[tuple[str, date | None, date | None]],
    theirs: list[tuple[str, date | None, date | None]],
    is_bot: bool,
) -> None:
    here = fresh(acting)
    told(here, "slack", [handle("s", "Hana", is_bot=is_bot), handle("t", "花", is_bot=True)])
    for number, marks in ((1, mine), (2, theirs)):
        person = PersonRow.objects.get(community=here.community, number=number)
        for kind, start, end in marks:
            PersonKindRow.objects.create(person=person, kind=kind, from_day=start, to_day=end)
    join(here, 1, other=2)
    rows = facts(here)["who"]
    for day in (FIRST + timedelta(days=n) for n in range(-1, 42)):
        said = [
            kind
            for kind, start, end in mine + theirs
            if (start is None or start <= day) and (end is None or day < end)
        ]
        expected = min(said, key=STRENGTH.index) if said else "bot" if is_bot else "member"
        for actor in ("s", "t"):
            found = [
                row[2]
                for row in rows  # type: ignore[attr-defined]  # a list of tuples
                if row[0] == actor
                and (row[3] is None or row[3] <= day)
                and (row[4] is None or day < row[4])
            ]
            assert found == [expected]
