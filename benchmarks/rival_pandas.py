"""What an analyst would write in an afternoon: zipfile, json, a DataFrame, groupby, CSV."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd


def read(path: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return messages, reactions and people of a Slack export."""
    messages: list[dict[str, Any]] = []
    reactions: list[dict[str, Any]] = []
    with zipfile.ZipFile(path) as archive:
        people = pd.json_normalize(json.loads(archive.read("users.json")))
        for name in archive.namelist():
            if "/" not in name or not name.endswith(".json"):
                continue
            channel = name.split("/")[0]
            for record in json.loads(archive.read(name)):
                kept = ("user", "ts", "thread_ts", "parent_user_id", "subtype")
                row = {key: record.get(key) for key in kept}
                messages.append(row | {"channel": channel, "length": len(record["text"])})
                reactions.extend(
                    {"user": who, "ts": record["ts"], "channel": channel, "emoji": one["name"]}
                    for one in record.get("reactions", [])
                    for who in one["users"]
                )
    return pd.DataFrame(messages), pd.DataFrame(reactions), people


def write(path: Path, folder: Path) -> None:
    """Read an export and write the tables one looks at: per day, per person, who to whom."""
    messages, reactions, people = read(path)
    messages = messages.drop_duplicates(["channel", "ts"])
    messages["at"] = pd.to_datetime(messages["ts"].astype(float), unit="s", utc=True)
    messages["day"] = messages["at"].dt.tz_convert("Asia/Tokyo").dt.date
    messages = messages.merge(people[["id", "real_name"]], left_on="user", right_on="id")
    by_day = messages.groupby(["day", "channel"]).agg(n=("ts", "size"), people=("user", "nunique"))
    by_person = messages.groupby("user").agg(
        first=("at", "min"), last=("at", "max"), days=("day", "nunique"), n=("ts", "size")
    )
    replies = messages.dropna(subset=["parent_user_id"])
    ties = replies.groupby(["user", "parent_user_id"]).size().rename("replies")
    messages.to_csv(folder / "messages.csv", index=False)
    reactions.to_csv(folder / "reactions.csv", index=False)
    by_day.to_csv(folder / "days.csv")
    by_person.to_csv(folder / "people.csv")
    ties.to_csv(folder / "ties.csv")


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
