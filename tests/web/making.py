"""Run as a program: make a home with the small community in it, and keep its rows.

A process of its own has a database file of its own, as a real home does: the heartbeat of an
intake writes from a second thread, which SQLite's shared memory does not bear.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.web.small_export import write_small_export

SLUG = "yamabiko"
MANAGER = "mio"


def main(folder: Path) -> None:
    """Bring the small export in through the real desk, and keep its database as it is then."""
    from jibungoto.desk.house.open import open_home

    open_home(folder / "home")
    from django.db import connection

    from jibungoto.desk.acting import administrator
    from jibungoto.desk.gather.carry_out import carry_out
    from jibungoto.desk.gather.claim import claimed
    from jibungoto.desk.gather.queue import bring_in
    from jibungoto.desk.house.begin import Beginning, admit, begin
    from jibungoto.desk.people.staff import answer_as_proposed
    from jibungoto.desk.understand.refresh import refresh

    community = begin(Beginning("やまびこ", slug=SLUG))
    acting = administrator(community)
    claim = claimed(bring_in(acting, write_small_export(folder / "export")))
    assert claim is not None
    assert carry_out(claim).state == "in"
    answer_as_proposed(acting)
    refresh(community)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(folder / "rows.sqlite3")])
    admit(community, MANAGER, passphrase=None)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
