"""What is counted of events, organisations and journeys goes on from a seal as from nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from jibungoto.engine.sealed import newest_seal
from jibungoto.engine.sealing import sealed_until
from tests.engine.kept_logs import Kept, before
from tests.engine.test_sealing import EARLIER, differing, has_another_handle, params
from tests.understand.crossed import crossed


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.torture) for seed in (1, 2, 4, 5, 9))]
)
def test_every_step_goes_on_from_a_seal_where_there_are_events(seed: int, tmp_path: Path) -> None:
    log, folder = crossed(seed), Kept(tmp_path)
    seal = sealed_until(folder.version(before(log, EARLIER)), params(EARLIER))
    later = EARLIER + timedelta(days=9)
    version = folder.version(before(log, later), since=EARLIER)
    assert not has_another_handle(log, since=EARLIER, night=later)
    assert newest_seal(version, params(later)) == seal
    assert differing(version, seal, as_of=later) == []
