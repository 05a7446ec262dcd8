"""Whose evidence may differ once everything before a day is sealed, and what it is chosen from."""

from __future__ import annotations

from jibungoto.engine.extracts import PROVES

UNPROVEN = (
    "create table unproven as select person, stage, night from proof"
    " where (stage = 1 and (person in (select person from acts_since)"
    " or person not in (select person from sealed_proof where stage = 1)))"
    " or (stage > 1 and (person, stage, night) not in"
    " (select person, stage, night from sealed_proof))"
)
"""Whose evidence may differ: of the first stage it is somebody's last acts, and no more.

Of later ones it is what lies before a night; if that is an old one, so is what lies before it.
"""


def _of_starts(stage: str) -> str:
    whose = f"select person from unproven where stage {stage}"
    return f"initiative in (select initiative from starts where person in ({whose}))"


PROVING = (
    f"create table proving as select {PROVES} from sealed_rested where person in"
    " (select person from unproven where stage = 1 or (stage = 2 and night > {cut}))"
    f" union all select {PROVES} from memory.main.acts"
    " where day >= {late_help} and day < {cut} and person in ({spoke_before})"
    f" union all select {PROVES} from acts_since"
    " where person in (select person from unproven where stage <= 3)"
    f" union all select {PROVES} from sealed_helping where day >= {{late_help}}"
    " and person in (select person from unproven where stage = 3)"
    f" union all select {PROVES} from"
    f" (select {PROVES} from sealed_early union all select {PROVES} from acts_since)"
    f" where {_of_starts('> 3')} and (day < {{drawn_since}} or {_of_starts('= 4')})"
    f" union all select {PROVES} from memory.main.acts"
    f" where day >= {{drawn_since}} and {_of_starts('= 5')}"
)
"""The acts that evidence is chosen from: their newest, those that helped, those of their starts."""
