"""What a brief has to pass before it leaves the house: words, length, one sentence a claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from jibungoto.explain.briefs.audiences import AUDIENCES, avoided_words
from jibungoto.explain.briefs.brief import SMALL_PRINT, Brief, BriefKind, Head
from jibungoto.explain.briefs.figures import shown_of
from jibungoto.explain.claims import Claim, Grade
from jibungoto.explain.wording import Blocked, blocked_words, is_one_sentence, typed_numbers
from jibungoto.ledger.words import Words


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a brief may be, in characters; ``claims`` by heading, ``all_else`` unless named.

    The two page limits count claims and lines, the small print apart.
    """

    sentence: tuple[int, int]
    page: tuple[int, int]
    all_else: int
    claims: dict[Head, int] = field(default_factory=dict)


LIMITS: dict[BriefKind, Limits] = {
    BriefKind.WEEKLY: Limits((160, 320), (500, 1_000), 3),
    BriefKind.MONTHLY: Limits(
        (160, 320),
        (2_400, 4_800),
        3,
        {Head.VOICES: 2, Head.ASK: 2, Head.HEALTH: 1, Head.CORRECTIONS: 12},
    ),
    BriefKind.QUARTERLY: Limits((200, 400), (9_000, 18_000), 6, {Head.CORRECTIONS: 40}),
    BriefKind.YEARLY: Limits((200, 400), (7_000, 14_000), 6, {Head.CORRECTIONS: 40}),
}

TWO_SENTENCES = Words(
    "1つの主張は1つの文にしてください。根拠の段階は1つの文に1つです。",
    "Let one claim be one sentence: each sentence has one grade.",
)
EMPTY = Words("日本語と英語の両方に文が必要です。", "The claim needs a sentence in both languages.")
TOO_LONG = Words(
    "文が長すぎます。{most}字までです({language}、いま{now}字)。",
    "The sentence is too long: at most {most} characters ({language}, now {now}).",
)
IS_BLOCKED = Words(
    "「{word}」は根拠{grade}から使えます。{why}理由を書き添えると使えます。",
    "“{word}” is for grade {grade} and above. {why} A note with your reason lets it stand.",
)
IS_AVOIDED = Words(
    "「{word}」はこの読み手には使いません。{why}理由を書き添えると使えます。",
    "“{word}” is avoided for this reader. {why} A note with your reason lets it stand.",
)
IS_TYPED = Words(
    "「{number}」は、この資料の数字にありません。どこから来た数かを書き添えてください。",
    "“{number}” is no figure of this brief. Add a note that says where it comes from.",
)
PAGE_TOO_LONG = Words(
    "全体が長すぎます。{most}字までです({language}、いま{now}字)。",
    "The whole is too long: at most {most} characters ({language}, now {now}).",
)
TOO_MANY = Words(
    "「{head}」の主張は{most}つまでです(いま{now})。",
    "“{head}” holds at most {most} claims (now {now}).",
)
NOTED = Words(
    "言葉についての注({grade}、{words}): {note}",
    "Note on wording ({grade}, {words}): {note}",
)


@dataclass(frozen=True, slots=True)
class Faults:
    """What keeps a claim from standing; a note lifts ``notable`` ones, the others it does not."""

    hard: tuple[Words, ...] = ()
    notable: tuple[Words, ...] = ()

    def unlifted(self, note: str) -> tuple[Words, ...]:
        """Return what still stands against a claim with a note."""
        return self.hard if note.strip() else (*self.hard, *self.notable)


def faults_of(claim: Claim, brief: Brief) -> Faults:
    """Return what is wrong with one claim of a brief."""
    return Faults(tuple(_hard(claim, brief)), tuple(_notable(claim, brief)))


def _hard(claim: Claim, brief: Brief) -> Iterable[Words]:
    if not claim.text.ja.strip() or not claim.text.en.strip():
        yield EMPTY
        return
    if not is_one_sentence(claim.text):
        yield TWO_SENTENCES
    most = LIMITS[brief.kind].sentence
    yield from _over(claim.text.ja, claim.text.en, most=most, words=TOO_LONG)


def _over(ja: str, en: str, *, most: tuple[int, int], words: Words) -> Iterable[Words]:
    for language, text, limit in (("ja", ja, most[0]), ("en", en, most[1])):
        if len(text) > limit:
            yield words.filled(most=limit, now=len(text), language=language)


def _notable(claim: Claim, brief: Brief) -> Iterable[Words]:
    blocked, avoided = words_against(claim, brief)
    for one in blocked:
        yield _told(IS_BLOCKED, one)
    for one in avoided:
        yield _told(IS_AVOIDED, one)
    if claim.grade is not Grade.E0 and claim.is_edited:
        told = numbers_of(brief)
        numbers = {
            number
            for text in (claim.text.ja, claim.text.en)
            for number in typed_numbers(text, told)
        }
        yield from (IS_TYPED.filled(number=number) for number in sorted(numbers))


def _told(words: Words, one: Blocked) -> Words:
    return Words(
        words.ja.format(word=one.word, grade=one.allowed_from, why=one.why.ja),
        words.en.format(word=one.word, grade=one.allowed_from, why=one.why.en),
    )


def words_against(claim: Claim, brief: Brief) -> tuple[tuple[Blocked, ...], tuple[Blocked, ...]]:
    """Return the words above a claim's grade, and those its audience must not be given.

    What a draft wrote itself was checked as it was worded: names that were filled in are not ours.
    """
    if not claim.is_edited:
        return (), ()
    audience = AUDIENCES[brief.audience]
    return (
        blocked_words(claim.text, claim.grade),
        avoided_words(claim.text, audience, grade=claim.grade),
    )


def numbers_of(brief: Brief) -> list[str]:
    """Return every number a brief prints, so that none has to be typed in."""
    told: list[str] = []
    for figure in brief.figures:
        shown = shown_of(figure)
        for words in (shown.value, shown.said, shown.interval, shown.n):
            told += [words.ja, words.en]
    for definition in brief.definitions:
        told.append(str(definition.window))
    for part in brief.parts:
        told += [each.said_in(lang) for each in part.text for lang in ("ja", "en")]
        told += [cell.text.ja for table in part.tables for row in table.rows for cell in row]
        told += [
            text for one in part.claims if not one.is_edited for text in (one.text.ja, one.text.en)
        ]
    return told


def faults_of_brief(brief: Brief) -> tuple[Words, ...]:
    """Return what keeps a whole brief from being issued: claim by claim, then its length."""
    found = [why for one in brief.claims() for why in faults_of(one, brief).unlifted(one.override)]
    limits = LIMITS[brief.kind]
    for part in brief.parts:
        most = limits.claims.get(part.head, limits.all_else)
        if len(part.claims) > most:
            name = part.head.words
            now = len(part.claims)
            found.append(
                Words(
                    TOO_MANY.ja.format(head=name.ja, most=most, now=now),
                    TOO_MANY.en.format(head=name.en, most=most, now=now),
                )
            )
    ja, en = (length_of(brief, language) for language in ("ja", "en"))
    for language, now, limit in (("ja", ja, limits.page[0]), ("en", en, limits.page[1])):
        if now > limit:
            found.append(PAGE_TOO_LONG.filled(most=limit, now=now, language=language))
    return tuple(found)


def length_of(brief: Brief, language: str) -> int:
    """Return how many characters claims and lines have; small print and plan stand apart."""
    return sum(
        len(words.said_in(language))
        for part in brief.parts
        if part.head not in SMALL_PRINT and part.head is not Head.PLAN
        for words in (*(claim.text for claim in part.claims), *part.text)
    )


def note_on(claim: Claim, brief: Brief) -> Words | None:
    """Return the printed note of a claim whose words were let stand, None without one."""
    if not claim.override.strip():
        return None
    words = [one.word for group in words_against(claim, brief) for one in group]
    return NOTED.filled(
        grade=claim.grade.value, words=", ".join(dict.fromkeys(words)) or "-", note=claim.override
    )
