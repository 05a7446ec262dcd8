"""What can be wrong with a file that was handed in, in both languages, with the next step."""

from __future__ import annotations

import re

from jibungoto.ledger.accounting import Refusal
from jibungoto.ledger.problems import DamagedExport, DiskProblem, EncryptedExport, UnsafeExport
from jibungoto.ledger.words import Words

_MOST_NAMED = 1_000
_LONGEST_NAME = 300
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

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
            "パスワードを外すか、展開したフォルダーを渡してください。",
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


class KeptShut:
    """The entries that stay shut while the rest is read: the first by name, the others counted."""

    def __init__(self) -> None:
        self._named: list[Refusal] = []
        self._counted: dict[Words, Refusal] = {}

    def add(self, path: str, reason: Words) -> None:
        """Keep one entry shut."""
        if len(self._named) < _MOST_NAMED:
            self._named.append(Refusal(spelled(path), reason))
            return
        held = self._counted.get(reason)
        place, records = (held.place, held.records) if held else (f"{spelled(path)} …", 0)
        self._counted[reason] = Refusal(place, reason, records + 1)

    def refusals(self) -> tuple[Refusal, ...]:
        """Return what stays shut, with places and reasons."""
        return (*self._named, *self._counted.values())


def spelled(path: str) -> str:
    """Return a name as it can be written down and looked at, whatever it is made of."""
    return _UNPRINTABLE.sub("\ufffd", path)[:_LONGEST_NAME]
