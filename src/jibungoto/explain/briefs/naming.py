"""Who is named in a brief, wherever it stands, and of whom nobody has said that they agreed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jibungoto.explain.briefs.audiences import called
from jibungoto.explain.briefs.brief import Brief, Part
from jibungoto.explain.briefs.consent import Consent
from jibungoto.explain.claims import Claim
from jibungoto.explain.names_said import Named, likely, mentions_in
from jibungoto.explain.wordings import is_ask
from jibungoto.ledger.words import Words

IS_NAMED = Words(
    "「{said}」は{who}を指しているように読めます。本人の同意を書きとめるか、"
    "別の人や物のことだと確かめるまで、載せられません。",
    "“{said}” reads as {who}. It may stand once their consent is written down, or once you "
    "confirm that it is somebody or something else.",
)
AND_ONE_MORE = Words("{who}さんかほかの1人", "{who} or one other")
AND_MORE = Words("{who}さんかほかの{n}人", "{who} or {n} others")
ONE = Words("{who}さん", "{who}")


@dataclass(frozen=True, slots=True)
class Open:
    """Words in a text that name somebody nobody has answered for; ``claim`` is its key, or "".

    ``who`` are all whom the words may mean.
    """

    said: str
    who: tuple[str, ...]
    text: Words
    claim: str = ""

    @property
    def why(self) -> Words:
        """Return why the text cannot stand."""
        more = len(self.who) - 1
        words = (ONE, AND_ONE_MORE)[more] if more < 2 else AND_MORE
        who = words.filled(who=self.who[0], n=more)
        return Words(
            IS_NAMED.ja.format(said=self.said, who=who.ja),
            IS_NAMED.en.format(said=self.said, who=who.en),
        )


def open_names(brief: Brief, people: Sequence[Named]) -> tuple[Open, ...]:
    """Return every name in claims, lines and tables that nobody has answered for."""
    found = []
    texts = dict.fromkeys(_texts(brief))
    people = likely(people, "\n".join(f"{text.ja}\n{text.en}" for _, text in texts))
    whom = called(brief.addressed_to)
    for key, text in texts:
        is_asked = whom is not None and _is_drafted_ask(brief.claim(key))
        found += open_in(
            text, people, consents=brief.consents, claim=key, besides=whom if is_asked else None
        )
    return tuple({(one.said, one.text): one for one in reversed(found)}.values())[::-1]


def _is_drafted_ask(claim: Claim | None) -> bool:
    """Say whether a claim is an ask as it was drafted: it turns to a stakeholder, no member."""
    return claim is not None and is_ask(claim) and not claim.is_edited


def open_in(
    text: Words,
    people: Sequence[Named],
    *,
    consents: Sequence[Consent],
    claim: str = "",
    besides: Words | None = None,
) -> list[Open]:
    """Return the names in one text that nobody has answered for; ``besides`` is not looked at."""
    ja, en = text.ja, text.en
    if besides is not None:
        ja, en = ja.replace(besides.ja, " "), en.replace(besides.en, " ")
    meant: dict[str, list[str]] = {}
    for one in mentions_in(f"{ja}\n{en}", people):
        meant.setdefault(one.said, []).append(one.name)
    answered = {one.name for one in consents if one.text == text}
    return [
        Open(said, tuple(names), text, claim)
        for said, names in meant.items()
        if said not in answered
    ]


def claim_texts(claim: Claim) -> Iterator[Words]:
    """Yield a claim's sentence, its caveats, and its note, which is printed too."""
    yield claim.text
    yield from claim.caveats
    if claim.override:
        yield Words(claim.override, claim.override)


def _texts(brief: Brief) -> Iterator[tuple[str, Words]]:
    for part in brief.parts:
        for claim in part.claims:
            yield from ((claim.key, text) for text in claim_texts(claim))
        yield from (("", text) for text in _others(part))


def _others(part: Part) -> Iterator[Words]:
    yield from part.text
    for table in part.tables:
        yield table.title
        for row in table.rows:
            for cell in row:
                yield from (one for one in (cell.text, cell.small) if one is not None)
