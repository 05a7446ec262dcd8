"""What can be wrong with a file that was handed in, in both languages, with the next step."""

from __future__ import annotations

from jibungoto.ledger.problems import DamagedExport, DiskProblem, EncryptedExport, UnsafeExport
from jibungoto.ledger.words import Words

_DOWNLOAD_AGAIN = Words(
    "書き出し元からもう一度ダウンロードしてください。",
    "Download the export once more from where it came from.",
)


def damaged(place: str, why: Words) -> DamagedExport:
    """Say that a file cannot be opened as it is and has to be fetched again."""
    return DamagedExport(why, _DOWNLOAD_AGAIN, place=place)


def cut_off(place: str) -> DamagedExport:
    """Say that a zip ends before its list of contents."""
    return damaged(
        place,
        Words(
            "ZIP ファイルが途中で切れているか、壊れています。",
            "The zip file ends too early or is damaged.",
        ),
    )


def encrypted(place: str) -> EncryptedExport:
    """Say that a zip asks for a password."""
    return EncryptedExport(
        Words("ZIP ファイルにパスワードがかかっています。", "The zip file asks for a password."),
        Words(
            "パスワードを外すか、展開したフォルダを渡してください。",
            "Unpack it with the password and hand in the folder.",
        ),
        place=place,
    )


def unsafe(place: str, why: Words) -> UnsafeExport:
    """Say that a file stays closed because opening it would harm the machine."""
    return UnsafeExport(
        why,
        Words(
            "このファイルは開きません。書き出し元から直接ダウンロードしたものを渡してください。",
            "It stays closed. Hand in the file exactly as it was downloaded from its source.",
        ),
        place=place,
    )


def unreadable(place: str, error: OSError) -> DiskProblem:
    """Say that the machine could not read a file, with its own reason."""
    reason = error.strerror or type(error).__name__
    return DiskProblem(
        Words(f"ファイルを読み取れませんでした({reason})。", f"Cannot read the file ({reason})."),
        Words(
            "場所とアクセス権を確かめて、もう一度お試しください。",
            "Check where it is and who may read it, then try again.",
        ),
        place=place,
    )
