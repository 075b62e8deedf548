"""Composes a posting from the role profile, and warns of wording that keeps people away."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from portal.core import i18n
from portal.core.db import Json
from portal.hiring.states import Tonality
from portal.people.brand import shown
from portal.people.models import Role, Site

STARTER = Path(__file__).parents[1] / "starter" / "posting_texts.toml"


@dataclass(frozen=True)
class Hint:
    """A word in a field of a posting that may keep people away, and what to write instead."""

    field: str
    word: str
    text: str


@cache
def _starter() -> Json:
    return tomllib.loads(STARTER.read_text(encoding="utf-8"))


def compose_text(role: Role, site: Site, *, tone: Tonality, language: str) -> Json:
    """The whole text of a posting in one language, ready to be edited."""
    sentences = _starter()[str(tone)]
    values = {
        "title": i18n.words(role.title, language),
        "organisation": shown().name,
        "site": i18n.words(site.name, language),
    }

    def sentence(part: str) -> str:
        return str(sentences[part][language]).format(**values)

    return {
        "title": values["title"],
        "opening": f"{sentence('opening')}\n\n{i18n.words(role.summary, language)}".strip(),
        "duties": _lines(role.duties, language),
        "qualifications": [
            {"text": i18n.words(_only_words(one), language), "must": bool(one.get("must"))}
            for one in role.qualifications
        ],
        "benefits": _lines(role.benefits, language),
        "how_to_apply": sentence("how_to_apply"),
        "closing": sentence("closing"),
    }


def _lines(entries: list[Json], language: str) -> list[str]:
    return [text for entry in entries if (text := i18n.words(_only_words(entry), language))]


def _only_words(entry: Json) -> dict[str, str]:
    """The texts of a profile entry, without facts such as ``must``."""
    return {tag: entry[tag] for tag in i18n.LOCALES if tag in entry}


def exclusive_wording(text: Json, language: str) -> list[Hint]:
    """Every word of a posting's text that is on the list for its language."""
    found: dict[tuple[str, str], Hint] = {}
    for field, written in _written(text):
        small = i18n.lower(written, language)
        for pattern, word, hint in _patterns(language):
            if pattern.search(small):
                found[field, word] = Hint(field, word, i18n.words(hint))
    return list(found.values())


def _written(text: Json) -> Iterator[tuple[str, str]]:
    for field, value in text.items():
        for one in value if isinstance(value, list) else [value]:
            yield field, str(one["text"] if isinstance(one, dict) else one)


@cache
def _patterns(language: str) -> list[tuple[re.Pattern[str], str, dict[str, str]]]:
    """Whole words; in Japanese, which has no spaces, parts of the text."""
    entries: list[Any] = [e for e in _starter()["exclusive_words"] if e["language"] == language]
    edge = ("", "") if language == "ja" else (r"(?<!\w)", r"(?!\w)")
    return [
        (
            re.compile(edge[0] + re.escape(i18n.lower(entry["word"], language)) + edge[1]),
            entry["word"],
            entry["hint"],
        )
        for entry in entries
    ]
