"""Run as a program: give a made home names on further sources that may be the same people."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jibungoto.desk.acting import Acting

TEAM = "株式会社山びこ"


def tell_more(acting: Acting) -> None:
    """Bring in handles of connpass and git: five proposals, three of them about one person."""
    from jibungoto.desk.gather.alike import find
    from jibungoto.desk.gather.tellings import tell_handles
    from jibungoto.ledger.person import Handle
    from jibungoto.records.models import IntakeRow, IntakeState

    def handle(actor: str, name: str, outside_id: str) -> Handle:
        return Handle(actor=actor, outside_id=outside_id, name=name, organisation=TEAM)

    aki = replace(handle("c1", "高橋亜紀", "aki-t"), reading="タカハシ アキ")
    mail = "aki.takahashi@yamabiko.jp"
    told = {
        "connpass": [
            aki,
            handle("c2", "<b>山田</b> 太郎", "taro"),
            handle("c3", "Emi Sato", "emi"),
        ],
        "git": [
            replace(handle("g1", "髙橋 亜紀", mail), typed_email=mail),
            handle("g2", "山田 太郎", "taro@yamabiko.jp"),
            handle("g3", "Emi Sato", "emi@sato.dev"),
        ],
    }
    for number, (source, handles) in enumerate(told.items(), start=50):
        intake = IntakeRow.objects.create(
            community=acting.community,
            number=number,
            name=source,
            source=source,
            state=IntakeState.IN,
        )
        tell_handles(intake, handles)
    find(acting)


def main(home: Path) -> None:
    """Open the home and tell its community more."""
    from jibungoto.desk.house.open import open_home

    open_home(home)
    from jibungoto.desk.acting import administrator
    from jibungoto.records.models import CommunityRow

    tell_more(administrator(CommunityRow.objects.get()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
