"""What a form says about the people a brief names: that they agreed, or that it is not them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import QueryDict

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.edit import Edited
from jibungoto.desk.explain.named import answer_name
from jibungoto.explain.briefs.consent import Answer, Consent
from jibungoto.explain.claims import Claim, Grade
from jibungoto.ledger.words import Words

LONGEST = 2_000
LONGEST_NAME = 300
MOST = 50
NOTHING = Words("", "")


def consents_in(told: QueryDict) -> Iterator[Consent]:
    """Yield what a form answers about names; a name without an answer is left open."""
    for at, name in enumerate(told.getlist("named")[:MOST]):
        answer = told.get(f"answer-{at}", "")
        if answer in {one.value for one in Answer}:
            yield Consent(
                name=name[:LONGEST_NAME],
                text=Words(_text(told, f"ja-{at}"), _text(told, f"en-{at}")),
                answer=Answer(answer),
                told_to=_text(told, f"told-{at}"),
                on=_day(told.get(f"on-{at}", "")),
            )


def answered(told: QueryDict, acting: Acting, *, number: int) -> Edited | None:
    """Keep the one answer of a form; None where it holds none."""
    consent = next(consents_in(told), None)
    if consent is None:
        return None
    row = answer_name(acting, number, consent=consent)
    return Edited(row, Claim(consent.text, Grade.E1))


def _text(told: QueryDict, name: str) -> str:
    return told.get(name, "").replace("\x00", "").replace("\r\n", "\n")[:LONGEST]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
