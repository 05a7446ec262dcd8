"""Examining a home: is every file there, does every sum hold, and does the copy agree."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jibungoto.desk.acting import administrator
from jibungoto.desk.erasing.again import erase_again
from jibungoto.desk.gather.current import current_log, newest_of
from jibungoto.desk.gather.stopped import settle_stopped
from jibungoto.desk.house.older import without_spells
from jibungoto.engine.disk import is_open_to_others, write_whole
from jibungoto.engine.manifest import encode
from jibungoto.ledger.accounting import Account
from jibungoto.ledger.words import Words
from jibungoto.records.home import home_folder, log_folder
from jibungoto.records.models import CommunityRow, IntakeState

_LAST_BYTES = b"PAR1"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was examined: sound, mended, or wrong with what to do."""

    about: Words
    is_sound: bool
    remark: Words


def examine(community: CommunityRow) -> list[Check]:
    """Examine one community.

    It mends the manifest's copy, settles intakes that were stopped, and erases again who was erased
    before. Nothing else is changed.
    """
    return [
        _files(community),
        _sums(community),
        _copy(community),
        _facts(community),
        _erased(community),
        _stopped(community),
        _older(community),
        _doors(),
    ]


def _doors() -> Check:
    about = Words("ホームのフォルダー", "folder of the home")
    if not is_open_to_others(home_folder()):
        return Check(about, True, Words("ほかの人は開けません。", "Only you can look into it."))
    return Check(
        about,
        False,
        Words(
            "このコンピューターのほかの利用者が読めます。持ち主だけが読めるようにしてください。",
            "Other accounts of this machine can read it. Make it readable by its owner alone.",
        ),
    )


def _files(community: CommunityRow) -> Check:
    folder = log_folder(community.slug)
    _, manifest = newest_of(community)
    about = Words("ログのファイル", "files of the log")
    broken = sorted(path for path in manifest.paths() if not _is_whole(folder / path))
    if not broken:
        count = len(manifest.paths())
        return Check(about, True, Words(f"{count} 個すべてあります。", f"All {count} are there."))
    return Check(
        about,
        False,
        Words(
            f"{len(broken)} 個がないか、壊れています(例: {broken[0]})。"
            "バックアップから戻してください。",
            f"{len(broken)} are missing or damaged, such as {broken[0]}."
            " Restore them from a backup.",
        ),
    )


def _is_whole(file: Path) -> bool:
    """Say whether a Parquet file is there to its last byte: it ends as such files end."""
    try:
        with file.open("rb") as stream:
            stream.seek(-len(_LAST_BYTES), 2)
            return stream.read() == _LAST_BYTES
    except OSError:
        return False


def _stopped(community: CommunityRow) -> Check:
    about = Words("途中で止められた取り込み", "intakes that were stopped")
    settled = settle_stopped(administrator(community))
    if not settled:
        return Check(about, True, Words("ありません。", "There are none."))
    return Check(
        about,
        True,
        Words(
            f"{settled} 件を片づけました。途中までの内容は残っていません。"
            "jibungoto intakes で確かめてください。",
            f"{settled} settled; nothing is half in. See jibungoto intakes.",
        ),
    )


def _older(community: CommunityRow) -> Check:
    about = Words("以前の版での取り込み", "intakes of earlier releases")
    older = without_spells(community)
    if not older:
        return Check(
            about, True, Words("読み直すものはありません。", "None needs to be read again.")
        )
    listed = ", ".join(map(str, older))
    return Check(
        about,
        True,
        Words(
            f"{listed} 番は、同じイベントの別のレポートと視聴時間を合わせられません。"
            "取り消して、同じファイルをもう一度取り込むと合わせられます。",
            f"Minutes in {listed} are not united with other reports of the same event. To have "
            "them united, undo these intakes and bring the same files in again.",
        ),
    )


def _sums(community: CommunityRow) -> Check:
    about = Words("取り込みの収支", "sums of the intakes")
    for row in community.intakes.filter(state=IntakeState.IN):
        account = Account(
            row.read, row.new, row.updated, row.unchanged, row.repeated, row.left_out, row.refused
        )
        if not account.is_balanced:
            return Check(
                about,
                False,
                Words(
                    f"{row.number} 番の合計が合いません。取り消して、もう一度取り込んでください。",
                    f"Intake {row.number} does not add up. Undo it and bring it in again.",
                ),
            )
    return Check(about, True, Words("すべて合っています。", "All add up."))


def _copy(community: CommunityRow) -> Check:
    about = Words("manifest.json", "manifest.json")
    _, manifest = newest_of(community)
    copy = log_folder(community.slug) / "manifest.json"
    wanted = encode(manifest)
    if copy.exists() and copy.read_bytes() == wanted:
        return Check(about, True, Words("最新です。", "It is current."))
    write_whole(copy, wanted)
    return Check(about, True, Words("作り直しました。", "It was made again."))


def _erased(community: CommunityRow) -> Check:
    about = Words("消去された人", "erased people")
    came_back = erase_again(administrator(community))
    if not came_back:
        return Check(about, True, Words("誰も戻っていません。", "None of them is back."))
    return Check(
        about,
        True,
        Words(
            f"バックアップから戻っていた {came_back} 人を、もう一度消去しました。",
            f"{came_back} had come back with a backup, and were erased again.",
        ),
    )


def _facts(community: CommunityRow) -> Check:
    about = Words("人と取り組みの表", "tables of people and initiatives")
    current_log(community)
    return Check(about, True, Words("最新です。", "They are current."))
