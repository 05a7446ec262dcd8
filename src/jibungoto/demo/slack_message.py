"""One post as one Slack message: blocks, threads, reactions, broadcasts, files, tombstones."""

from __future__ import annotations

import re
from random import Random

from jibungoto.demo.people import TEAM
from jibungoto.demo.phrases import UNICODE
from jibungoto.demo.slack_json import Json
from jibungoto.demo.town import Note, Post

_MARK = re.compile(r"<@(U\w+)>|<(https?://[^|>]+)(?:\|([^>]+))?>|:([a-z_]+):")
_SPOKEN = (Note.MESSAGE, Note.BROADCAST, Note.FILE)
_BLOCK_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789+"


def _elements(text: str) -> list[Json]:
    found: list[Json] = []
    done = 0
    for mark in _MARK.finditer(text):
        if mark.start() > done:
            found.append({"type": "text", "text": text[done : mark.start()]})
        found.append(_marked(mark))
        done = mark.end()
    if done < len(text):
        found.append({"type": "text", "text": text[done:]})
    return found


def _marked(mark: re.Match[str]) -> Json:
    user, url, label, emoji = mark.groups()
    if user:
        return {"type": "user", "user_id": user}
    if url:
        link: dict[str, Json] = {"type": "link", "url": url}
        return link | {"text": label} if label else link
    return {"type": "emoji", "name": emoji, "unicode": UNICODE.get(emoji, "2728")}


def _blocks(rng: Random, text: str) -> Json:
    section: Json = {"type": "rich_text_section", "elements": _elements(text)}
    block_id = "".join(rng.choices(_BLOCK_LETTERS, k=5))
    return [{"type": "rich_text", "block_id": block_id, "elements": [section]}]


def _client_id(rng: Random) -> str:
    bits = f"{rng.getrandbits(128):032x}"
    return f"{bits[:8]}-{bits[8:12]}-4{bits[13:16]}-a{bits[17:20]}-{bits[20:]}"


def _spoken(rng: Random, post: Post) -> dict[str, Json]:
    person = post.author
    message: dict[str, Json] = {"user": person.id, "type": "message", "ts": post.ts}
    if post.note is Note.FILE:
        message |= {"subtype": "file_share", "files": [_file(rng, post)], "upload": False}
    if post.note is Note.BROADCAST:
        message |= {"subtype": "thread_broadcast"}
    message |= {"client_msg_id": _client_id(rng), "text": post.text, "team": TEAM}
    message |= {"user_team": TEAM, "source_team": TEAM}
    if post.edited:
        message["edited"] = {"user": person.id, "ts": f"{post.at + 95}.000000"}
    message["blocks"] = _blocks(rng, post.text)
    return message


def _file(rng: Random, post: Post) -> Json:
    number = "".join(rng.choices("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", k=9))
    name = f"IMG_{rng.randrange(1000, 9999)}.jpg"
    return {
        "id": f"F0{number}",
        "created": post.at,
        "timestamp": post.at,
        "name": name,
        "title": name,
        "mimetype": "image/jpeg",
        "filetype": "jpg",
        "pretty_type": "JPEG",
        "user": post.author.id,
        "size": rng.randrange(200_000, 4_000_000),
        "mode": "hosted",
        "is_external": False,
        "is_public": True,
        "url_private": f"https://files.slack.example/files-pri/{TEAM}-F0{number}/{name.lower()}",
    }


def _thread_facts(post: Post) -> dict[str, Json]:
    """What a root says of its replies, or a reply of its root."""
    if post.thread is not None:
        return {"thread_ts": post.thread.ts, "parent_user_id": _speaker(post.thread)}
    if not post.replies:
        return {}
    users = list(dict.fromkeys(one.author.id for one in post.replies))
    replies: list[Json] = [{"user": one.author.id, "ts": one.ts} for one in post.replies]
    return {
        "thread_ts": post.ts,
        "reply_count": len(post.replies),
        "reply_users_count": len(users),
        "latest_reply": post.replies[-1].ts,
        "reply_users": [*users],
        "replies": replies,
        "is_locked": False,
        "subscribed": False,
    }


def _speaker(post: Post) -> str:
    return "USLACKBOT" if post.note is Note.TOMBSTONE else post.author.id


def _root_copy(rng: Random, post: Post) -> Json:
    """The copy of its root that a broadcast carries; Slack leaves the reactions out."""
    root = _tombstone(post) if post.note is Note.TOMBSTONE else _spoken(rng, post)
    return root | {key: one for key, one in _thread_facts(post).items() if key != "replies"}


def message_of(rng: Random, post: Post) -> dict[str, Json]:
    """A post as the object Slack writes into a day's file."""
    if post.note is Note.BOT:
        message = _from_app(post)
    elif post.note is Note.TOMBSTONE:
        message = _tombstone(post)
    elif post.note in _SPOKEN:
        message = _spoken(rng, post)
    else:
        message = _announcement(post)
    message |= _thread_facts(post)
    if post.note is Note.BROADCAST and post.thread is not None:
        message["root"] = _root_copy(rng, post.thread)
    if post.cheers and post.note is not Note.TOMBSTONE:
        message["reactions"] = [
            {"name": name, "users": [*people], "count": len(people)}
            for name, people in post.cheers.items()
        ]
    return message


def _from_app(post: Post) -> dict[str, Json]:
    return {
        "subtype": "bot_message",
        "text": post.text,
        "username": post.author.real_name,
        "bot_id": "B" + post.author.id[1:],
        "type": "message",
        "ts": post.ts,
    }


def _tombstone(post: Post) -> dict[str, Json]:
    return {
        "type": "message",
        "subtype": "tombstone",
        "text": "This message was deleted.",
        "user": "USLACKBOT",
        "hidden": True,
        "ts": post.ts,
    }


def _announcement(post: Post) -> dict[str, Json]:
    """A join, a leave, a rename, a topic, a purpose, an archive."""
    sketch = post.place.sketch
    message: dict[str, Json] = {"user": post.author.id, "type": "message", "ts": post.ts}
    message |= {"subtype": post.note.value, "text": post.text}
    if post.note is Note.RENAME:
        message |= {"old_name": sketch.former_name, "name": sketch.name}
    if post.note is Note.PURPOSE:
        message["purpose"] = sketch.purpose
    if post.note is Note.TOPIC:
        message["topic"] = sketch.topic
    return message
