"""A notebook's log tells the steps what a home's tells them, pseudonyms apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jibungoto import Log
from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.current import current_log
from jibungoto.engine import relations
from jibungoto.engine.log import FACTS
from tests.desk.making import ROOT, official, post
from tests.gather.slack_made import ADMIN, AN, BO, user

if TYPE_CHECKING:
    from tests.desk.conftest import BringIn

HEADINGS = (
    "guest_id,name,first_name,last_name,email,created_at,approval_status,checked_in_at,"
    "qr_code_url,ticket_type_id,ticket_name\n"
)
MORI = {"display_name": "mori", "email": "mori@mori.jp"}
PEOPLE = [
    user(AN, profile=MORI),
    user(BO, profile=MORI),
    user(ADMIN, is_owner=True, is_bot=True, deleted=True),
]
POSTS = [post(ROOT, user=AN), post("1700000900.000100", user=BO), post("1700000950.000100")]


def told(facts: Path, relation: str) -> list[tuple[object, ...]]:
    """Return the rows of one relation, without the columns that hold a pseudonym."""
    columns = [name for name in FACTS[relation] if name not in {"actor", "started_by"}]
    con = relations.connect("100MB")
    rows = con.execute(f"select {', '.join(columns)} from '{facts / relation}.parquet'").fetchall()
    con.close()
    return sorted(rows, key=repr)


def test_who_and_what_there_is_are_told_alike(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    log = Log(tmp_path / "notebook", zone=acting.community.zone)
    for number in range(2):
        later = post(f"17000{number}1000.000100", user=AN)
        path = official(tmp_path / f"slack{number}", [*POSTS, later], PEOPLE)
        bring_in(path)
        log.bring_in(path)
    headings = tmp_path / "guests.csv"
    headings.write_text(HEADINGS)
    bring_in(headings)
    log.bring_in(headings)
    current = current_log(acting.community)
    assert current is not None
    home = current[1].folder / current[1].facts
    own = max((log.folder / "facts").iterdir())
    assert {name: told(own, name) for name in FACTS} == {name: told(home, name) for name in FACTS}
