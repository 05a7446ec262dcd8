"""How the command line speaks: in the machine's language to people, in JSON to programs."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import click

from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of what follows them, beyond their own line."""


def language_of_machine() -> str:
    """Return ``ja`` on a machine that speaks Japanese, else ``en``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        spoken = os.environ.get(name)
        if spoken:
            return "ja" if spoken.lower().startswith("ja") else "en"
    return "en"


def said(words: Words) -> str:
    """Return words in the machine's language."""
    return words.said_in(language_of_machine())


def say(words: Words) -> None:
    """Print a value on standard output."""
    line(said(words))


def remark(words: Words) -> None:
    """Print what is no value (a remark, a problem) on standard error."""
    line(said(words), err=True)


def line(text: str, *, err: bool = False) -> None:
    """Print one line; a control character in somebody's name moves no cursor."""
    click.echo("".join(sign if _is_harmless(sign) else "�" for sign in text), err=err)


def _is_harmless(sign: str) -> bool:
    return unicodedata.category(sign) != "Cc" and sign not in _TURNING


def wrong_call(words: Words) -> click.UsageError:
    """Return the error of a command called wrongly; raised, it ends with exit code 2."""
    return click.UsageError(said(words))


@contextmanager
def as_wrong_call() -> Iterator[None]:
    """Let a choice that does not fit end with exit code 2: it was written on the command line."""
    try:
        yield
    except InvalidChoice as problem:
        raise click.UsageError(problem.said_in(language_of_machine())) from problem


def padded(text: str, width: int) -> str:
    """Return a text filled up to a width in columns; a Japanese character takes two."""
    columns = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return text + " " * (width - columns)


def never_stumble() -> None:
    """Print what the terminal's encoding cannot show as escapes, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        change = getattr(stream, "reconfigure", None)
        if change is not None:
            change(errors="backslashreplace")


def print_json(value: object) -> None:
    """Print one value as JSON, in the characters people wrote it in where these can be shown."""
    is_plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    click.echo(json.dumps(value, ensure_ascii=is_plain, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"cannot print {type(value).__name__}")
