"""What a brief has to pass before it leaves the house: words, length, one sentence a claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from jibungoto.explain.briefs.audiences import AUDIENCES, avoided_words
from jibungoto.explain.briefs.backing import best_grade, foreign_numbers, is_above, is_wish
from jibungoto.explain.briefs.brief import SMALL_PRINT, Brief, BriefKind, Head
from jibungoto.explain.claims import Claim, Grade
from jibungoto.explain.wording import Blocked, blocked_words, is_one_sentence
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
    "「{number}」は、この文の指標の数字にありません。どこから来た数かを書き添えてください。",
    "“{number}” is no number of this sentence's figures. Add a note that says where it comes from.",
)
IS_FOREIGN = Words(
    "「{number}」は、この文の指標の数字にありません。指標の名前と値をそのまま書くと、その値・対象の数・"
    "区間・変化を使えます。",
    "“{number}” is no number of this sentence's own figures. Name the measure and print its value: "
    "then its value, n, interval and change may be used.",
)
NEEDS_STUDY = Words(
    "根拠{grade}にできるのは、その段階の比較の推定値を書いた文だけです(この文は{best}まで)。"
    "書き添えでは変わりません。「根拠」で比較を作り、その文を使ってください。",
    "Only a sentence that prints the estimate of a comparison of grade {grade} may have it (this "
    "one: up to {best}). A note does not change that: make the comparison under Evidence and use "
    "its sentence.",
)
NEEDS_INTERVAL = Words(
    "根拠{grade}にできるのは、区間のある値を書いた文だけです(この文は{best}まで)。"
    "指標の名前と値を、両方の言語に書いてください。",
    "Only a sentence that prints a value with an interval may be {grade} (this one: up to "
    "{best}). Name the measure and print its value in both languages.",
)
NOT_WRITTEN = Words(
    "まだ何も書かれていません。「書き直す」を押してください。",
    "Nothing is written yet. Press “Write anew”.",
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
    "言葉についての注(この文は{grade}。{words}): {note}",
    "Note on wording (this sentence: {grade}; {words}): {note}",
)


PLAIN_NOTE = Words("注: {note}", "Note: {note}")


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
    if claim.is_edited:
        yield from _untied(claim, brief)
    most = LIMITS[brief.kind].sentence
    yield from _over(claim.text.ja, claim.text.en, most=most, words=TOO_LONG)


def _untied(claim: Claim, brief: Brief) -> Iterable[Words]:
    """Yield what a sentence says beyond what it is tied to; a note is no evidence."""
    best = best_grade(claim, brief)
    if is_above(claim, best):
        words = NEEDS_INTERVAL if claim.grade is Grade.E2 else NEEDS_STUDY
        yield words.filled(grade=claim.grade.value, best=best.value)
    if not is_wish(claim):
        for number in foreign_numbers(claim, brief):
            yield IS_FOREIGN.filled(number=number)


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
    if is_wish(claim):
        for number in foreign_numbers(claim, brief):
            yield IS_TYPED.filled(number=number)


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


def faults_of_brief(brief: Brief) -> tuple[Words, ...]:
    """Return what keeps a whole brief from being issued: claim by claim, then its length."""
    found = [why for one in brief.claims() for why in faults_of(one, brief).unlifted(one.override)]
    if not brief.is_written:
        found.append(NOT_WRITTEN)
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
    """Return the printed note of a claim: its grade, the words above it, and why they may stand."""
    if not claim.override.strip():
        return None
    lifted = [
        *((one.word, one.allowed_from.value) for one in words_against(claim, brief)[0]),
        *((one.word, "") for one in words_against(claim, brief)[1]),
        *((one, "") for one in foreign_numbers(claim, brief)),
    ]
    if not lifted:
        return PLAIN_NOTE.filled(note=claim.override)
    words = Words(
        "、".join(f"「{word}」({grade}から)" if grade else f"「{word}」" for word, grade in lifted),
        ", ".join(f"“{word}” (from {grade})" if grade else f"“{word}”" for word, grade in lifted),
    )
    return Words(
        NOTED.ja.format(grade=claim.grade.value, words=words.ja, note=claim.override),
        NOTED.en.format(grade=claim.grade.value, words=words.en, note=claim.override),
    )
