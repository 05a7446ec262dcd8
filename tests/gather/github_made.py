"""What GitHub tells of two pages of one repository, in the dialects of its interfaces."""

from __future__ import annotations

from typing import Any

from tests.gather.made import concealed

Json = dict[str, Any]
SITE = "https:" + "//github.com/garden/paths"
API = "https:" + "//api.github.com/repos/garden/paths"
PLACE = concealed("repository:garden/paths")
NINE = 1_767_258_000
"""2026-01-01 09:00 UTC."""


def time(minute: int) -> str:
    return f"2026-01-01T09:{minute:02d}:00Z"


def account(login: str) -> Json:
    return {"login": login, "id": len(login), "type": "Bot" if "[bot]" in login else "User"}


def issue(number: int, login: str = "hana", *, minute: int = 0, **more: Any) -> Json:
    return {
        "url": f"{API}/issues/{number}",
        "html_url": f"{SITE}/issues/{number}",
        "id": 1000 + number,
        "number": number,
        "title": "Where does it lead?",
        "user": account(login),
        "created_at": time(minute),
        "body": "Which way?",
        **more,
    }


def request(number: int, login: str = "ken", *, minute: int = 1, **more: Any) -> Json:
    return issue(number, login, minute=minute, html_url=f"{SITE}/pull/{number}", **more)


def comment(number: int, own: int, login: str, *, minute: int, body: str = "That.") -> Json:
    return {
        "html_url": f"{SITE}/issues/{number}#issuecomment-{own}",
        "issue_url": f"{API}/issues/{number}",
        "id": own,
        "user": account(login),
        "created_at": time(minute),
        "body": body,
    }


def line_comment(own: int, login: str, minute: int, answers: int | None = None) -> Json:
    told = {
        "html_url": f"{SITE}/pull/2#discussion_r{own}",
        "pull_request_url": f"{API}/pulls/2",
        "id": own,
        "diff_hunk": "@@",
        "user": account(login),
        "created_at": time(minute),
        "body": "Here",
    }
    return told | ({"in_reply_to_id": answers} if answers else {})


def review(own: int, login: str, minute: int, state: str = "APPROVED") -> Json:
    return {
        "html_url": f"{SITE}/pull/2#pullrequestreview-{own}",
        "pull_request_url": f"{API}/pulls/2",
        "id": own,
        "state": state,
        "user": account(login),
        "submitted_at": time(minute),
        "body": "",
    }


def rest() -> Json:
    """Return what the REST interface lists, a file for each list."""
    return {
        "issues.json": [issue(1), request(2, pull_request={"merged_at": time(40)})],
        "pulls.json": [request(2, merged_at=time(40), head={})],
        "comments.json": [
            comment(1, 11, "ken", minute=5, body="Ask @Mio, not `@nobody` nor @stranger"),
            comment(1, 12, "hana", minute=6),
        ],
        "review_comments.json": [line_comment(21, "mio", 10), line_comment(22, "ken", 11, 21)],
        "reviews.json": [review(31, "mio", 12), review(32, "ken", 13, "COMMENTED")],
    }


def node(login: str, minute: int, *, part: str, **more: Any) -> Json:
    """Return something somebody wrote as GraphQL tells it."""
    told = {"author": {"login": login}, "createdAt": time(minute), "body": "That."}
    return {**told, "url": f"{SITE}/{part}", **more}


def graphql() -> Json:
    """Return the same as GraphQL answers."""
    liked = {"content": "THUMBS_UP", "createdAt": time(30), "user": {"login": "mio"}}
    heart = {"content": "HEART", "createdAt": time(20), "user": {"login": "mio"}}
    own = {"content": "HEART", "createdAt": time(20), "user": {"login": "hana"}}
    threads = {
        "nodes": [
            {
                "comments": {
                    "nodes": [
                        node("mio", 10, part="pull/2#discussion_r21", diffHunk="@@"),
                        node(
                            "ken",
                            11,
                            part="pull/2#discussion_r22",
                            replyTo={"url": f"{SITE}/pull/2#discussion_r21"},
                        ),
                    ]
                }
            }
        ]
    }
    reviews = {
        "nodes": [
            node("mio", 12, part="pull/2#pullrequestreview-31", state="APPROVED")
            | {"submittedAt": time(12)},
        ]
    }
    comments = {
        "nodes": [
            node("ken", 5, part="issues/1#issuecomment-11"),
            node("hana", 6, part="issues/1#issuecomment-12"),
        ]
    }
    first = node("hana", 0, part="issues/1", number=1, title="?", comments=comments)
    first["reactions"] = {"nodes": [liked, heart, own]}
    second = node("ken", 1, part="pull/2", number=2, title="!", mergedAt=time(40))
    second |= {"reviewThreads": threads, "reviews": reviews}
    repository = {"issues": {"nodes": [first]}, "pullRequests": {"nodes": [second]}}
    return {"data": {"repository": repository}}
