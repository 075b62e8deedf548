"""The letters HR writes: which there are, and how one is filled without ever running code.

Each feature registers the letters it sends. Placeholders are names only, so that no text can do
more than be printed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from flask_babel import gettext as _
from flask_babel.speaklater import LazyString

from portal.core import clock
from portal.core.db import Json, db
from portal.core.documents.rendering import DataclassInstance
from portal.core.errors import NotFound, Refused
from portal.core.i18n import LOCALES
from portal.offers import queries
from portal.offers.models import LetterTemplate

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
CODE = re.compile(r"\{[{%#]|[}%#]\}")
PARTS = ("subject", "greeting", "body", "closing", "farewell", "consent")
"""What a letter may consist of, in order; the body is a list of paragraphs."""

Values = Mapping[str, str]


@dataclass(frozen=True)
class Letter:
    """A letter that HR words: its parts, what may be filled in, and the paper it becomes.

    ``starter`` is the file with the first version under ``key``. ``paper`` makes what is printed
    by ``templates/pdf/<template>.html`` from the content and the values of one language.
    """

    key: str
    label: LazyString
    hint: LazyString
    parts: tuple[str, ...]
    placeholders: frozenset[str]
    starter: Path
    template: str
    paper: Callable[[Json, Values, str], DataclassInstance]


LETTERS: dict[str, Letter] = {}


def register_letter(letter: Letter) -> None:
    """Let HR edit a letter; the feature that sends it does so when it is loaded."""
    LETTERS[letter.key] = letter


def letter_named(key: str) -> Letter:
    """The letter of this key.

    Raises:
        NotFound: if there is none.
    """
    if key not in LETTERS:
        raise NotFound
    return LETTERS[key]


def starter_content(letter: Letter) -> Json:
    """The text an organisation starts from, by language."""
    entries = tomllib.loads(letter.starter.read_text(encoding="utf-8"))["letter"]
    found: Json = next(entry["content"] for entry in entries if entry["key"] == letter.key)
    return found


def present_version(letter: Letter) -> LetterTemplate:
    """The newest version; before anybody needed the letter its starter, not yet stored."""
    stored = db.session.scalar(queries.newest_template(letter.key))
    return stored or LetterTemplate(
        key=letter.key, number=1, content=starter_content(letter), created_at=clock.now()
    )


def fill(text: str, values: Values) -> str:
    """The text with every placeholder replaced."""
    return PLACEHOLDER.sub(lambda match: values[match[1]], text)


def paragraphs(content: Json, values: Values) -> tuple[str, ...]:
    """The body; a paragraph about something there is not is left out."""
    return tuple(
        fill(text, values)
        for text in content["body"]
        if all(values[name] for name in PLACEHOLDER.findall(text))
    )


def preview(template: LetterTemplate, language: str) -> DataclassInstance:
    """The paper with the names of the placeholders where they are filled in."""
    letter = letter_named(template.key)
    names = {name: f"‹{name}›" for name in letter.placeholders}
    return letter.paper(template.content[language], names, language)


def check_content(letter: Letter, content: Json) -> None:
    """Check the text of a letter before it is kept.

    Raises:
        Refused: naming the field, if a language or part is missing or a placeholder is unknown.
    """
    for language in LOCALES:
        written = content.get(language) or {}
        for part in letter.parts:
            text = written.get(part) or ""
            field = f"{language}-{part}"
            if not text:
                raise Refused(_("This part of the letter is empty."), field=field)
            joined = "\n".join(text) if isinstance(text, list) else text
            if unknown := _unknown(joined, letter.placeholders):
                raise Refused(_("Unknown placeholder: %(names)s", names=unknown), field=field)


def _unknown(text: str, known: frozenset[str]) -> str:
    """The names nobody can fill in, or else a bracket that belongs to no name; empty if none."""
    if names := sorted(set(PLACEHOLDER.findall(text)) - known):
        return ", ".join(names) or "{{ }}"
    stray = CODE.search(PLACEHOLDER.sub(" ", text))
    return stray[0] if stray else ""
