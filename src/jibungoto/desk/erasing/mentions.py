"""Texts that people typed and that name somebody, or may: shown before anything is erased."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.contrib.auth import get_user_model

from jibungoto.desk.acting import Acting
from jibungoto.desk.erasing.texts import Spot, Written, texts_of
from jibungoto.desk.erasing.whom import Whom
from jibungoto.gather.people.mentioned import is_named, without_name
from jibungoto.ledger.words import Words
from jibungoto.records.models import CommunityRow

MARK = Words("(消去された人)", "(an erased person)")
"""What stands where a name stood."""

_PLACES: dict[str, Words] = {
    "PlanVersionRow": Words("計画", "a plan"),
    "PlanReviewRow": Words("計画の振り返り", "the review of a plan"),
    "PlanVerdictRow": Words("計画の結果", "the end of a plan"),
    "PlanAcknowledgementRow": Words("計画への合意", "an acknowledgement of a plan"),
    "HandCountRow": Words("手で数えた数", "a number counted by hand"),
    "SegmentRow": Words("セグメント", "a segment"),
    "BriefRow": Words("資料", "a brief"),
    "BriefFileRow": Words("資料のファイル", "a file of a brief"),
    "VoiceRow": Words("メンバーの声", "the voice of a member"),
    "BriefLinkRow": Words("資料のリンク", "a link to a brief"),
    "SendingRow": Words("資料の送り先", "where a brief is sent"),
    "RhythmRow": Words("資料の予定", "the calendar of briefs"),
    "TeamMemberRow": Words("チーム", "the team"),
    "AccountRow": Words("アカウントと契約", "an account or contract"),
    "StakeholderRow": Words("ステークホルダー", "a stakeholder"),
    "ContactRow": Words("ステークホルダーとの話", "a talk with a stakeholder"),
    "DeliveryRow": Words("届けた資料", "a delivered brief"),
    "InitiativeRow": Words("取り組みの名前", "the name of an initiative"),
    "IntakeRow": Words("取り込んだファイル", "a file that was brought in"),
    "OrganisationRow": Words("組織", "an organisation"),
    "StudyRow": Words("問い", "a question"),
    "BusinessFileRow": Words("業務の記録のファイル", "a file of business records"),
    "BusinessRecordRow": Words("業務の記録", "a business record"),
    "AccountLinkRow": Words("取引先とのつながり", "the link to an account"),
    "CommunityRow": Words("コミュニティの名前", "the name of the community"),
}
_ELSEWHERE = Words("書かれた文", "a text")


@dataclass(frozen=True, slots=True)
class Mention:
    """A text that names somebody for sure, or may; ``proposed`` is the same without the name."""

    spot: Spot
    text: str
    proposed: str
    is_sure: bool

    @property
    def ref(self) -> str:
        """What this text is called in a form."""
        return self.spot.ref

    @property
    def place(self) -> Words:
        """Where it stands, in words."""
        return _PLACES.get(self.spot.model, _ELSEWHERE)


def mentions_of(acting: Acting, of: Whom) -> list[Mention]:
    """Return what people typed of somebody, the sure ones first, in the order of the tables."""
    community, terms = acting.community, of.terms
    mark = mark_in(community)
    found = []

    @cache  # a table of business records says the same few words in every row
    def is_meant(text: str) -> bool:
        return is_named(text, terms, surely=False)

    for one in texts_of(community, by_us=False, is_meant=is_meant):
        is_sure = is_named(one.text, terms)
        proposed = without_name(one.text, terms, mark=mark, surely=is_sure)
        found.append(Mention(one.spot, one.text, proposed, is_sure))
    return sorted(found, key=lambda one: not one.is_sure)


def written_by_us(
    community: CommunityRow, of: Whom, *, texts: Mapping[Written, str]
) -> dict[Spot, str]:
    """Return what we wrote that names somebody, each as it stands without the name.

    What quotes one of the typed texts that are written anew quotes the new one from then on.
    """
    mark = mark_in(community)
    anew = {old.text: new for old, new in texts.items() if old.text}

    def is_meant(text: str) -> bool:
        return is_named(text, of.terms) or any(old in text for old in anew)

    def without(text: str) -> str:
        for old, new in anew.items():
            text = text.replace(old, new)
        return without_name(text, of.terms, mark=mark)

    found = texts_of(community, by_us=True, is_meant=is_meant)
    return {one.spot: without(one.text) for one in found}


def typed_for_sure(community: CommunityRow, of: Whom) -> dict[Written, str]:
    """Return what people typed that names somebody for sure, each without the name."""
    mark = mark_in(community)
    found = texts_of(community, by_us=False, is_meant=lambda text: is_named(text, of.terms))
    return {one: without_name(one.text, of.terms, mark=mark) for one in found}


def mark_in(community: CommunityRow) -> str:
    """Return what stands where a name stood, in the community's language."""
    return MARK.ja if community.language == "ja" else MARK.en


def sign_ins(of: Whom) -> list[str]:
    """Return the sign-in names that are theirs: accounts of the team, which stay."""
    names = get_user_model()._default_manager.values_list("username", flat=True)
    return sorted(name for name in names if is_named(str(name), of.terms))


def decided(mentions: list[Mention], said: Mapping[str, str | None]) -> dict[Written, str] | None:
    """Return what is to be written, None where anything found was not decided.

    ``said`` gives for each mention the text it is to be; None leaves it, as it means another.
    """
    if any(one.ref not in said for one in mentions):
        return None
    wanted = {Written(one.spot, one.text): said[one.ref] for one in mentions}
    return {old: text for old, text in wanted.items() if text is not None}
