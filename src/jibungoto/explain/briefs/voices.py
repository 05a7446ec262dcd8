"""Members' voices: a quote becomes a sentence, and stands in a brief by permission alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from jibungoto.explain.briefs.brief import Brief, Head
from jibungoto.explain.claims import Grade
from jibungoto.explain.wording import blocked_words, is_one_sentence
from jibungoto.ledger.words import Words

MOST = (80, 200)
"""The longest quote in Japanese and in English, in characters."""
SENTENCE = Words("「{quote}」という声がありました。", "A member said: “{quote}”.")
MISSING = Words("日本語と英語の両方で書いてください。", "Write it in both languages.")
TOO_LONG = Words(
    "長すぎます。日本語は{ja}字、英語は{en}字までです。",
    "It is too long: at most {ja} characters in Japanese and {en} in English.",
)
NOT_ONE = Words("1つの声は1つの文にしてください。", "Let one voice be one sentence.")
SAYS_MORE = Words(
    "声は事例(E0)なので、「{word}」は使えません。{why}",
    "A voice is an anecdote (E0), so “{word}” cannot stand. {why}",
)
NO_PERMISSION = Words(
    "声「{text}」には、載せてよいと誰がいつ聞いたかの記録がありません。「メンバーの声」に書いてください。",
    "For the voice “{text}” nobody has noted who was told, and when, that it may be quoted. Write "
    "it down under “Members' voices”.",
)


def trimmed(quote: Words) -> Words:
    """Return a quote in one line, without the quotation marks and the full stop around it."""
    ja, en = (" ".join(text.split()) for text in (quote.ja, quote.en))
    return Words(ja.strip("「」『』。 "), en.strip("“”\"' ").rstrip("."))


def sentence_of(quote: Words) -> Words:
    """Return the sentence in which a quote stands: it says no more than that it was said."""
    return Words(SENTENCE.ja.format(quote=quote.ja), SENTENCE.en.format(quote=quote.en))


def faults_of_voice(quote: Words) -> Iterator[Words]:
    """Yield why a quote cannot stand in a brief."""
    if not quote.ja or not quote.en:
        yield MISSING
        return
    if len(quote.ja) > MOST[0] or len(quote.en) > MOST[1]:
        yield TOO_LONG.filled(ja=MOST[0], en=MOST[1])
    if not (is_one_sentence(quote) and is_one_sentence(sentence_of(quote))):
        yield NOT_ONE
    for one in blocked_words(quote, Grade.E0):
        yield Words(
            SAYS_MORE.ja.format(word=one.word, why=one.why.ja),
            SAYS_MORE.en.format(word=one.word, why=one.why.en),
        )


def unvoiced(brief: Brief, permitted: Collection[Words]) -> tuple[Words, ...]:
    """Return why each voice of a brief cannot stand that nobody has permitted in these words."""
    return tuple(
        Words(NO_PERMISSION.ja.format(text=one.text.ja), NO_PERMISSION.en.format(text=one.text.en))
        for part in brief.parts
        if part.head is Head.VOICES
        for one in part.claims
        if one.text not in permitted or one.grade is not Grade.E0
    )
