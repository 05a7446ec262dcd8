"""The demo's briefs: the month on one page for the boss, issued and not sent, and a weekly one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jibungoto.desk.acting import Acting
    from jibungoto.desk.explain.address import Recipient

ADDRESS = "miwa@example.com"
SAID_AT = "https://example.com/yamabiko/voice"
_MONDAY = 1


def write_brief(acting: Acting) -> None:
    """Issue the month for the boss and keep the rhythm of the week, unless some brief is there.

    It needs the answers and the stakeholders; the brief waits to be sent by a person.
    """
    from jibungoto.desk.explain.draft import draft
    from jibungoto.desk.explain.issue import issue
    from jibungoto.desk.explain.listing import briefs
    from jibungoto.desk.explain.rhythm import Rhythm, keep_rhythm
    from jibungoto.desk.explain.send import address_to
    from jibungoto.explain.briefs.audiences import AudienceKey
    from jibungoto.explain.briefs.brief import BriefKind

    if briefs(acting):
        return
    _keep_voice(acting)
    boss = _boss(acting)
    row = draft(acting, BriefKind.MONTHLY, audience=AudienceKey.BOSS)
    address_to(acting, row.number, whom=boss)
    issue(acting, row.number)
    keep_rhythm(acting, Rhythm(BriefKind.WEEKLY, AudienceKey.BOSS, _MONDAY, (boss,)))


def _keep_voice(acting: Acting) -> None:
    """Write down what an invented member said, and who of the team asked whether it may stand."""
    from jibungoto.desk.days import today_in
    from jibungoto.desk.explain.voices import VoiceWish, keep_voice
    from jibungoto.desk.sustain.team import members
    from jibungoto.ledger.words import Words

    asker, *_ = members(acting)
    quote = Words("ここで話すと翌日に試したくなる", "I want to try it the day after we talk here")
    wish = VoiceWish(quote, SAID_AT, told_to=asker.pk, told_on=today_in(acting))
    keep_voice(acting, wish)


def _boss(acting: Acting) -> Recipient:
    from jibungoto.desk.explain.address import recipient
    from jibungoto.records.models import Channel, StakeholderRow
    from jibungoto.sustain.askers import AskerKind

    boss = StakeholderRow.objects.get(community=acting.community, kind=AskerKind.BOSS)
    return recipient(boss.name, Channel.MAIL, address=ADDRESS, language="ja", stakeholder=boss.pk)
