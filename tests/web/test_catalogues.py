"""Both languages are complete, and the compiled catalogues are those of the sources."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import pytest

import jibungoto

LOCALE = Path(jibungoto.__file__).parent / "locale"
LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr)(?:\[(\d)\])? )?(".*")')
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")

Entry = dict[str, str]


def _entries(language: str) -> list[Entry]:
    """Read a .po file: one mapping per entry, ``msgstr0``, ``msgstr1`` for plurals."""
    text = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    found: list[Entry] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        entry: Entry = {}
        field = ""
        for line in (line for line in block.splitlines() if not line.startswith("#")):
            match = LINE.fullmatch(line)
            assert match, f"{language}: {line}"
            if match[1]:
                field = match[1] + (match[2] or "")
            entry[field] = entry.get(field, "") + ast.literal_eval(match[3])
        if entry.get("msgid"):
            found.append(entry)
    return found


def _key(entry: Entry) -> str:
    """Return the key that a compiled catalogue files an entry under."""
    context = f"{entry['msgctxt']}\x04" if "msgctxt" in entry else ""
    return context + entry["msgid"]


def _compiled(language: str) -> dict[str | tuple[str, int], str]:
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        catalogue: dict[str | tuple[str, int], str] = vars(gettext.GNUTranslations(file))[
            "_catalog"
        ]
    return {key: text for key, text in catalogue.items() if key != ""}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_text_lacks_its_words(language: str) -> None:
    empty = [
        _key(entry)
        for entry in _entries(language)
        for field, text in entry.items()
        if field.startswith("msgstr") and not text.strip()
    ]
    assert empty == []


def test_both_languages_say_the_same_texts() -> None:
    assert [_key(entry) for entry in _entries("ja")] == [_key(entry) for entry in _entries("en")]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_compiled_catalogue_is_that_of_the_source(language: str) -> None:
    written: dict[str | tuple[str, int], str] = {}
    for entry in _entries(language):
        if "msgid_plural" not in entry:
            written[_key(entry)] = entry["msgstr"]
            continue
        for number in ("0", "1"):
            if f"msgstr{number}" in entry:
                written[_key(entry), int(number)] = entry[f"msgstr{number}"]
    assert _compiled(language) == written


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_placeholder_survives(language: str) -> None:
    for entry in _entries(language):
        asked = set(PLACEHOLDER.findall(entry.get("msgid_plural", entry["msgid"])))
        said = entry.get("msgstr", entry.get("msgstr1", entry.get("msgstr0", "")))
        assert set(PLACEHOLDER.findall(said)) == asked, entry["msgid"]


def test_the_japanese_is_japanese() -> None:
    """A text of letters alone in the Japanese catalogue would be one left in English."""
    english = [
        entry["msgid"]
        for entry in _entries("ja")
        if re.fullmatch(r"[\x20-\x7e]+", entry.get("msgstr", entry.get("msgstr0", "")))
        and re.search(r"[A-Za-z]{4}", entry["msgid"])
    ]
    assert english == []


def _texts_in_templates() -> set[str]:
    web = Path(jibungoto.__file__).parent / "web" / "templates"
    tag = re.compile(r"""{%\s*translate\s+"([^"]+)"(?:\s+context\s+"([^"]+)")?""")
    return {
        (f"{context}\x04" if context else "") + text
        for template in web.rglob("*.html")
        for text, context in tag.findall(template.read_text(encoding="utf-8"))
    }


def test_every_text_of_a_template_is_in_the_catalogues() -> None:
    known = {_key(entry) for entry in _entries("ja")}
    assert sorted(_texts_in_templates() - known) == []
