"""What every starter text is held to: four languages, nothing empty, the same placeholders."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("en", "tr", "es", "ja")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
# A suffix written straight onto a placeholder fits some names and spoils others.
GLUED = re.compile(r"\}['\u2019\w]|\w\{")


def load(feature: str, name: str) -> dict[str, Any]:
    """Read portal/<feature>/starter/<name>."""
    with (ROOT / "portal" / feature / "starter" / name).open("rb") as file:
        return tomllib.load(file)


def competency_keys() -> set[str]:
    return {row["key"] for row in load("competencies", "competencies.toml")["competency"]}


def worded(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each table of translations below the node, with the path that leads to it."""
    if isinstance(node, dict) and set(LANGUAGES) & set(node):
        # A qualification carries its "must" beside its words.
        translations = {key: value for key, value in node.items() if key != "must"}
        yield path, translations
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from worded(value, f"{path}.{key}")
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from worded(value, f"{path}[{position}]")


def lines(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def assert_complete(content: dict[str, Any]) -> None:
    """Every text speaks all four languages, and Japanese is written in Japanese."""
    for path, translations in worded(content):
        assert tuple(translations) == LANGUAGES, path
        for language, value in translations.items():
            assert lines(value), f"{path}.{language} is empty"
            for line in lines(value):
                assert line.strip() == line != "", f"{path}.{language}"
        assert JAPANESE.search("".join(lines(translations["ja"]))), path


def assert_same_placeholders(
    translations: dict[str, Any], pattern: re.Pattern[str], allowed: set[str]
) -> None:
    """Each language uses the same placeholders equally often, and only allowed ones."""
    used = {
        language: sorted(pattern.findall("\n".join(lines(value))))
        for language, value in translations.items()
    }
    assert set(used["en"]) <= allowed, used["en"]
    for language, names in used.items():
        assert names == used["en"], f"{language}: {names}"


def assert_no_turkish_suffix(translations: dict[str, Any]) -> None:
    for line in lines(translations["tr"]):
        assert not GLUED.search(line), line


NAMED = re.compile(r"\{\{ (\w+) \}\}")


def assert_same_letter(content: dict[str, Any], letter: Any) -> None:
    """A letter has its parts and nothing else, alike in every language; Turkish glues nothing."""
    assert tuple(content) == LANGUAGES
    assert all(tuple(parts) == letter.parts for parts in content.values())
    for part in letter.parts:
        texts = {language: content[language][part] for language in LANGUAGES}
        assert_complete({part: texts})
        assert_same_placeholders(texts, NAMED, letter.placeholders)
        assert_no_turkish_suffix(texts)
        assert len({len(lines(text)) for text in texts.values()}) == 1
