"""Posting phrases fit any name, and the wording list covers every language."""

import re
from collections import Counter
from typing import Any

import pytest

from tests.starter_words import (
    LANGUAGES,
    assert_complete,
    assert_no_turkish_suffix,
    assert_same_placeholders,
    load,
)

TEXTS = load("hiring", "posting_texts.toml")
TONES = ("friendly", "formal")
PARTS = ("opening", "how_to_apply", "closing")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
PLACEHOLDERS = {"title", "organisation", "site"}

each_phrase = pytest.mark.parametrize(
    "phrase", [TEXTS[tone][part] for tone in TONES for part in PARTS]
)


def test_both_tones_have_every_part() -> None:
    assert set(TEXTS) == {*TONES, "exclusive_words"}
    assert all(set(TEXTS[tone]) == set(PARTS) for tone in TONES)


def test_every_text_speaks_four_languages() -> None:
    assert_complete(TEXTS)


@each_phrase
def test_a_phrase_uses_the_same_known_placeholders_everywhere(phrase: dict[str, Any]) -> None:
    assert_same_placeholders(phrase, PLACEHOLDER, PLACEHOLDERS)


@each_phrase
def test_turkish_leaves_names_without_suffix(phrase: dict[str, Any]) -> None:
    assert_no_turkish_suffix(phrase)


@each_phrase
def test_a_phrase_can_be_filled(phrase: dict[str, Any]) -> None:
    for text in phrase.values():
        filled = text.format(title="T", organisation="O", site="S")
        assert "{" not in filled
        assert "}" not in filled


def test_each_language_lists_six_exclusive_words_without_doubles() -> None:
    pairs = [(row["language"], row["word"]) for row in TEXTS["exclusive_words"]]
    assert len(set(pairs)) == len(pairs)
    counts = Counter(language for language, _word in pairs)
    assert set(counts) == set(LANGUAGES)
    assert min(counts.values()) >= 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_phrases_themselves_hold_no_exclusive_word(language: str) -> None:
    words = [row["word"] for row in TEXTS["exclusive_words"] if row["language"] == language]
    text = " ".join(TEXTS[tone][part][language] for tone in TONES for part in PARTS)
    edge = "" if language == "ja" else r"\b"
    assert not [
        word for word in words if re.search(f"{edge}{re.escape(word)}{edge}", text, re.IGNORECASE)
    ]
