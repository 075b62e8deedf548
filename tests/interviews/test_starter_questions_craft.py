"""The starter questions on craft and leading are complete in four languages."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

BANK = Path(__file__).parents[2] / "portal" / "interviews" / "starter" / "questions_craft.toml"
LANGUAGES = {"en", "tr", "es", "ja"}
LEVEL_OF = {
    "technical_proficiency": "associate",
    "attention_to_detail": "associate",
    "adaptability": "associate",
    "time_management": "associate",
    "teamwork": "associate",
    "leadership": "lead",
    "performance_management": "lead",
}
QUESTIONS: list[dict[str, Any]] = tomllib.loads(BANK.read_text("utf-8"))["question"]

each_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: str(q["key"]))


def texts_of(question: dict[str, Any]) -> Iterator[dict[str, str]]:
    yield question["text"]
    yield from question["probes"]
    yield from question["listen_for"]


def test_there_are_at_least_twenty_questions() -> None:
    assert len(QUESTIONS) >= 20


def test_keys_are_unique() -> None:
    repeated = [key for key, times in Counter(q["key"] for q in QUESTIONS).items() if times > 1]
    assert repeated == []


def test_no_text_occurs_twice() -> None:
    for language in sorted(LANGUAGES):
        times = Counter(words[language] for q in QUESTIONS for words in texts_of(q))
        assert [text for text, count in times.items() if count > 1] == []


@pytest.mark.parametrize("competency", sorted(LEVEL_OF))
def test_a_competency_has_a_question_of_each_kind(competency: str) -> None:
    kinds = {q["kind"] for q in QUESTIONS if q["competency"] == competency}
    assert kinds == {"behavioural", "situational"}


@each_question
def test_a_question_is_filed_under_its_competency_and_level(question: dict[str, Any]) -> None:
    competency, _, number = question["key"].rpartition("_")
    assert competency == question["competency"]
    assert number.isdigit()
    assert question["level"] == LEVEL_OF[competency]


@each_question
def test_a_question_has_two_probes_and_two_points_to_listen_for(question: dict[str, Any]) -> None:
    assert len(question["probes"]) == 2
    assert len(question["listen_for"]) == 2


@each_question
def test_a_question_speaks_four_languages(question: dict[str, Any]) -> None:
    for words in texts_of(question):
        assert set(words) == LANGUAGES
        assert all(text and text == text.strip() for text in words.values())
        assert len(set(words.values())) == len(LANGUAGES)


@each_question
def test_japanese_has_no_spaces_and_its_questions_end_as_sentences(
    question: dict[str, Any],
) -> None:
    for words in texts_of(question):
        assert not any(character.isspace() for character in words["ja"])
    for spoken in (question["text"], *question["probes"]):
        assert spoken["ja"].endswith("。")
