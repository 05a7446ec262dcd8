"""GitHub's JSON in its dialects, brought to one shape: what was written, where, when, by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from jibungoto.gather.events.tags import tags_in
from jibungoto.gather.moments import moment_of
from jibungoto.gather.readers import github_words as words
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.words import Words

Json = Mapping[str, Any]

_ZONE = ZoneInfo("UTC")
_ADDRESS = re.compile(
    r"https?://(?P<host>[\w.\-:]{1,200})/(?:api/v3/)?(?:repos/)?(?P<repo>[\w.\-]+/[\w.\-]+)"
    r"/(?P<what>issues|pulls?|discussions)/(?P<number>\d{1,10})(?:[/?][^#\s]*)?"
    r"(?:#(?P<part>[a-z_]{1,40}-?\d{1,20}))?",
    re.ASCII,
)
_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-]{0,100}")
_EMOJI = re.compile(r"[a-z0-9_+\-]{1,40}")
_NAME = re.compile(r"[A-Za-z0-9_=\-]{1,100}")
_STATES = {"APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", "PENDING"}
_INSIDE = (
    "data", "repository", "organization", "user", "viewer", "repositories", "search", "nodes",
    "edges", "node", "items", "issues", "pullRequests", "pull_requests", "discussions", "comments",
    "reviews", "reviewThreads",
)  # fmt: skip
"""The words under which records stand inside others, in answers of GraphQL and of searches."""

_BELOW = ("comments", "reviews", "replies", "reviewThreads", "latestReviews")


@dataclass(frozen=True, slots=True)
class Login:
    """An account: its name in small letters, as one part of GitHub or another writes it."""

    login: str
    name: str = ""
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a record stands: its repository, its issue's number, and its own part of the page."""

    repository: str
    number: int
    part: str = ""
    what: str = ""

    @property
    def root(self) -> Spot:
        """The issue, request or discussion itself."""
        return Spot(self.repository, self.number)


@dataclass(frozen=True, slots=True)
class Told:
    """One record: what it is, where, by whom (None: a deleted account), when, and what it says."""

    kind: Kind
    spot: Spot
    author: Login | None
    at: int
    text: str | None
    merged_at: int | None = None
    answers: str = ""
    reactions: tuple[tuple[Login, str, int | None], ...] = ()
    labels: tuple[str, ...] = ()


def records_in(value: object) -> Iterator[Json | None]:
    """Yield the records of an answer, through lists and connections; None is no record."""
    if isinstance(value, list):
        for one in value:
            yield from records_in(one)
    elif not isinstance(value, Mapping):
        yield None
    elif is_record(value):
        yield value
    else:
        inside = [value[name] for name in _INSIDE if isinstance(value.get(name), (list, Mapping))]
        for one in inside:
            yield from records_in(one)
        if not inside and "pageInfo" not in value:
            yield None


def is_record(value: Json) -> bool:
    """Say whether this is an issue, a request, a discussion, a comment or a review."""
    if isinstance(value.get("number"), int) and "title" in value:
        return True
    addresses = ("issue_url", "pull_request_url")
    return any(name in value for name in addresses) or bool(_part_in(value)) or _is_review(value)


def below(record: Json) -> Iterator[Json | None]:
    """Yield the records that stand inside a record: its comments, reviews and their answers."""
    for name in _BELOW:
        inside = record.get(name)
        if isinstance(inside, Mapping):
            inside = inside.get("nodes")
        if not isinstance(inside, list) or (name == "latestReviews" and record.get("reviews")):
            continue
        for one in inside:
            if name == "reviewThreads" and isinstance(one, Mapping):
                yield from below(one)
            else:
                yield one if isinstance(one, Mapping) else None


def told_of(record: Json, above: Spot | None = None) -> Told | Words:
    """Return what a record tells, or why it cannot be read."""
    spot = _spot_of(record, above)
    if spot is None:
        return words.NO_PLACE
    kind = _kind_of(record, spot)
    at = _at(record, "created_at", "createdAt", "submitted_at", "submittedAt")
    if at is None:
        return words.NO_TIME
    author = login_of(record.get("user", record.get("author")))
    if isinstance(author, Words):
        return author
    text = record.get("body", record.get("bodyText"))
    return Told(
        kind=kind,
        spot=spot,
        author=author,
        at=at,
        text=text if isinstance(text, str) else None,
        merged_at=_merged_at(record) if kind is Kind.PULL_REQUEST else None,
        answers=_answers(record) or (above.part if above else ""),
        reactions=tuple(_reactions(record)),
        labels=tags_in(_labels(record)),
    )


def login_of(account: object) -> Login | None | Words:
    """Return an account from its object or bare name; None where the account is deleted."""
    if account is None:
        return None
    told = {"login": account} if isinstance(account, str) else account
    login = told.get("login") if isinstance(told, Mapping) else None
    if not isinstance(told, Mapping) or not isinstance(login, str):
        return words.NO_AUTHOR
    plain = login.removeprefix("app/").removesuffix("[bot]")
    if not _LOGIN.fullmatch(plain):
        return words.NO_AUTHOR
    kinds = (told.get("type"), told.get("__typename"))
    is_bot = plain != login or "Bot" in kinds or told.get("is_bot") is True
    if plain.casefold() == "ghost":
        return None
    name = told.get("name")
    return Login(
        login=plain.casefold() + ("[bot]" if is_bot else ""),
        name=name if isinstance(name, str) else "",
        is_bot=is_bot,
    )


def _spot_of(record: Json, above: Spot | None) -> Spot | None:
    found = _address_of(record)
    if found is None:
        return None if above is None else Spot(above.repository, above.number, _named(record))
    host = found["host"].casefold()
    repository = found["repo"].casefold()
    if host not in {"github.com", "www.github.com", "api.github.com"}:
        repository = f"{host}/{repository}"
    is_root = isinstance(record.get("number"), int) and "title" in record
    part = "" if is_root else found["part"] or _named(record)
    return Spot(repository, int(found["number"]), part, found["what"])


def _address_of(record: Json) -> re.Match[str] | None:
    for name in ("html_url", "url", "issue_url", "pull_request_url"):
        address = record.get(name)
        found = _ADDRESS.fullmatch(address) if isinstance(address, str) else None
        if found is not None:
            return found
    return None


def _part_in(record: Json) -> str:
    found = _address_of(record)
    return (found["part"] or "") if found else ""


def _named(record: Json) -> str:
    """Return a comment's or review's own name, as its page's address has it where it can."""
    own = str(record.get("databaseId") or record.get("id") or "")
    own = own if _NAME.fullmatch(own) else ""
    if "diff_hunk" in record or "diffHunk" in record:
        return f"discussion_r{own}"
    return f"pullrequestreview-{own}" if _is_review(record) else f"issuecomment-{own}"


def _is_review(record: Json) -> bool:
    has_time = "submitted_at" in record or "submittedAt" in record
    return has_time and str(record.get("state")) in _STATES


def _kind_of(record: Json, spot: Spot) -> Kind:
    if spot.part:
        return Kind.REVIEW if _is_review(record) else Kind.REPLY
    named = (record.get("type"), record.get("__typename"))
    fields = ("pull_request", "merged_at", "mergedAt", "mergedBy", "headRefName")
    is_request = (
        spot.what in {"pull", "pulls"}
        or any(
            one in {"pr", "pull_request", "PullRequest"} for one in named if isinstance(one, str)
        )
        or any(record.get(name) is not None for name in fields)
    )
    return Kind.PULL_REQUEST if is_request else Kind.TOPIC


def _merged_at(record: Json) -> int | None:
    inside = record.get("pull_request")
    own = _at(record, "merged_at", "mergedAt")
    return own if own is not None or not isinstance(inside, Mapping) else _at(inside, "merged_at")


def _at(record: Json, *names: str) -> int | None:
    for name in names:
        written = record.get(name)
        moment = moment_of(written, _ZONE) if isinstance(written, str) else None
        if moment is not None and moment.has_time:
            return moment.seconds
    return None


def _labels(record: Json) -> Iterator[object]:
    """Yield the names of a record's labels, which are objects or bare names."""
    inside = record.get("labels")
    nodes = inside.get("nodes") if isinstance(inside, Mapping) else inside
    for one in nodes if isinstance(nodes, list) else ():
        yield one.get("name") if isinstance(one, Mapping) else one


def _answers(record: Json) -> str:
    """Return the part of the page that this one answers, where it says so."""
    parent = record.get("in_reply_to_id")
    if isinstance(parent, int):
        return f"discussion_r{parent}"
    inside = record.get("replyTo")
    return _part_in(inside) if isinstance(inside, Mapping) else ""


def _reactions(record: Json) -> Iterator[tuple[Login, str, int | None]]:
    """Yield who reacted, how and when; most exports only count them, and counts are no acts."""
    inside = record.get("reactions")
    nodes = inside.get("nodes") if isinstance(inside, Mapping) else inside
    for one in nodes if isinstance(nodes, list) else ():
        if isinstance(one, Mapping):
            who = login_of(one.get("user"))
            content = one.get("content")
            emoji = content.casefold() if isinstance(content, str) else ""
            if isinstance(who, Login) and _EMOJI.fullmatch(emoji):
                yield who, emoji, _at(one, "createdAt", "created_at")
