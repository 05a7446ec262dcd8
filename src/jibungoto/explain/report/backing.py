"""What a speaker can say of a measure when asked: its definition, its value, n and interval."""

from __future__ import annotations

from collections.abc import Iterable

from jibungoto.explain.document import Backing
from jibungoto.explain.printing import DASH, Printed, printed
from jibungoto.ledger.finding import Finding
from jibungoto.ledger.words import Words
from jibungoto.understand.catalogue import Measure, measure_of

DEFINED = Words("{text}(第{version}版)", "{text} (version {version})")


def backing_of(findings: Iterable[Finding]) -> tuple[Backing, ...]:
    """Return what stands behind each measure of the catalogue among the findings, once each."""
    made: dict[str, Backing] = {}
    for finding in findings:
        measure = measure_of(finding.measure)
        if measure is not None and not finding.part and finding.measure not in made:
            made[finding.measure] = backing(measure, shown=printed(finding), finding=finding)
    return tuple(made.values())


def backing(measure: Measure, *, shown: Printed, finding: Finding) -> Backing:
    """Return what stands behind one value, printed as outsiders may see it."""
    version = finding.definition_version
    definition = Words(
        DEFINED.ja.format(text=measure.definition.ja, version=version),
        DEFINED.en.format(text=measure.definition.en, version=version),
    )
    n = shown.n
    if n == DASH and finding.n is not None and finding.n >= 10 and not shown.is_hidden:
        n = Words(f"{finding.n:,}", f"{finding.n:,}")
    return Backing(
        measure=measure.key,
        name=measure.name,
        definition=definition,
        value=shown.said if shown.why is None else shown.why,
        interval=shown.interval,
        n=n,
    )
