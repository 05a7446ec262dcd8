"""Which rollups go with the answers a page shows: those kept by the same run of the steps.

While newer answers are being made, pages go on showing the old ones, and read what was kept
with them: as fast as ever, and nothing on one page is of another day than the rest.
"""

from __future__ import annotations

from datetime import timedelta

from jibungoto.desk.acting import Acting
from jibungoto.engine.log import LogVersion
from jibungoto.engine.manifest import Manifest, decode
from jibungoto.engine.rollups import Rollups, rollups_of
from jibungoto.records.home import log_folder
from jibungoto.records.models import AnswerRow, CommunityRow, LogVersionRow

_DAY = timedelta(days=1)


def rolled_up(acting: Acting, answer: AnswerRow) -> Rollups:
    """Return what was kept with some answers; whether it is there, it says itself."""
    return _rolled_up(acting.community, answer)


def is_rolled_up(community: CommunityRow, answer: AnswerRow) -> bool:
    """Say whether pages have what they read fast; another release may keep it in another shape."""
    return _rolled_up(community, answer).are_kept


def log_of(acting: Acting, answer: AnswerRow) -> LogVersion:
    """Return the version of the log that some answers are of."""
    return _log(acting.community, answer, manifest=decode(answer.version.manifest))


def _rolled_up(community: CommunityRow, answer: AnswerRow) -> Rollups:
    versions = LogVersionRow.objects.filter(pk=answer.version_id)
    number = versions.values_list("number", flat=True).get()
    log = _log(community, answer, manifest=Manifest(version=number))
    return rollups_of(log, answer.as_of + _DAY, rules=answer.rule_version)


def _log(community: CommunityRow, answer: AnswerRow, *, manifest: Manifest) -> LogVersion:
    folder = log_folder(community.slug)
    return LogVersion(folder, manifest, facts=f"facts/{answer.facts_stamp:08d}")
