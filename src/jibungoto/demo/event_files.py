"""The files events leave: connpass's list of events and participants, Zoom's reports."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from jibungoto.demo.gatherings import Gathering, Seat, Standing, early_seats
from jibungoto.demo.rhythm import DAY, HOUR

_TOKYO = timezone(timedelta(hours=9))
_GROUP = {"id": 4410, "subdomain": "yamabiko", "title": "やまびこユーザー会"}
_CONNPASS = (
    "参加枠名", "ユーザー名", "表示名", "利用開始日", "コメント", "参加ステータス",
    "出欠ステータス", "出席日時", "きっかけを教えてください", "更新日時", "受付番号",
)  # fmt: skip
_ZOOM = ("名前 (元の名前)", "ユーザーメール", "参加時刻", "退出時刻", "所要時間（分）", "ゲスト")
_WEBINAR = (
    "参加済み", "ユーザー名 (元の名前)", "メール", "登録時刻", "承認ステータス", "参加時刻",
    "退出時刻", "セッション時間（分）", "ゲスト",
)  # fmt: skip
_APPROVAL = {
    Standing.BOOKED: "承認済み",
    Standing.WAITING: "承認待ち",
    Standing.CANCELLED: "キャンセル済み",
}
_AT_VENUE, _ONLINE, _ONLY = "現地参加", "オンライン参加", "参加枠"


def write_events(gatherings: Iterable[Gathering], path: Path) -> None:
    """Write connpass's answer to a question for the group's events (API v2)."""
    events = [_event(one) for one in gatherings]
    answer = {
        "results_returned": len(events),
        "results_available": len(events),
        "results_start": 1,
        "events": events,
    }
    path.write_text(json.dumps(answer, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def write_participants(one: Gathering, folder: Path, *, encoding: str) -> Path:
    """Write an event's list of participants as its organiser downloads it."""
    path = folder / f"event_{one.number}_participants.csv"
    with path.open("w", encoding=encoding, newline="", errors="replace") as file:
        rows = csv.writer(file)
        rows.writerow(_CONNPASS)
        rows.writerows(_participant(one, seat) for seat in one.seats)
    return path


def write_early_list(one: Gathering, folder: Path) -> Path:
    """Write the list as it was two days before the event: who waited then may have a seat later."""
    until = one.starts_at - 2 * DAY
    seats = [seat for seat in early_seats(one) if seat.registered_at < until]
    early = replace(one, seats=seats)
    return write_participants(early, folder, encoding="utf-8-sig")


def write_zoom_report(one: Gathering, folder: Path) -> Path:
    """Write Zoom's report of who was there, with its preamble; one row for each time of joining."""
    seen = [seat for seat in one.seats if seat.spells]
    lines = [_ZOOM, *(_joining(seat, spell) for seat in seen for spell in seat.spells)]
    begin, end = _written(one.starts_at), _written(one.ends_at)
    lines.append(("read.ai meeting notes", "", begin, end, _minutes(one), "はい"))
    return _write_report(one, folder, name="zoom_participants", lines=lines)


def write_webinar_report(one: Gathering, folder: Path) -> Path:
    """Write Zoom's report of a webinar for which people registered there: who did, who came."""
    lines: list[tuple[object, ...]] = [_WEBINAR]
    for seat in one.seats:
        registered = (
            seat.who.zoom_name, seat.who.email, _written(seat.registered_at),
            _APPROVAL[seat.standing],
        )  # fmt: skip
        if not seat.spells:
            lines.append(("いいえ", *registered, "--", "--", "--", "--"))
        for spell in seat.spells:
            lines.append(("はい", *registered, *_joining(seat, spell)[2:]))
    return _write_report(one, folder, name="zoom_attendees", lines=lines)


def _write_report(
    one: Gathering, folder: Path, *, name: str, lines: Iterable[tuple[object, ...]]
) -> Path:
    """Write a report below what Zoom says of the meeting itself."""
    path = folder / f"{name}_{_local(one.starts_at):%Y%m%d}.csv"
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(
        ("トピック", "ミーティングID", "開始時刻", "終了時刻", "所要時間（分）", "参加者")
    )
    seen = sum(bool(seat.spells) for seat in one.seats)
    begin, end = _written(one.starts_at), _written(one.ends_at)
    rows.writerow((one.title, "861 2345 6789", begin, end, _minutes(one), seen))
    rows.writerow(())
    rows.writerows(lines)
    path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    return path


def _minutes(one: Gathering) -> int:
    return (one.ends_at - one.starts_at) // 60


def _event(one: Gathering) -> dict[str, object]:
    booked = [seat for seat in one.seats if seat.standing is Standing.BOOKED]
    waiting = [seat for seat in one.seats if seat.standing is Standing.WAITING]
    return {
        "id": one.number,
        "title": one.title,
        "catch": "",
        "description": "",
        "url": f"https://yamabiko.connpass.example/event/{one.number}/",
        "hash_tag": one.tag,
        "started_at": _iso(one.starts_at),
        "ended_at": _iso(one.ends_at),
        "limit": None,
        "event_type": "participation",
        "open_status": "close",
        "group": _GROUP | {"url": "https://yamabiko.connpass.example/"},
        "address": "京都市下京区 やまびこ会館" if one.is_hybrid else "オンライン",
        "place": "会場とオンライン" if one.is_hybrid else "オンライン",
        "lat": None,
        "lon": None,
        "owner_id": 90210,
        "owner_nickname": one.host.connpass_user,
        "owner_display_name": one.host.connpass_name,
        "accepted": len(booked),
        "waiting": len(waiting),
        "updated_at": _iso(one.ends_at + 3 * HOUR),
    }


def _participant(one: Gathering, seat: Seat) -> tuple[object, ...]:
    ticket = (_AT_VENUE if seat.is_venue else _ONLINE) if one.is_hybrid else _ONLY
    came = seat.came_at is not None
    return (
        ticket,
        seat.who.connpass_user,
        seat.who.connpass_name,
        "2021年4月1日",
        "",
        seat.standing.value,
        "出席" if came else "",
        _kanji(seat.came_at) if seat.came_at is not None else "",
        "Slack で知りました" if seat.who.slack else "友だちの紹介",
        _kanji(seat.registered_at),
        seat.receipt,
    )


def _joining(seat: Seat, spell: tuple[int, int]) -> tuple[object, ...]:
    begin, end = spell
    minutes = (end - begin) // 60
    return (
        seat.who.zoom_name, seat.who.email, _written(begin), _written(end), minutes, "はい",
    )  # fmt: skip


def _local(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(_TOKYO)


def _iso(at: int) -> str:
    return _local(at).isoformat()


def _written(at: int) -> str:
    local = _local(at)
    return f"{local.year}/{local.month}/{local.day} {local.hour}:{local:%M:%S}"


def _kanji(at: int) -> str:
    local = _local(at)
    return f"{local.year}年{local.month}月{local.day}日 {local.hour}時{local:%M}分"
