"""Small lists of participants and tables, as people hand them in."""

from __future__ import annotations

from pathlib import Path

TABLE = (
    "開始,いつ来たか,だれ,コメント\nx,2026-04-19 19:00,森 花,たのしい\ny,2026-04-19 19:05,Ken,\n"
)
"""A table whose headings do not say who it is about."""

COLUMNS = {"いつ来たか": "when", "だれ": "name"}


def participants(folder: Path, number: int = 4410, *, who: str = "hana") -> Path:
    """Write connpass's list of one event: two people with different kinds of ticket."""
    lines = [
        "参加枠名,ユーザー名,表示名,参加ステータス,出欠ステータス,更新日時,受付番号",
        f"ふつう枠,{who},森 花,参加,出席,2026年4月1日 10:00,{number}01",
        f"現地枠,ken,Ken,参加,未設定,2026年4月2日 10:00,{number}02",
    ]
    path = folder / f"event_{number}_participants.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def table(folder: Path, name: str = "list.csv") -> Path:
    """Write that table."""
    path = folder / name
    path.write_text(TABLE, encoding="utf-8")
    return path
