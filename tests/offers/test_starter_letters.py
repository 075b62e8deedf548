"""Starter letters say the same in every language and ask only for known terms."""

import re
from typing import Any

import pytest
from jinja2 import Environment, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from tests.starter_words import (
    LANGUAGES,
    assert_complete,
    assert_no_turkish_suffix,
    assert_same_placeholders,
    lines,
    load,
)

CONTENT = load("offers", "letters.toml")["letter"]
PARTS = ("subject", "greeting", "body", "closing", "consent")
PLACEHOLDER = re.compile(r"\{\{ (\w+) \}\}")
ALLOWED = {
    "candidate_name",
    "role_title",
    "site_name",
    "organisation_name",
    "start_date",
    "pay",
    "manager_name",
    "expires_on",
    "bonus",
    "benefits",
    "probation_months",
}
OPTIONAL = {"bonus", "benefits", "probation_months"}


def by_part(content: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Turn language -> part around, so that the languages of one part can be compared."""
    return {part: {language: content[language][part] for language in content} for part in PARTS}


LETTERS = [by_part(letter["content"]) for letter in CONTENT]
each_letter = pytest.mark.parametrize("letter", LETTERS, ids=[row["key"] for row in CONTENT])


def sandbox() -> Environment:
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def test_the_standard_letter_is_there() -> None:
    assert [letter["key"] for letter in CONTENT] == ["standard"]


def test_each_language_has_exactly_the_parts_of_a_letter() -> None:
    for letter in CONTENT:
        assert tuple(letter["content"]) == LANGUAGES
        assert all(tuple(parts) == PARTS for parts in letter["content"].values())


@each_letter
def test_every_part_speaks_four_languages(letter: dict[str, Any]) -> None:
    assert_complete(letter)


@each_letter
def test_each_part_uses_the_same_known_placeholders(letter: dict[str, Any]) -> None:
    for part in PARTS:
        assert_same_placeholders(letter[part], PLACEHOLDER, ALLOWED)
        assert_no_turkish_suffix(letter[part])


@each_letter
def test_a_letter_names_every_term(letter: dict[str, Any]) -> None:
    parts = (letter[part]["en"] for part in PARTS if part != "consent")
    text = "\n".join(line for value in parts for line in lines(value))
    assert set(PLACEHOLDER.findall(text)) == ALLOWED


@each_letter
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_that_may_be_missing_has_a_paragraph_of_its_own(
    letter: dict[str, Any], language: str
) -> None:
    paragraphs = letter["body"][language]
    assert 4 <= len(paragraphs) <= 6
    assert len(paragraphs) == len(letter["body"]["en"])
    for paragraph in paragraphs:
        names = set(PLACEHOLDER.findall(paragraph))
        assert not names & OPTIONAL or len(names) == 1


@each_letter
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_can_be_filled_in_the_sandbox(letter: dict[str, Any], language: str) -> None:
    terms = {name: f"<{name}>" for name in ALLOWED}
    for part in PARTS:
        for text in lines(letter[part][language]):
            filled = sandbox().from_string(text).render(terms)
            assert "{" not in filled
            assert "<" not in filled


@each_letter
def test_a_japanese_letter_opens_and_closes_in_proper_form(letter: dict[str, Any]) -> None:
    assert letter["body"]["ja"][0].startswith("拝啓")
    assert "敬具" in letter["closing"]["ja"]
