"""The worker: it takes up what the rows say is to be done, one thing after the other.

There is no queue beside the rows: an intake that waits, or whose worker fell silent, is work,
and so is a log whose answers are older than itself. Dying at any point loses nothing.
"""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from django.db import close_old_connections

from jibungoto.desk.acting import administrator
from jibungoto.desk.explain.asked import do_next
from jibungoto.desk.explain.business import read_next
from jibungoto.desk.explain.carry import carry_next
from jibungoto.desk.explain.drawn import draw_next, forget_old_drawn
from jibungoto.desk.explain.rhythm import draft_what_is_due
from jibungoto.desk.explain.work_out import ask_for_evidence, resting_on, work_out_next
from jibungoto.desk.gather.alike import compare, waiting_for_comparison
from jibungoto.desk.gather.carry_out import carry_out
from jibungoto.desk.gather.claim import Claim, next_claim
from jibungoto.desk.gather.undo import undo_next
from jibungoto.desk.house.faults import problem_behind
from jibungoto.desk.house.give_up import give_up, unexpected
from jibungoto.desk.house.sweep import sweep_all
from jibungoto.desk.plan.scopes import count_asked, waiting_for_segments
from jibungoto.desk.sustain.alerts import evaluate_all
from jibungoto.desk.understand.refresh import refresh, waiting_for_answers
from jibungoto.ledger.problems import HomeBusy, Problem
from jibungoto.records.touched import Touched

_log = logging.getLogger(__name__)
_PAUSE = 0.5
_LOOK_EVERY = 5
_AFTER_FAILURE = 10
_SWEEP_EVERY = 3_600


def work_once() -> bool:
    """Do one thing that waits to be done; say whether there was any."""
    claim = next_claim()
    if claim is not None:
        _carry_out(claim)
        return True
    return any(verb() for verb in _VERBS)


_given_up: dict[int, tuple[int | None, int]] = {}
"""Communities whose answers could not be worked out, with the version and facts that failed."""


def _refresh_next() -> bool:
    """Work out the answers of one community; one that fails is left alone until it changes."""
    for community in waiting_for_answers():
        state = (community.version_id, community.facts_stamp)
        if _given_up.get(community.pk) == state:
            continue
        try:
            refresh(community)
        except Exception:  # as above
            _given_up[community.pk] = state
            _log.exception("the answers of community %s could not be worked out", community.slug)
        return True
    return False


_asked_for: dict[int, tuple[object, ...]] = {}
"""Communities whose evidence was asked for, with what it rested on then."""


def _ask_for_evidence() -> bool:
    """Have the evidence of one community worked out before a brief is drafted from it."""
    for community, mark in resting_on():
        if _asked_for.get(community.pk) != mark:
            _asked_for[community.pk] = mark
            if ask_for_evidence(administrator(community)):
                return True
    return False


_not_counted: dict[int, tuple[int | None, int]] = {}
"""Communities whose segments could not be counted, with the version and facts that failed."""


def _count_segments_next() -> bool:
    """Count the segments of one community that a plan asks of; one that fails is left alone."""
    for community in waiting_for_segments():
        state = (community.version_id, community.facts_stamp)
        if _not_counted.get(community.pk) == state:
            continue
        try:
            count_asked(community)
        except Exception:  # as above
            _not_counted[community.pk] = state
            _log.exception("the segments of community %s could not be counted", community.slug)
        return True
    return False


_not_compared: dict[int, int | None] = {}
"""Communities whose names could not be compared, with the version at which that failed."""


def _compare_next() -> bool:
    """Look for the look-alikes of one community; one that fails is left alone until it changes."""
    for community in waiting_for_comparison():
        if _not_compared.get(community.pk, -1) == community.version_id:
            continue
        try:
            compare(community)
        except Exception:  # as above
            _not_compared[community.pk] = community.version_id
            _log.exception("the names of community %s could not be compared", community.slug)
        return True
    return False


def _carry_out(claim: Claim) -> None:
    """Carry an intake out; one that fails unexpectedly is refused, so that others can go on.

    Where another program keeps the database to itself the intake stays as it is: a minute later
    it counts as silent, and is taken up again.
    """
    try:
        carry_out(claim)
    except Exception as error:  # the worker is an outermost loop: it reports and goes on
        problem = problem_behind(error)
        if isinstance(problem, HomeBusy):
            raise
        mark = secrets.token_hex(4)
        _log.exception("%s: intake %s (%s) failed", mark, claim.intake.pk, claim.intake.name)
        give_up(claim, problem or unexpected(mark, place=claim.intake.name))


@contextmanager
def telling_bugs(place: str) -> Iterator[None]:
    """Make a ``Problem`` of what nobody expected, and print it under the mark its page names.

    A file that is gone is no bug; where another program keeps the database, it is tried again.
    """
    try:
        yield
    except (Problem, OSError):
        raise
    except Exception as error:  # as above
        problem = problem_behind(error)
        if isinstance(problem, HomeBusy):
            raise
        mark = secrets.token_hex(4)
        _log.exception("%s: %s failed", mark, place)
        raise problem or unexpected(mark, place=place) from error


def work(stop: threading.Event) -> None:
    """Work until ``stop`` is set; sweep once an hour.

    Twice a second it asks whether anybody wrote anything, and looks for work only then; now and
    then it looks all the same, since time alone makes work too.
    """
    look_at = sweep_at = time.monotonic()
    with Touched() as touched:
        while not stop.is_set():
            try:
                if touched.since_asked() or time.monotonic() >= look_at:
                    close_old_connections()
                    if work_once():
                        look_at = time.monotonic()
                        continue
                    look_at = time.monotonic() + _LOOK_EVERY
                if time.monotonic() >= sweep_at:
                    sweep_at = time.monotonic() + _SWEEP_EVERY
                    _sweep()
            except Exception:  # as above
                _log.exception("work failed and will be tried again")
                look_at = time.monotonic()
                stop.wait(_AFTER_FAILURE)
            stop.wait(_PAUSE)


def _sweep() -> None:
    """Do what no row asks for: clear away, look at what alerts, draft what is due."""
    sweep_all()
    forget_old_drawn()
    evaluate_all()
    draft_what_is_due()


_VERBS: tuple[Callable[[], bool], ...] = (
    undo_next,
    carry_next,
    _refresh_next,
    partial(read_next, telling_bugs),
    work_out_next,
    _ask_for_evidence,
    partial(do_next, telling_bugs),
    partial(draw_next, telling_bugs),
    _count_segments_next,
    _compare_next,
)
"""What is done one at a time, in this order; the first that has something to do is done."""


def stop_with_parent() -> threading.Event:
    """Return an event that is set once standard input ends: the starting process is gone."""
    stop = threading.Event()

    def listen() -> None:
        while os.read(0, 1):  # not through sys.stdin: its lock would be held to the very end
            pass
        stop.set()

    threading.Thread(target=listen, daemon=True).start()
    return stop
