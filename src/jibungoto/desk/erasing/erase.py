"""Erasing a person: names, what was said of them, and every text that names them; for good."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from jibungoto.desk.acting import Acting, note
from jibungoto.desk.erasing.briefs import freeze_again
from jibungoto.desk.erasing.kept_list import keep_alike
from jibungoto.desk.erasing.keys import give_other_keys
from jibungoto.desk.erasing.mentions import (
    Mention,
    decided,
    mentions_of,
    sign_ins,
    written_by_us,
)
from jibungoto.desk.erasing.texts import Written, write_texts
from jibungoto.desk.erasing.whom import Whom, must_erase, whom
from jibungoto.desk.gather.change import delete
from jibungoto.desk.gather.joining import component_of, join_again
from jibungoto.gather.people.mentioned import is_named
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.home import upload_folder
from jibungoto.records.models import (
    AccountLinkRow,
    AffiliationRow,
    BriefFileRow,
    CommunityRow,
    ErasureRow,
    HandleRow,
    InitiativeRow,
    InitiativeToldRow,
    IntakeRow,
    IntakeState,
    LookAlikeRow,
    LookAlikeState,
    PersonRow,
    RefusedRow,
)

LOOK_AGAIN = Words(
    "名前を含む文がまだ残っています。", "There are texts with their name that nobody decided on."
)
DECIDE = Words(
    "画面を開き直し、見つかった文をすべて確かめてください。",
    "Open the page again and look at every text that was found.",
)
STILL_NAMED = Words("直した文に、まだ名前が残っています。", "A text you mended still names them.")
MEND = Words(
    "名前を消すか、「別の人のこと」を選んでください。",
    "Take the name out, or say that somebody else is meant.",
)


@dataclass(frozen=True, slots=True)
class Look:
    """What would be erased: whom, how much of each, typed texts, and sign-ins that stay.

    ``alike`` are names that may be theirs too, and stay unless somebody answers that they are.
    """

    of: Whom
    touches: int
    organisations: int
    uploads: int
    mentions: tuple[Mention, ...]
    sign_ins: tuple[str, ...]
    alike: tuple[str, ...]


def look(acting: Acting, number: int) -> Look:
    """Return what erasing somebody would take away; it changes nothing."""
    must_erase(acting)
    of = whom(acting, number)
    return Look(
        of,
        touches=sum(one.touches.count() for one in of.people),
        organisations=AffiliationRow.objects.filter(actor__in=of.actors)
        .values("organisation", "from_day")
        .distinct()
        .count(),
        uploads=len(_uploads(acting.community)),
        mentions=tuple(mentions_of(acting, of)),
        sign_ins=tuple(sign_ins(of)),
        alike=tuple(_alike(acting.community, of)),
    )


def erased_since(acting: Acting, moment: datetime) -> int:
    """Return how many people of a community were erased after a moment."""
    return ErasureRow.objects.filter(community=acting.community, at__gt=moment).count()


def _alike(community: CommunityRow, of: Whom) -> list[str]:
    """Return the names that nobody has yet said to be theirs, or not to be."""
    rows = LookAlikeRow.objects.filter(
        Q(one__in=of.actors) | Q(other__in=of.actors),
        community=community,
        state__in=[LookAlikeState.OPEN, LookAlikeState.LATER],
        is_answered=False,
    )
    others = {actor for pair in rows.values_list("one", "other") for actor in pair} - of.actors
    people = PersonRow.objects.filter(community=community, handles__actor__in=others)
    return list(people.order_by("name").values_list("name", flat=True).distinct())


def erase(acting: Acting, number: int, *, said: Mapping[str, str | None]) -> ErasureRow:
    """Erase a person for good, with every text as decided; nothing brings them back.

    ``said`` gives for each mention that ``look`` finds the text it becomes, or None where
    somebody else is meant. Raises ``InvalidChoice`` where one is missing or still names them.
    """
    must_erase(acting)
    of = whom(acting, number)
    texts = decided(mentions_of(acting, of), said)
    if texts is None:
        raise InvalidChoice(LOOK_AGAIN, DECIDE)
    for text in texts.values():
        if is_named(text, of.terms):
            raise InvalidChoice(STILL_NAMED, MEND, place=text[:60])
    return carry_out(acting, of, texts=texts)


def carry_out(acting: Acting, of: Whom, *, texts: Mapping[Written, str]) -> ErasureRow:
    """Erase whom it is of, with these texts written anew, in one transaction; then the files."""
    must_erase(acting)
    community = acting.community
    ours = written_by_us(community, of, texts=texts)
    typed = {old.spot: text for old, text in texts.items()}
    with transaction.atomic():
        CommunityRow.objects.select_for_update().get(pk=community.pk)
        refuse_for_good(acting, of.actors)
        _forget_what_was_said(community, of)
        _forget_rows(community, of)
        write_texts(acting, {**ours, **typed})
        give_other_keys(acting, of, written=typed)
        BriefFileRow.objects.filter(brief__community=community).delete()
        freeze_again(acting, {spot.pk for spot in typed if spot.model == "BriefRow"})
        CommunityRow.objects.filter(pk=community.pk).update(
            facts_stamp=F("facts_stamp") + 1,
            names_stamp=F("names_stamp") + 1,
            alike_version=0,
            keeps_uploads=False,
        )
        row = ErasureRow.objects.create(
            community=community,
            by_id=acting.user_id,
            handles=len(of.handles),
            mentions=len(texts),
        )
        note(acting, "erase", about=f"{len(of.handles)}")
    keep_alike(acting)
    for folder in _uploads(community):
        shutil.rmtree(folder, ignore_errors=True)
    community.refresh_from_db()
    return row


def refuse_for_good(acting: Acting, actors: frozenset[str]) -> None:
    """List pseudonyms that no intake may take in any more, inside the caller's transaction."""
    must_erase(acting)
    refused = RefusedRow.objects.filter(community=acting.community, actor__in=actors)
    refused.update(is_erased=True)
    now = timezone.now()
    RefusedRow.objects.bulk_create(
        (
            RefusedRow(community=acting.community, actor=actor, at=now, is_erased=True)
            for actor in sorted(actors)
        ),
        ignore_conflicts=True,
    )


def _forget_what_was_said(community: CommunityRow, of: Whom) -> None:
    """Forget decisions and memberships that name their pseudonyms, and numbers in lists."""
    theirs = Q(one__in=of.actors) | Q(other__in=of.actors)
    LookAlikeRow.objects.filter(theirs, community=community).delete()
    here = AffiliationRow.objects.filter(organisation__community=community)
    here.filter(actor__in=of.actors).delete()
    numbers = {one.number for one in of.people}
    for link in AccountLinkRow.objects.filter(community=community):
        if numbers & set(link.people):
            kept = [one for one in link.people if one not in numbers]
            AccountLinkRow.objects.filter(pk=link.pk).update(people=kept)
    begun = InitiativeRow.objects.filter(community=community, started_by__in=of.actors)
    for told in InitiativeToldRow.objects.filter(initiative__in=begun):
        if told.told.get("started_by") in of.actors:
            now = told.told | {"started_by": ""}
            InitiativeToldRow.objects.filter(pk=told.pk).update(told=now)
    begun.update(started_by="")


def _forget_rows(community: CommunityRow, of: Whom) -> None:
    """Delete handles and persons with all that hangs on them, staged ones too.

    Whoever is joined with them, and is somebody else after all, stands alone again.
    """
    staged = HandleRow._base_manager.filter(community=None, actor__in=of.actors)
    people = {one.pk for one in of.people}
    people |= set(staged.values_list("born_id", flat=True)) - {None}
    gone = {one.pk for one in of.handles} | set(staged.values_list("pk", flat=True))
    rest = component_of(of.handles) - gone
    delete(HandleRow, sorted(gone))
    if rest:
        join_again(community, rest)
    delete(PersonRow, sorted(people))


def _uploads(community: CommunityRow) -> list[Path]:
    """Return the kept uploads of a community that nobody is about to read."""
    rows = IntakeRow.objects.filter(community=community, is_upload=True).exclude(
        state__in=[IntakeState.WAITING, IntakeState.READING]
    )
    folders = {Path(path).parent for path in rows.values_list("path", flat=True)}
    return sorted(one for one in folders if one.parent == upload_folder() and one.exists())
