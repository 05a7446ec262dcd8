"""Series and chapters: put together on their page, counted by the worker, used by plans."""

from __future__ import annotations

import pytest
from django.test import Client

from jibungoto.desk.acting import Acting
from jibungoto.desk.plan.ask_narrowly import measured_of_scope
from jibungoto.desk.plan.scopes import asked_scopes, count_asked, waiting_for_segments
from jibungoto.desk.understand.measures import measured
from jibungoto.desk.understand.scope_findings import measured_in, missing_scopes
from jibungoto.desk.understand.scopes import save_scope, scope_keyed, scopes
from jibungoto.ledger.problems import InvalidChoice, NotAllowed, UnknownName
from jibungoto.records.models import InitiativeRow, ScopeFindingRow, ScopeRow
from jibungoto.understand.scope_kind import ScopeKind
from tests.web.plan_writing import V0, begun, fields, get, texts

SCOPES = "/yamabiko/measures/scopes/"


@pytest.fixture
def maps(acting: Acting) -> str:
    """Return the key of the channel that a member started."""
    return InitiativeRow.objects.get(community=acting.community, name="maps").key


def chapter(acting: Acting, *parts: str, name: str = "Maps") -> ScopeRow:
    return save_scope(acting, ScopeKind.CHAPTER, name=name, parts=parts)


def test_a_chapter_is_put_together_on_its_page(manager: Client, acting: Acting, maps: str) -> None:
    assert "Say which events belong together" in texts(get(manager, SCOPES))
    sent = {"kind": "chapter", "name": "Maps", "parts": [maps]}
    page = texts(manager.post(SCOPES, sent, follow=True).content.decode())
    assert "“Maps” is on the list now." in page and "Put together here" in page
    (one,) = [one for one in scopes(acting) if one.row is not None]
    assert (one.kind, one.key, one.initiatives) == (ScopeKind.CHAPTER, "maps", frozenset({maps}))


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"kind": "series", "name": "", "parts": ["x"]}, "It needs a name."),
        ({"kind": "series", "name": "Live", "parts": ["nobody-knows"]}, "Nothing is chosen"),
        ({"kind": "series", "name": "Live"}, "Nothing is chosen"),
    ],
)
def test_what_cannot_be_made_says_why_and_keeps_what_was_typed(
    manager: Client, sent: dict[str, object], says: str
) -> None:
    page = manager.post(SCOPES, sent).content.decode()
    assert says in texts(page)
    assert f'value="{sent["name"]}"' in page
    assert not ScopeRow.objects.exists()


def test_a_kind_that_is_none_and_a_key_nobody_has_are_not_found(manager: Client) -> None:
    assert manager.post(SCOPES, {"kind": "club", "name": "x"}).status_code == 404
    assert manager.get(f"{SCOPES}series/none/").status_code == 404
    assert manager.get("/yamabiko/measures/?in=club:x").status_code == 404
    assert manager.get("/yamabiko/measures/?in=series:none").status_code == 404


def test_a_name_is_used_once_and_saving_again_changes_nothing(acting: Acting, maps: str) -> None:
    first = chapter(acting, maps)
    assert save_scope(acting, ScopeKind.CHAPTER, name="Maps", parts=[maps], key="maps") == first
    with pytest.raises(InvalidChoice):
        chapter(acting, maps)


def test_events_alike_in_name_are_proposed_and_become_a_series(
    manager: Client, acting: Acting
) -> None:
    for number in (1, 2):
        InitiativeRow.objects.create(
            community=acting.community,
            source="connpass",
            key=f"connpass:{number}",
            kind="event",
            name=f"Live #{number}",
            tag="none",
        )
    assert "Make it a series" in texts(get(manager, SCOPES))
    sent = {"kind": "series", "name": "Live", "parts": ["connpass:1", "connpass:2"]}
    assert "Make it a series" not in texts(manager.post(SCOPES, sent, follow=True).content.decode())
    assert scope_keyed(acting, ScopeKind.SERIES, key="live").events == 2


def test_the_worker_counts_a_chapter_and_the_measures_show_it(
    manager: Client, acting: Acting, maps: str
) -> None:
    chapter(acting, maps)
    assert "being counted" in texts(get(manager, "/yamabiko/measures/?in=chapter:maps"))
    assert [one.pk for one in waiting_for_segments()] == [acting.community.pk]
    assert count_asked(acting.community) == 1
    assert list(waiting_for_segments()) == [] and count_asked(acting.community) == 0
    whole = measured(acting, keys=("active",))[0].now[""].value
    here = measured_in(acting, ScopeKind.CHAPTER, key="maps")["active"].now[""].value
    assert whole is not None and here is not None and 0 < here < whole
    page = texts(get(manager, "/yamabiko/measures/?in=chapter:maps"))
    assert "Only what happened in this chapter" in page
    assert "People join the community, not a chapter" in page


def test_what_belongs_to_it_changed_is_counted_anew(acting: Acting, maps: str) -> None:
    chapter(acting, maps)
    count_asked(acting.community)
    every = [one.key for one in InitiativeRow.objects.filter(community=acting.community)]
    save_scope(acting, ScopeKind.CHAPTER, name="Maps", parts=every, key="maps")
    assert not ScopeFindingRow.objects.exists()
    assert count_asked(acting.community) == 1
    whole = measured(acting, keys=("active",))[0].now[""].value
    now = measured_in(acting, ScopeKind.CHAPTER, key="maps")["active"].now[""].value
    assert now == whole


def test_a_victory_condition_of_a_chapter_has_its_value(
    manager: Client, acting: Acting, maps: str
) -> None:
    chapter(acting, maps)
    draft = begun(manager)
    sent = fields(get(manager, draft)) | {f"{V0}.measure": "active", "step": "save"}
    manager.post(draft, sent | {f"{V0}.scope.chapter": "maps"})
    assert "The value of this chapter is being counted" in texts(get(manager, draft))
    assert asked_scopes(acting.community) == [(ScopeKind.CHAPTER, "maps")]
    count_asked(acting.community)
    page = texts(get(manager, draft))
    assert "Only what happened in this chapter" in page and "being counted" not in page


@pytest.mark.parametrize(
    ("measure", "scope", "says"),
    [
        ("registered", {"chapter": "maps"}, "means nothing of one chapter"),
        ("active", {"series": "gone"}, "This series is not there any more"),
        ("active", {"chapter": "maps", "series": "gone"}, "one at a time"),
    ],
)
def test_what_has_no_value_in_a_scope_says_why(
    manager: Client, acting: Acting, maps: str, *, measure: str, scope: dict[str, str], says: str
) -> None:
    chapter(acting, maps)
    draft = begun(manager)
    sent = fields(get(manager, draft)) | {f"{V0}.measure": measure, "step": "save"}
    sent |= {f"{V0}.scope.{kind}": key for kind, key in scope.items()}
    assert says in texts(manager.post(draft, sent, follow=True).content.decode())


def test_asked_by_name_it_is_worked_out_here_and_now(acting: Acting, maps: str) -> None:
    chapter(acting, maps)
    (active,) = measured_of_scope(acting, ScopeKind.CHAPTER, told="Maps", keys=("active",))
    assert active.now[""].value is not None
    assert missing_scopes(acting.community, [(ScopeKind.CHAPTER, "maps")]) == []
    with pytest.raises(UnknownName):
        measured_of_scope(acting, ScopeKind.SERIES, told="Maps")


def test_taken_off_the_list_plans_still_read_it(manager: Client, acting: Acting, maps: str) -> None:
    chapter(acting, maps)
    manager.post(f"{SCOPES}chapter/maps/", {"step": "drop"})
    assert [one for one in scopes(acting) if one.row is not None] == []
    assert scope_keyed(acting, ScopeKind.CHAPTER, key="maps").name == "Maps"


def test_nobody_without_the_role_makes_one(acting: Acting, maps: str) -> None:
    reader = Acting(acting.community, "reader", acting.user_id)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        chapter(reader, maps)
