"""Words for every occasion, put together from the phrases by chance."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from jibungoto.demo import phrases
from jibungoto.demo.people import Person


@dataclass(frozen=True, slots=True)
class _Voice:
    """How people talk where a theme is at home."""

    asks: tuple[str, ...]
    news: tuple[str, ...]
    answers: tuple[str, ...]
    comments: tuple[str, ...] = phrases.COMMENTS


_PLAIN = _Voice(phrases.ASKS, phrases.NEWS, phrases.ANSWERS)
_CASUAL = _Voice(phrases.CASUAL_ASKS, phrases.CASUAL_NEWS, phrases.CASUAL_ANSWERS)
_VOICES = {
    "english": _Voice(
        phrases.ENGLISH_ASKS,
        phrases.ENGLISH_NEWS,
        phrases.ENGLISH_ANSWERS,
        phrases.ENGLISH_ANSWERS,
    ),
    "wish": _Voice(phrases.WISH_ASKS, phrases.WISH_NEWS, phrases.WISH_ANSWERS),
} | dict.fromkeys(("talk", "meet", "photo", "small", "yomi"), _CASUAL)


def mention(person: Person) -> str:
    """How a text in Slack names a person."""
    return f"<@{person.id}>"


def _fill(rng: Random, lines: tuple[str, ...], *, theme: str) -> str:
    topic = rng.choice(phrases.TOPICS.get(theme, phrases.TOPICS["tool"]))
    return rng.choice(lines).format(t=topic, n=rng.randrange(1000, 99999))


def _voice(theme: str) -> _Voice:
    return _VOICES.get(theme, _PLAIN)


def question(rng: Random, theme: str) -> str:
    """Somebody asks."""
    return _fill(rng, _voice(theme).asks, theme=theme)


def news(rng: Random, theme: str) -> str:
    """Somebody tells or shows."""
    return _fill(rng, _voice(theme).news, theme=theme)


def answer(rng: Random, theme: str) -> str:
    """Somebody answers a question."""
    return _fill(rng, _voice(theme).answers, theme=theme)


def comment(rng: Random, theme: str) -> str:
    """Somebody says something kind under what another told."""
    return _fill(rng, _voice(theme).comments, theme=theme)


def thanks(rng: Random, *, asked: bool) -> str:
    """The opener of a thread thanks for an answer, or for a kind word."""
    return rng.choice(phrases.THANKS if asked else phrases.GLAD)


def introduction(rng: Random, person: Person) -> str:
    """A newcomer says who they are."""
    return rng.choice(phrases.INTRODUCTIONS).format(
        p=rng.choice(phrases.PREFECTURES),
        w=rng.choice(phrases.WORKS),
        h=rng.choice(phrases.HOBBIES),
        t=rng.choice(phrases.TOPICS["open"] + phrases.TOPICS["small"]),
        name=person.real_name.split()[0],
    )


def welcome(rng: Random) -> str:
    """Somebody welcomes a newcomer."""
    return rng.choice(phrases.WELCOMES).format(
        p=rng.choice(phrases.PREFECTURES), h=rng.choice(phrases.HOBBIES)
    )


def notice(rng: Random) -> str:
    """The host company announces."""
    return _fill(rng, phrases.NOTICES, theme=rng.choice(("tool", "open", "bousai", "photo")))


def robot_line(rng: Random, lines: tuple[str, ...]) -> str:
    """One of the two apps writes."""
    return _fill(rng, lines, theme=rng.choice(("open", "meet", "photo")))


def opening(rng: Random, purpose: str) -> str:
    """The first words in a new channel."""
    return rng.choice(phrases.OPENINGS).format(purpose=purpose)


def first_visit(rng: Random) -> str:
    """Somebody answers the first words in a new channel."""
    return rng.choice(phrases.FIRST_VISITS)


def cheer(rng: Random) -> str:
    """The name of an emoji somebody reacts with."""
    return rng.choice(phrases.CHEERS)
