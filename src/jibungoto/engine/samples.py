"""Fetches the amounts that medians, means and their like rest on, for some nights."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from jibungoto.engine import steps
from jibungoto.engine.log import LogVersion, opened
from jibungoto.engine.sealing import run_some
from jibungoto.understand.catalogue import Measure
from jibungoto.understand.intervals import Sample


def samples_on(
    log: LogVersion, measures: Iterable[Measure], *, nights: Iterable[date], zone: str
) -> dict[tuple[str, str, date], list[Sample]]:
    """Return the samples of some measures by step, part and night; only their steps are run."""
    wanted = {measure.step: measure for measure in measures}
    days = sorted(set(nights))
    if not wanted or not days:
        return {}
    with opened(log, threads=1) as con:
        params = steps.Params(as_of=days[-1], zone=zone, nights=tuple(days[:-1]))
        run_some(con, log, params=params, names=wanted)
        return {
            (measure.step, part, night): samples
            for measure in wanted.values()
            for (night, part), samples in steps.samples_of(con, measure).items()
        }
