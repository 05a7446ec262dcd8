"""What is written: first sentences, both languages, and nothing that belongs elsewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house import exceptions
from tests.house.tree import PACKAGE, modules, parsed, texts, told

JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
LATER = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
MACHINE = re.compile(r"(?:^|[^A-Za-z0-9_.-])/(?:work|root|farm|home/\w+|Users/\w+)/", re.MULTILINE)
REGISTRIES = re.compile(
    r"\b(?:pypi" + r"\.org|python" + r"hosted\.org|npm" + r"js\.(?:org|com)|deb" + r"ian\.org)\b"
)
SCHEMED = re.compile(r"\b(?:https?|wss?|ftp)://(?:[^\s/@\"'<>]*@)?([A-Za-z0-9][A-Za-z0-9.-]*)")
ANYBODY = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|org|net|jp))?|test|invalid)$")


def matches(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    return [(str(name), one.group()) for name, text in texts() for one in pattern.finditer(text)]


def test_every_module_opens_with_one_sentence() -> None:
    silent = [str(name) for name in modules() if not opens_with_a_sentence(name)]
    assert silent == []


def opens_with_a_sentence(name: Path) -> bool:
    first = (ast.get_docstring(parsed(name)) or "").split("\n\n")[0]
    return first.endswith((".", ":", "?")) and not re.search(r"\.\s+[A-Z]", first)


def test_nothing_is_left_for_later() -> None:
    assert matches(LATER) == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert matches(MACHINE) == []


def test_no_file_names_a_package_registry() -> None:
    assert matches(REGISTRIES) == []


def test_every_host_is_known_to_the_house() -> None:
    found = {
        (str(name), host)
        for name, text in texts()
        for host in map(str.lower, SCHEMED.findall(text))
        if host not in exceptions.HOSTS and not ANYBODY.search(host)
    }
    assert found == set(), told(found)


def test_a_path_and_a_host_would_be_seen() -> None:
    assert MACHINE.search("open('/" + "root/x')") is not None
    assert MACHINE.search("src/jibungoto/work/tasks.py") is None
    assert REGISTRIES.search("files.python" + "hosted.org") is not None
    assert SCHEMED.findall("https://me:word@chat.example.jp/x") == ["chat.example.jp"]


def words_written() -> Iterator[tuple[str, list[ast.expr]]]:
    """Yield place and texts of every ``Words(...)`` written out in src."""
    for name in modules("src"):
        for node in ast.walk(parsed(name)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Words":
                given = {one.arg: one.value for one in node.keywords}
                both = [*node.args, *(given[key] for key in ("ja", "en") if key in given)]
                yield f"{name}:{node.lineno}", both


def written(node: ast.expr) -> str | None:
    """Return a text as far as it is written out, or None where it is computed."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(written(part) or "" for part in node.values) or None
    return None


def test_every_words_is_complete_in_both_languages() -> None:
    lacking = [
        place
        for place, both in words_written()
        if len(both) != 2 or len({written(one) == "" for one in both}) == 2
    ]
    assert lacking == []


def test_no_english_words_hold_japanese() -> None:
    mixed = [place for place, both in words_written() if JAPANESE.search(written(both[-1]) or "")]
    assert [place for place in mixed if place.split(":")[0] not in exceptions.MIXED_WORDS] == []


def catalogue_entries(text: str) -> Iterator[tuple[str, list[str], bool]]:
    """Yield message id, translations and fuzziness of each entry of a gettext catalogue."""
    for block in re.split(r"\n\s*\n", text):
        kept = "\n".join(line for line in block.splitlines() if not line.startswith("#~"))
        parts = re.findall(r'^(msgid|msgstr(?:\[\d+\])?)\s+((?:".*"\s*)+)', kept, re.MULTILINE)
        joined = [(key, "".join(re.findall(r'"(.*)"', value))) for key, value in parts]
        said = [value for key, value in joined if key.startswith("msgstr")]
        for key, value in joined:
            if key == "msgid" and value:
                yield value, said, bool(re.search(r"^#,.*fuzzy", block, re.MULTILINE))


def test_every_gettext_catalogue_is_complete() -> None:
    lacking = [
        (str(path.relative_to(PACKAGE)), message)
        for path in sorted(PACKAGE.glob("locale/*/LC_MESSAGES/*.po"))
        for message, said, fuzzy in catalogue_entries(path.read_text(encoding="utf-8"))
        if fuzzy or not said or "" in said
    ]
    assert lacking == []


def test_an_empty_translation_would_be_seen() -> None:
    text = 'msgid "Today"\nmsgstr ""\n\n#, fuzzy\nmsgid "People"\nmsgstr "人"\n'
    assert list(catalogue_entries(text)) == [("Today", [""], False), ("People", ["人"], True)]
