"""A town as an official Slack export: a zip of users, channels and one file per channel and day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import md5
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from jibungoto.demo.people import TEAM, Person, Sort
from jibungoto.demo.places import GENERAL, KANTO, Place
from jibungoto.demo.profile_links import ProfileLink
from jibungoto.demo.readings import reading_of
from jibungoto.demo.rhythm import DAY, TOKYO_OFFSET, utc_day
from jibungoto.demo.slack_json import Json, pretty
from jibungoto.demo.slack_message import message_of
from jibungoto.demo.town import Note, Post, Town

_ZIP_TIME = (2000, 1, 1, 0, 0, 0)
_FILE_MODE = 0o644 << 16


def write_slack_export(
    town: Town, path: Path, *, rng: Random, links: Iterable[ProfileLink] = ()
) -> None:
    """Write the zip; the same town gives the same bytes. ``links`` stand in people's profiles."""
    named: dict[str, list[str]] = {}
    for one in links:
        named.setdefault(one.slack, []).append(one.address)
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        users = [_user(one, town, links=named.get(one.id, ())) for one in town.people]
        _put(archive, "users.json", value=users)
        _put(archive, "channels.json", value=[_channel(one, town) for one in town.places.values()])
        _put(archive, "integration_logs.json", value=_integration_logs(town))
        for name, posts in _by_file(town).items():
            _put(archive, name, value=[message_of(rng, post) for post in posts])


def _put(archive: ZipFile, name: str, *, value: list[Json] | list[dict[str, Json]]) -> None:
    entry = ZipInfo(name, _ZIP_TIME)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = _FILE_MODE
    archive.writestr(entry, pretty([*value]))


def _by_file(town: Town) -> dict[str, list[Post]]:
    files: dict[str, list[Post]] = {}
    for post in sorted(town.posts, key=lambda one: (one.place.name, one.ts)):
        files.setdefault(f"{post.place.name}/{utc_day(post.at)}.json", []).append(post)
    return files


def _profile(person: Person, links: Sequence[str]) -> dict[str, Json]:
    face = md5(person.id.encode(), usedforsecurity=False).hexdigest()[:12]
    picture = f"https://avatars.slack.example/{face}"
    profile: dict[str, Json] = {
        "title": "",
        "phone": "",
        "skype": "",
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.display_name,
        "display_name_normalized": person.display_name,
        "fields": {f"Xf0{number}YMBK": _field(link) for number, link in enumerate(links)},
        "status_text": "",
        "status_emoji": "",
        "avatar_hash": face,
        "image_24": f"{picture}_24.png",
        "image_72": f"{picture}_72.png",
        "team": TEAM,
    }
    if person.sort is Sort.BOT:
        return profile | {"bot_id": "B" + person.id[1:], "api_app_id": "A" + person.id[1:]}
    reading = reading_of(person.real_name)
    return profile | {"email": person.email} | ({"pronunciation": reading} if reading else {})


def _field(link: str) -> Json:
    return {"value": link, "alt": ""}


def _user(person: Person, town: Town, *, links: Sequence[str]) -> Json:
    staff = [one.id for one in town.people if one.sort is Sort.STAFF]
    is_owner = person.id == staff[0]
    start: dict[str, Json] = {
        "id": person.id,
        "team_id": TEAM,
        "name": person.login,
        "deleted": person.deleted,
    }
    end: dict[str, Json] = {"is_app_user": False, "updated": person.joined_at}
    if person.deleted:
        return start | {"profile": _profile(person, links), "is_bot": False} | end
    return (
        start
        | {
            "color": "9f69e7",
            "real_name": person.real_name,
            "tz": "Asia/Tokyo",
            "tz_label": "Japan Standard Time",
            "tz_offset": TOKYO_OFFSET,
            "profile": _profile(person, links),
            "is_admin": person.id in staff,
            "is_owner": is_owner,
            "is_primary_owner": is_owner,
            "is_restricted": person.sort is Sort.GUEST,
            "is_ultra_restricted": person.sort is Sort.GUEST,
            "is_bot": person.sort is Sort.BOT,
        }
        | end
        | {"is_email_confirmed": person.sort is not Sort.BOT}
    )


def _members(place: Place, town: Town) -> list[Json]:
    gone = {post.author.id for post in town.posts if post.note is Note.LEAVE}
    return [
        one.id
        for one in town.people
        if (one.id, place.id) in town.seated and one.id not in gone and not one.deleted
    ]


def _said(value: str, *, place: Place, at: int) -> Json:
    if not value:
        return {"value": "", "creator": "", "last_set": 0}
    return {"value": value, "creator": place.opener.id, "last_set": at}


def _channel(place: Place, town: Town) -> Json:
    sketch, at = place.sketch, place.opened_at
    channel: dict[str, Json] = {
        "id": place.id,
        "name": place.name,
        "created": at,
        "creator": place.opener.id,
        "is_archived": sketch.archived,
        "is_general": place.name == GENERAL,
        "members": _members(place, town),
    }
    pins = _pins(place, town)
    if pins:
        channel["pins"] = pins
    channel["topic"] = _said(sketch.topic, place=place, at=at + 9 * DAY)
    return channel | {"purpose": _said(sketch.purpose, place=place, at=at + 40)}


def _pins(place: Place, town: Town) -> list[Json]:
    """The first words of the Kanto channel are pinned there."""
    posts = town.roots.get(place.name, []) if place.name == KANTO else []
    first = min(posts, key=lambda one: one.ts, default=None)
    if first is None:
        return []
    pin: dict[str, Json] = {"id": first.ts, "type": "C", "created": first.at + 600}
    return [pin | {"user": first.author.id, "owner": first.author.id}]


def _integration_logs(town: Town) -> list[Json]:
    return [
        {
            "user_id": town.people[0].id,
            "user_name": town.people[0].login,
            "date": str(bot.joined_at),
            "change_type": "added",
            "app_type": bot.real_name,
            "app_id": "A" + bot.id[1:],
            "scope": "chat:write,channels:read",
        }
        for bot in town.people
        if bot.sort is Sort.BOT
    ]
