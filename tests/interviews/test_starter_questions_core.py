"""The core half of the starter question bank is complete in every language."""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BANK = ROOT / "portal" / "interviews" / "starter" / "questions_core.toml"
LANGUAGES = {"en", "tr", "es", "ja"}
KINDS = {"behavioural", "situational"}
COMPETENCIES = {
    "communication",
    "problem_solving",
    "empathy",
    "conflict_resolution",
    "service_orientation",
    "active_listening",
    "product_knowledge",
}


def questions() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(BANK.read_text(encoding="utf-8"))["question"]
    return rows


def texts() -> Iterator[tuple[str, dict[str, str]]]:
    for question in questions():
        for words in (question["text"], *question["probes"], *question["listen_for"]):
            yield question["key"], words


def test_the_bank_holds_at_least_twenty_questions() -> None:
    assert len(questions()) >= 20


def test_every_key_is_unique_and_starts_with_its_competency() -> None:
    counts = Counter(question["key"] for question in questions())
    assert [key for key, count in counts.items() if count > 1] == []
    for question in questions():
        assert re.fullmatch(rf"{question['competency']}_\d+", question["key"])


def test_every_question_has_a_known_kind_and_level_and_no_stray_field() -> None:
    fields = {"key", "competency", "kind", "level", "text", "probes", "listen_for"}
    for question in questions():
        assert set(question) == fields, question["key"]
        assert question["kind"] in KINDS, question["key"]
        assert question["level"] in {"associate", "lead"}, question["key"]


def test_every_text_exists_in_four_languages_and_is_translated() -> None:
    for key, words in texts():
        assert set(words) == LANGUAGES, key
        assert all(text.strip() == text and text for text in words.values()), key
        # Comparing all four with one another also catches a line pasted under two languages.
        assert len(set(words.values())) == len(LANGUAGES), (key, words["en"])


def test_japanese_is_written_without_spaces_and_in_japanese_script() -> None:
    for key, words in texts():
        assert not re.search(r"\s", words["ja"]), (key, words["ja"])
        assert re.search(r"[\u3040-\u309f]", words["ja"]), (key, words["ja"])


def test_every_question_has_two_probes_and_two_things_to_listen_for() -> None:
    for question in questions():
        assert len(question["probes"]) == 2, question["key"]
        assert len(question["listen_for"]) == 2, question["key"]


def test_every_competency_has_a_question_of_each_kind() -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for question in questions():
        kinds[question["competency"]].add(question["kind"])
    assert kinds == dict.fromkeys(COMPETENCIES, KINDS)


def test_every_probe_is_a_question_in_every_language() -> None:
    endings = {"en": "?", "tr": "?", "es": "?", "ja": "。"}
    for question in questions():
        for probe in question["probes"]:
            for language, ending in endings.items():
                assert probe[language].endswith(ending), (question["key"], probe[language])
