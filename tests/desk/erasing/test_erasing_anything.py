"""Whatever came in, was joined, parted and taken out: who is erased has never been here by name."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.erasing.again import clean_all
from jibungoto.desk.erasing.erase import erase, look
from jibungoto.desk.gather.alike import find
from jibungoto.desk.gather.current import _who, erased_actors
from jibungoto.desk.gather.decide import join, part
from jibungoto.desk.people.affiliations import belong
from jibungoto.desk.people.organisations import Called, found_organisation
from jibungoto.desk.people.touch import touch
from jibungoto.gather.people.mentioned import close
from jibungoto.ledger.person import Handle
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.records.models import (
    AffiliationRow,
    AuditRow,
    CommunityRow,
    HandleRow,
    IntakeRow,
    LookAlikeRow,
    PersonRow,
    TouchKind,
)
from tests.desk.erasing.looking import found_in_bytes
from tests.desk.gather.telling import handle, persons, told, untold
from tests.desk.gather.test_joining import FIRST

NAMES = ["髙橋 花子", "高橋花子", "Hanako Takahashi", "田中 実", "Wren Okabe"]
SOURCES = "abc"
numbers = itertools.count(1)
Done = tuple[str, str, str]


@st.composite
def exports(draw: st.DrawFn) -> dict[str, list[Handle]]:
    """Draw what three sources tell: the same few names, and addresses that two may share."""
    shared = st.sampled_from(["", "shared-one@zq.jp", "shared-two@zq.jp"])
    return {
        source: [
            handle(
                f"{source}{n}",
                draw(st.sampled_from(NAMES)),
                email=draw(shared) or f"zq{source}{n}@zq.jp",
                outside_id=f"ZQID{source}{n}X",
            )
            for n in range(draw(st.integers(1, 3)))
        ]
        for source in SOURCES
    }


actors = st.sampled_from([f"{source}{n}" for source in SOURCES for n in range(3)])
steps = st.lists(
    st.tuples(
        st.sampled_from(["in", "in", "in", "out", "join", "join", "part", "belong", "touch"]),
        actors,
        actors,
    ),
    max_size=10,
)


@dataclass
class Town:
    """One community, what its sources tell, and what was done in it that worked."""

    acting: Acting
    exports: dict[str, list[Handle]]
    here: dict[str, IntakeRow] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)

    def happen(self, what: str, one: str, other: str) -> None:
        """Let one thing happen, if it can, and remember that it did."""
        if what in {"in", "out"}:
            self._bring(what, one[0])
        elif not (
            self._are_here(one, other if what == "join" else one) and self._said(what, one, other)
        ):
            return
        self.done.append((what, one, other))

    def _are_here(self, *named: str) -> bool:
        return all(self._number(one) is not None for one in named)

    def _bring(self, what: str, source: str) -> None:
        if what == "out" and source in self.here:
            untold(self.here.pop(source))
        if what == "in" and source not in self.here:
            gone = erased_actors(self.acting.community)  # as every intake leaves them out
            kept = [one for one in self.exports[source] if one.actor not in gone]
            self.here[source] = told(self.acting, source, kept)

    def _said(self, what: str, one: str, other: str) -> bool:
        number = self._number(one)
        assert number is not None
        if what == "join":
            try:
                join(self.acting, number, other=self._number(other) or 0)
            except InvalidChoice:
                return False
        elif what == "part":
            part(self.acting, number)
        elif HandleRow.objects.get(actor=one, **self._is_here()).person.handles.count() > 1:
            return False  # what is said of several names at once stays with them when parted
        elif what == "belong":
            row = found_organisation(self.acting, Called(name_en="Acme"))
            belong(self.acting, row.number, people=[number])
        else:
            touch(self.acting, number, kind=TouchKind.TALKED, day=FIRST)
        return True

    def _is_here(self) -> dict[str, CommunityRow]:
        return {"community": self.acting.community}

    def _number(self, actor: str) -> int | None:
        """Return the number of the person that came with this name, if it is here."""
        row = HandleRow.objects.filter(actor=actor, **self._is_here()).first()
        return row.born.number if row and row.born else None


def town(like: Acting, exports: dict[str, list[Handle]]) -> Town:
    slug = f"erasing-{next(numbers)}"
    client = like.community.client
    row = CommunityRow.objects.create(client=client, slug=slug, name=slug, zone="UTC", key="k")
    return Town(administrator(row), exports)


def shown(acting: Acting) -> dict[str, object]:
    """Return everything a page knows of people, but the numbers they have."""
    community = acting.community
    handles = HandleRow.objects.filter(community=community)
    said = AffiliationRow.objects.filter(organisation__community=community)
    alike = LookAlikeRow.objects.filter(community=community)
    people = PersonRow.objects.filter(community=community)
    return {
        "persons": persons(acting),
        "names": sorted(handles.values_list("actor", "person__name", "person__search")),
        "own": sorted(handles.values_list("actor", "born__name")),
        "who": sorted((row[0], *row[2:]) for row in _who(community)),
        "belong": sorted(said.values_list("actor", "is_refused")),
        "alike": sorted(alike.values_list("one", "other", "state")),
        "touched": sorted(
            people.filter(touches__isnull=False).values_list("born_handles__actor", flat=True)
        ),
    }


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(exports=exports(), before=steps, whom=actors, after=steps)
def test_who_is_erased_leaves_no_trace_and_all_else_is_as_without_them(
    acting: Acting,
    home: Path,
    exports: dict[str, list[Handle]],
    before: list[Done],
    whom: str,
    after: list[Done],
) -> None:
    here = town(acting, exports)
    for step in before:
        here.happen(*step)
    find(here.acting)
    number = here._number(whom)
    if number is not None:
        seen = look(here.acting, number)
        erase(here.acting, number, said={one.ref: one.proposed for one in seen.mentions})
    gone = erased_actors(here.acting.community)
    assert (whom in gone) is (number is not None)
    for step in after:
        here.happen(*step)
    find(here.acting)

    less = {source: [h for h in told if h.actor not in gone] for source, told in exports.items()}
    never = town(acting, less)
    for what, one, other in here.done:
        if what in {"in", "out"} or not {one, other if what == "join" else one} & gone:
            never.happen(what, one, other)
    find(never.acting)
    assert shown(here.acting) == shown(never.acting)
    CommunityRow.objects.filter(pk=never.acting.community.pk).delete()
    _must_have_no_trace(here, gone, home=home)


def _must_have_no_trace(here: Town, gone: frozenset[str], *, home: Path) -> None:
    """Hold that no byte has what only erased people had; and that the search can find."""
    everybody = [one for told in here.exports.values() for one in told]
    kept = {close(text) for one in everybody if one.actor not in gone for text in _texts(one)}
    lost = {text for one in everybody if one.actor in gone for text in _texts(one)}
    lost = {text for text in lost if close(text) not in kept}
    clean_all()
    assert found_in_bytes(home, lost) == {}
    there = HandleRow.objects.filter(community=here.acting.community).first()
    assert there is None or there.outside_id in found_in_bytes(home, [there.outside_id])
    AuditRow.objects.filter(community=here.acting.community).delete()
    CommunityRow.objects.filter(pk=here.acting.community.pk).delete()


def _texts(one: Handle) -> set[str]:
    return {one.name, one.email or "", one.outside_id} - {""}
