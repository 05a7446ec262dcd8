"""Members' voices as they are kept: what was said, where, and who heard that it may be quoted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.db import transaction

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.sustain.entered import member_numbered, not_later, one_line
from jibungoto.explain.briefs.brief import PERIODS, Brief, BriefKind
from jibungoto.explain.briefs.voices import faults_of_voice, sentence_of, trimmed, unvoiced
from jibungoto.explain.drafting.facts import VoiceFacts
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import VoiceRow

LONGEST_SOURCE = 500
AT_LEAST = 28
"""Days back from which voices are taken, however short the brief's own period is."""
IN_A_BRIEF = 2
NO_SOURCE = Words(
    "どこで言われた声かのリンクがありません。", "There is no link to where it was said."
)
LINK = Words(
    "https:// で始まる投稿や動画のアドレスを書いてください。",
    "Write the address of the post or video; it begins with https://.",
)
NOBODY_TOLD = Words(
    "載せてよいと聞いた人と日付がありません。",
    "It is not said who heard, and on which day, that it may be quoted.",
)
ASK_FIRST = Words(
    "本人に聞いてから、聞いたチームの人と日付を選んでください。",
    "Ask whoever said it, then choose who of the team asked, and the day.",
)
MEND = Words("声を書き直してください。", "Write the voice anew.")
GONE = Words("その声はもうありません。", "This voice is not there any more.")
LOOK = Words("一覧を開き直してください。", "Open the list again.")


@dataclass(frozen=True, slots=True)
class VoiceWish:
    """A voice to keep; ``told_to`` is the number of whom of the team its speaker agreed."""

    quote: Words
    source: str
    told_to: int | None = None
    told_on: date | None = None


def voices(acting: Acting) -> list[VoiceRow]:
    """Return every voice that may be quoted, the newest first."""
    rows = VoiceRow.objects.filter(community=acting.community)
    return list(rows.order_by("-told_on", "-pk"))


def keep_voice(acting: Acting, wish: VoiceWish) -> VoiceRow:
    """Keep a voice with its permission; InvalidChoice where it cannot stand or lacks either."""
    must_write(acting)
    quote = trimmed(wish.quote)
    faults = tuple(faults_of_voice(quote))
    if faults:
        why = Words("".join(one.ja for one in faults), " ".join(one.en for one in faults))
        raise InvalidChoice(why, MEND)
    source = one_line(wish.source, most=LONGEST_SOURCE)
    if not _is_link(source):
        raise InvalidChoice(NO_SOURCE, LINK)
    if wish.told_to is None or wish.told_on is None:
        raise InvalidChoice(NOBODY_TOLD, ASK_FIRST)
    with transaction.atomic():
        row = VoiceRow.objects.create(
            community=acting.community,
            quote_ja=quote.ja,
            quote_en=quote.en,
            source=source,
            told_to=member_numbered(acting, wish.told_to).name,
            told_on=not_later(acting, wish.told_on),
            by_id=acting.user_id,
        )
        note(acting, "keep_voice", about=str(row.pk))
    return row


def _is_link(source: str) -> bool:
    try:
        parts = urlsplit(source)
        return parts.scheme in ("https", "http") and bool(parts.hostname)
    except ValueError:
        return False


def take_back_voice(acting: Acting, number: int) -> None:
    """Take a voice back: no draft has it any more, and none that has it can be issued."""
    must_write(acting)
    with transaction.atomic():
        gone, _ = VoiceRow.objects.filter(community=acting.community, pk=number).delete()
        if not gone:
            raise UnknownName(GONE, LOOK)
        note(acting, "take_back_voice", about=str(number))


def sentence(row: VoiceRow) -> Words:
    """Return the sentence in which a voice stands."""
    return sentence_of(Words(row.quote_ja, row.quote_en))


def voice_facts(
    acting: Acting, *, as_of: date, kind: BriefKind, is_past: bool = False
) -> list[VoiceFacts]:
    """Return the newest voices since a brief's period began; of a day gone by, none later."""
    since = as_of - timedelta(days=max(PERIODS[kind], AT_LEAST))
    rows = [one for one in voices(acting) if since < one.told_on]
    rows = [one for one in rows if one.told_on <= as_of or not is_past]
    return [VoiceFacts(sentence(one)) for one in rows[:IN_A_BRIEF]]


def voices_open(acting: Acting, brief: Brief) -> tuple[Words, ...]:
    """Return why each voice of a brief cannot stand that is not kept in these words."""
    return unvoiced(brief, {sentence(one) for one in voices(acting)})
