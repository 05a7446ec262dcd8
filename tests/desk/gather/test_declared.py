"""A name that its owner's own profile names, or that they say is theirs too, is the same person."""

from __future__ import annotations

import pytest

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.alike import find
from jibungoto.desk.gather.change import HANDLE_FIELDS
from jibungoto.desk.gather.decide import Heard, How, decide, join, part, take_back_last
from jibungoto.desk.gather.pairs import decided, two_sided
from jibungoto.desk.gather.tellings import _as_handle
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.records.models import (
    CommunityRow,
    HandleRow,
    LookAlikeRow,
    LookAlikeState,
    TeamMemberRow,
)
from tests.desk.gather.telling import facts, handle, persons, told, untold

AKI = handle("s", "Aki", links=("github.com/aki-t", "connpass.com/user/aki"))
ON_GITHUB = handle("g", "aki-t", outside_id="Aki-T")
ON_CONNPASS = handle("c", "あき", outside_id="aki")


def test_a_telling_of_an_earlier_release_had_the_user_name_among_its_links() -> None:
    told_before = dict.fromkeys(HANDLE_FIELDS, "") | {"links": "github.com/aki-t @aki.t"}
    del told_before["user_name"]
    facts = _as_handle(told_before)
    assert (facts["links"], facts["user_name"]) == ("github.com/aki-t", "aki.t")


def number_of(actor: str) -> int:
    return HandleRow.objects.get(actor=actor).person.number


@pytest.mark.parametrize(
    "order", [("slack", "github", "connpass"), ("connpass", "github", "slack")]
)
def test_a_profile_joins_with_the_accounts_it_names_in_any_order(
    acting: Acting, order: tuple[str, ...]
) -> None:
    sources = {"slack": AKI, "github": ON_GITHUB, "connpass": ON_CONNPASS}
    for source in order:
        told(acting, source, [sources[source]])
    assert persons(acting) == {frozenset("sgc")}


def test_undoing_either_side_parts_them_without_loss(acting: Acting) -> None:
    told(acting, "slack", [AKI])
    before = facts(acting)
    other = told(acting, "github", [ON_GITHUB])
    assert persons(acting) == {frozenset("sg")}
    untold(other)
    assert facts(acting) == before


def test_a_person_may_say_that_a_profile_is_wrong(acting: Acting) -> None:
    told(acting, "slack", [AKI])
    told(acting, "github", [ON_GITHUB])
    part(acting, number_of("s"))
    assert persons(acting) == {frozenset("s"), frozenset("g")}
    told(acting, "connpass", [ON_CONNPASS])
    assert persons(acting) == {frozenset("sc"), frozenset("g")}


def test_an_account_that_two_of_one_source_claim_joins_nobody(acting: Acting) -> None:
    liar = handle("x", "Bo", links=("github.com/aki-t",))
    told(acting, "slack", [AKI, liar])
    told(acting, "github", [ON_GITHUB])
    assert persons(acting) == {frozenset("s"), frozenset("x"), frozenset("g")}
    told(acting, "zoom", [handle("z", "Bo Kato"), handle("y", "Bo Kato")])
    join(acting, number_of("x"), other=number_of("z"))  # others who are looked at join nobody
    assert {frozenset("xz"), frozenset("s"), frozenset("g")} < persons(acting)


def test_a_claim_that_another_comes_to_share_is_given_up(acting: Acting) -> None:
    told(acting, "slack", [AKI])
    told(acting, "github", [ON_GITHUB])
    more = told(acting, "slack", [handle("x", "Bo", links=("github.com/aki-t",))])
    assert persons(acting) == {frozenset("s"), frozenset("x"), frozenset("g")}
    untold(more)
    assert persons(acting) == {frozenset("sg")}


def test_a_user_name_that_is_only_alike_joins_nobody(acting: Acting) -> None:
    told(acting, "slack", [AKI])
    told(acting, "github", [handle("h", "aki-t2", outside_id="aki-t2")])
    told(acting, "gitlab", [handle("l", "aki-t", outside_id="aki-t")])
    assert persons(acting) == {frozenset("s"), frozenset("h"), frozenset("l")}


def heard(acting: Acting) -> Heard:
    member = TeamMemberRow.objects.create(
        community=acting.community, name="Mio", function="manager", since="2026-01-01"
    )
    return Heard(How.MAIL, member.pk)


def test_what_a_member_says_is_kept_with_how_and_who_heard_it(acting: Acting) -> None:
    told(acting, "slack", [handle("s", "Aki")])
    told(acting, "zoom", [handle("z", "エー")])
    join(acting, number_of("s"), other=number_of("z"), heard=heard(acting))
    assert persons(acting) == {frozenset("sz")}
    (pair,) = two_sided(acting, decided(acting))
    assert [one.en for one in pair.reasons] == ["they said so (by mail, heard by Mio)"]


def test_it_is_taken_back_without_loss(acting: Acting) -> None:
    told(acting, "slack", [handle("s", "Hana Mori")])
    told(acting, "zoom", [handle("z", "Hana Mori")])
    find(acting)
    before = facts(acting), list(LookAlikeRow.objects.values("state", "how", "heard_by"))
    join(acting, number_of("s"), other=number_of("z"), heard=heard(acting))
    take_back_last(acting)
    after = facts(acting), list(LookAlikeRow.objects.values("state", "how", "heard_by"))
    assert after == before


def test_an_answer_on_the_page_afterwards_is_no_declaration(acting: Acting) -> None:
    told(acting, "slack", [handle("s", "Hana Mori")])
    told(acting, "zoom", [handle("z", "Hana Mori")])
    find(acting)
    join(acting, number_of("s"), other=number_of("z"), heard=heard(acting))
    row = LookAlikeRow.objects.get()
    decide(acting, row.pk, state=LookAlikeState.REJECTED)
    assert (LookAlikeRow.objects.get().how, LookAlikeRow.objects.get().heard_by) == ("", None)


def test_nobody_of_another_team_hears_it(acting: Acting) -> None:
    told(acting, "slack", [handle("s", "Aki")])
    told(acting, "zoom", [handle("z", "エー")])
    client = acting.community.client
    elsewhere = CommunityRow.objects.create(client=client, slug="b", name="b", zone="UTC", key="k")
    stranger = TeamMemberRow.objects.create(
        community=elsewhere, name="X", function="manager", since="2026-01-01"
    )
    with pytest.raises(InvalidChoice):
        join(
            acting,
            number_of("s"),
            other=number_of("z"),
            heard=Heard(How.FORM, stranger.pk),
        )
    assert persons(acting) == {frozenset("s"), frozenset("z")}


BO_ON_GITHUB = handle("b", "Bo Kato", outside_id="bkato")


def test_a_lone_link_to_an_account_under_another_full_name_is_only_a_proposal(
    acting: Acting,
) -> None:
    told(acting, "slack", [handle("s", "Aki Mori", links=("github.com/bkato",))])
    told(acting, "github", [BO_ON_GITHUB])
    assert persons(acting) == {frozenset("s"), frozenset("b")}
    find(acting)
    (pair,) = two_sided(acting, LookAlikeRow.objects.all())
    assert [one.en for one in pair.reasons] == ["a profile that links to the other's account"]
    decide(acting, pair.row.pk, state=LookAlikeState.ACCEPTED)
    assert persons(acting) == {frozenset("sb")}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Aki Mori", "Mori, Aki"),
        ("Aki Mori", "あき もり"),
        ("Aki Mori", "Aki M."),
        ("森 亜希", "Mori Aki"),
        ("髙橋花子", "高橋 花子"),
        ("Aki Mori", "kuma"),
        ("森 亜希", "くま"),
    ],
)
def test_a_link_joins_where_no_name_speaks_against_it(
    acting: Acting, name: str, other: str
) -> None:
    told(acting, "slack", [handle("s", name, links=("github.com/kuma",))])
    told(acting, "github", [handle("g", other, outside_id="kuma")])
    assert persons(acting) == {frozenset("sg")}


@pytest.mark.parametrize("order", [("slack", "github"), ("github", "slack")])
def test_an_account_called_as_somebody_else_there_joins_nobody(
    acting: Acting, order: tuple[str, ...]
) -> None:
    aki = handle("s", "Aki Mori", links=("github.com/bo-kato",))
    sources = {
        "slack": [aki, handle("x", "Kato Bo")],
        "github": [handle("g", "bo-kato", outside_id="bo-kato")],
    }
    for source in order:
        told(acting, source, sources[source])
    assert persons(acting) == {frozenset("s"), frozenset("x"), frozenset("g")}
    told(acting, "zoom", [handle("z", "Mori"), handle("y", "Mori")])
    join(acting, number_of("s"), other=number_of("z"))  # looking at a few says the same
    assert {frozenset("sz"), frozenset("g")} < persons(acting)


def test_an_account_called_as_its_owner_joins_though_a_namesake_is_there(acting: Acting) -> None:
    aki = handle("s", "Aki Mori", links=("github.com/akimori",), user_name="akimori")
    told(acting, "slack", [aki, handle("x", "Akimori")])
    told(acting, "github", [handle("g", "akimori", outside_id="akimori")])
    assert persons(acting) == {frozenset("sg"), frozenset("x")}


def test_a_blog_that_two_claim_is_nobodys_whoever_is_looked_at(acting: Acting) -> None:
    blog = ("aki.hatenablog.com",)
    told(acting, "slack", [handle("s", "Aki", links=blog), handle("x", "Bo", links=blog)])
    told(acting, "feed", [handle("f", "aki", outside_id="aki.hatenablog.com")])
    told(acting, "zoom", [handle("z", "Aki M"), handle("y", "Aki M")])
    assert {frozenset("s"), frozenset("x"), frozenset("f")} < persons(acting)
    join(acting, number_of("s"), other=number_of("z"))
    assert {frozenset("sz"), frozenset("x"), frozenset("f")} < persons(acting)
