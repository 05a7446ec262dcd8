"""Does what a person asked for, and says on the page why where it cannot be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest

from jibungoto.ledger.problems import NotAllowed, Problem, UnknownName
from jibungoto.web.language import page_language

Done = TypeVar("Done")


def attempted(request: HttpRequest, verb: Callable[[], Done]) -> Done | None:
    """Do something and return what came of it; None where it could not, which the page says.

    What is not there and what a role may not do are raised on: they have pages of their own.
    """
    try:
        return verb()
    except (UnknownName, NotAllowed):
        raise
    except Problem as problem:
        tell(request, problem)
        return None


def done(request: HttpRequest, verb: Callable[[], object]) -> bool:
    """Do what a form says; False where it does not fit, also where it names what is not there."""
    try:
        verb()
    except NotAllowed:
        raise
    except Problem as problem:
        tell(request, problem)
        return False
    return True


def tell(request: HttpRequest, problem: Problem) -> None:
    """Say on the next page what happened, and what to do next."""
    messages.error(request, problem.said_in(page_language()))
