"""Markdown and HTML in the few marks that the facts kept of a text are read from."""

from __future__ import annotations

import html
import re

_LINK = re.compile(r"!?\[([^\]\n]*)\]\(\s*<?(https?://[^\s)>]+)>?[^)\n]*\)")
_UPLOAD = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_BLOCK_QUOTE = re.compile(r"<(aside|blockquote)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_CODE = re.compile(r"<(?:pre|code)\b[^>]*>(.*?)</(?:pre|code)>", re.DOTALL | re.IGNORECASE)
_ANCHOR = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL | re.IGNORECASE)
_HREF = re.compile(r"href=[\"'](https?://[^\"'\s<>|]+)", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/li|/h\d|/tr|/div)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<(?!https?://)[^<>]*>")
_MENTION_CLASS = re.compile(r"class=[\"'][^\"']*\bmention", re.IGNORECASE)


def from_markdown(text: str) -> str:
    """Return Markdown with its links as ``<address|label>`` and its images gone."""
    if "](" not in text:
        return text
    return _UPLOAD.sub("", _LINK.sub(_told, text))


def from_html(text: str) -> str:
    """Return HTML as text: quotes gone, code between fences, links as ``<address|label>``."""
    if "<" not in text:
        return html.unescape(text) if "&" in text else text
    text = _BLOCK_QUOTE.sub("\n", text)
    text = _CODE.sub(lambda found: f"```{_TAG.sub('', found[1])}```", text)
    text = _ANCHOR.sub(_anchor, text)
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))


def _told(found: re.Match[str]) -> str:
    is_image = found[0].startswith("!")
    return f"<{found[2]}|{'' if is_image else found[1].replace('|', ' ')}>"


def _anchor(found: re.Match[str]) -> str:
    label = _TAG.sub("", found[2]).replace("|", " ")
    if _MENTION_CLASS.search(found[1]):
        return ""
    address = _HREF.search(found[1])
    return f"<{address[1]}|{label}>" if address else label
