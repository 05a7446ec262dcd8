"""Addresses of pages: one form for the same page, and whose account they lie below."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|yclid|mc_[ce]id|igshid|twclid|msclkid|ref|ref_src|feature|si|hss_channel"
    r"|_ga|_gl|cmpid",
    re.IGNORECASE,
)
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\s<>\"\ud800-\udfff]")
_LONGEST = 2_000
_IN_PATH = {
    "note.com": 1, "qiita.com": 1, "zenn.dev": 1, "medium.com": 1, "dev.to": 1, "ameblo.jp": 1,
    "speakerdeck.com": 1, "slideshare.net": 1, "docswell.com": 2, "scrapbox.io": 1, "sizu.me": 1,
    "github.com": 1, "gitlab.com": 1, "x.com": 1, "twitter.com": 1, "linkedin.com": 2,
    "facebook.com": 1, "hatena.blog": 1, "note.mu": 1, "hackmd.io": 1, "vimeo.com": 1,
}  # fmt: skip
"""Sites whose first parts of a path are an account's, and how many parts."""

_IN_HOST = (
    "hatenablog.com", "hatenablog.jp", "hateblo.jp", "hatenadiary.com", "hatenadiary.jp",
    "hatenadiary.org", "blogspot.com", "wordpress.com", "tumblr.com", "substack.com", "medium.com",
    "github.io", "gitlab.io", "livedoor.blog", "fc2.com", "exblog.jp", "seesaa.net", "hashnode.dev",
    "note.jp", "themedia.jp", "netlify.app", "vercel.app", "pages.dev", "web.app",
)  # fmt: skip
"""Sites on which an account has a host of its own below theirs."""

_SHARED_PATHS = {"organizations", "publications", "p", "topics", "tags", "video", "groups"}
_VIDEOS = "youtube.com"
_CHANNEL = re.compile(r"/(?:channel/[^/]+|@[^/]+|user/[^/]+|c/[^/]+)")


def canonical(address: str) -> str | None:
    """Return a page's address in one form, or None where it is none of the web.

    Case of the host, ``www.``, ports that go without saying, fragments, tracking parameters and a
    slash at the end tell no page from another; ``http`` and ``https`` lead to the same.
    """
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    is_web = parts.scheme.lower() in {"http", "https"} and "." in host
    if not is_web or len(address) > _LONGEST or _UNSAFE.search(host):
        return None
    kept = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True, errors="replace")
        if not _TRACKING.fullmatch(name)
    )
    path = quote(unquote(parts.path, errors="replace"), safe="/:@!$&'()*+,;=~-._", errors="replace")
    query = f"?{urlencode(kept, errors='replace')}" if kept else ""
    host = host.removeprefix("www.").removeprefix("m.")
    if host == "youtu.be" and path.strip("/"):
        return f"https://{_VIDEOS}/watch?v={path.strip('/')}"
    shown = host + (f":{port}" if port not in {None, 80, 443} else "")
    return f"https://{shown}{path.rstrip('/')}{query}"


def host_of(address: str) -> str:
    """Return the host of an address that ``canonical`` gave."""
    return address.removeprefix("https://").partition("/")[0].partition("?")[0].partition(":")[0]


def account_in(address: str) -> str | None:
    """Return the beginning of a canonical address that is one account's, without its scheme.

    None where the site is not known to give its accounts an address: it may be one person's own
    house as well as a company's.
    """
    plain = address.removeprefix("https://").partition("?")[0]
    host, _, path = plain.partition("/")
    parts = [part for part in path.split("/") if part]
    if host == _VIDEOS:
        found = _CHANNEL.match(f"/{path}")
        return host + found[0] if found else None
    depth = _IN_PATH.get(host)
    if depth is not None:
        is_account = len(parts) >= depth and parts[0] not in _SHARED_PATHS
        is_account = is_account and not parts[0].isdigit()
        return "/".join([host, *parts[:depth]]) if is_account else None
    return host if any(host.endswith(f".{one}") for one in _IN_HOST) else None


def site_of(address: str) -> str | None:
    """Return the site of many accounts that a canonical address lies on, or None."""
    host = host_of(address)
    if host in _IN_PATH or host == _VIDEOS:
        return host
    return next((one for one in _IN_HOST if host.endswith(f".{one}")), None)


def without_account(address: str, account: str, *, actor: str) -> str:
    """Return an address in which an account's beginning is replaced by its pseudonym."""
    plain = address.removeprefix("https://")
    rest = plain.removeprefix(account)
    is_below = plain != rest and (not rest or rest[0] in "/?")
    return f"https://{actor}{rest}" if is_below else address
