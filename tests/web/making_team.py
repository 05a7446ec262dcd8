"""Run as a program: write the demo's team and stakeholders down in a made home."""

from __future__ import annotations

import sys
from pathlib import Path


def main(home: Path) -> None:
    """Open the home and give its community a team, with names that are no markup."""
    from jibungoto.desk.house.open import open_home

    open_home(home)
    from jibungoto.cli.demo_team import write_team
    from jibungoto.desk.acting import administrator
    from jibungoto.desk.sustain.team import MemberWish, keep_member
    from jibungoto.records.models import CommunityRow
    from jibungoto.sustain.team import Function

    acting = administrator(CommunityRow.objects.get())
    write_team(acting)
    keep_member(acting, MemberWish("<b>長い名前の株式会社</b> 外部 太郎", Function.EXTERNAL))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
