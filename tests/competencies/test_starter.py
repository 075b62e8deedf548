"""The starter competency library is complete and sound in all four languages."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

STARTER = Path(__file__).parents[2] / "portal" / "competencies" / "starter" / "competencies.toml"
LANGUAGES = ["en", "tr", "es", "ja"]
LEVELS = ["1", "2", "3", "4", "5"]
FAMILIES = {"core", "craft", "leading"}
KEYS = [
    "communication",
    "problem_solving",
    "empathy",
    "conflict_resolution",
    "service_orientation",
    "active_listening",
    "product_knowledge",
    "technical_proficiency",
    "attention_to_detail",
    "adaptability",
    "time_management",
    "teamwork",
    "leadership",
    "performance_management",
]
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def load() -> list[dict[str, Any]]:
    with STARTER.open("rb") as file:
        library: dict[str, list[dict[str, Any]]] = tomllib.load(file)
    assert list(library) == ["competency"]
    return library["competency"]


LIBRARY = load()
each_competency = pytest.mark.parametrize("competency", LIBRARY, ids=lambda row: str(row["key"]))


def texts(competency: dict[str, Any]) -> Iterator[dict[str, str]]:
    yield competency["name"]
    yield competency["description"]
    yield from competency["anchors"].values()


def test_the_library_holds_each_competency_once_in_order() -> None:
    keys = [competency["key"] for competency in LIBRARY]
    assert len(keys) == len(set(keys))
    assert keys == KEYS


def test_names_differ_between_competencies_in_each_language() -> None:
    for language in LANGUAGES:
        names = {competency["name"][language] for competency in LIBRARY}
        assert len(names) == len(LIBRARY), language


@each_competency
def test_a_competency_has_its_parts_and_nothing_else(competency: dict[str, Any]) -> None:
    assert set(competency) == {"key", "family", "name", "description", "anchors"}
    assert competency["family"] in FAMILIES


@each_competency
def test_every_text_is_filled_in_four_languages(competency: dict[str, Any]) -> None:
    for words in texts(competency):
        assert list(words) == LANGUAGES
        for language, text in words.items():
            assert text, language
            assert text == text.strip(), (language, text)


@each_competency
def test_no_translation_repeats_the_english(competency: dict[str, Any]) -> None:
    for words in texts(competency):
        for language in LANGUAGES[1:]:
            assert words[language].casefold() != words["en"].casefold(), language


@each_competency
def test_japanese_is_written_in_japanese_without_spaces(competency: dict[str, Any]) -> None:
    for words in texts(competency):
        assert JAPANESE.search(words["ja"]), words["ja"]
        assert not re.search(r"\s", words["ja"]), words["ja"]


@each_competency
def test_five_anchors_differ_from_one_another(competency: dict[str, Any]) -> None:
    anchors = competency["anchors"]
    assert list(anchors) == LEVELS
    for language in LANGUAGES:
        sentences = {anchors[level][language].casefold() for level in LEVELS}
        assert len(sentences) == len(LEVELS), language


@each_competency
def test_anchors_are_single_sentences_of_readable_length(competency: dict[str, Any]) -> None:
    for level, words in competency["anchors"].items():
        assert 8 <= len(words["en"].split()) <= 18, (level, words["en"])
        for language, text in words.items():
            stop = "。" if language == "ja" else "."
            assert text.endswith(stop), (level, text)
            assert text.count(stop) == 1, (level, text)
