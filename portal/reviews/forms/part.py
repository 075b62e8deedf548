"""A part as it is sent: a level and a note for each subject, and answers in words."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from portal.core.forms.base import Problem
from portal.core.forms.text import many_lines
from portal.core.i18n import words
from portal.reviews.models import ReviewPart
from portal.reviews.operations.part import ANSWER_LIMIT, NOTE_LIMIT, Asked, Entry, entries_of

CANNOT_TELL = "0"


class PartSheet:
    """What stands in the page of a part: from the record, or as somebody sent it.

    Fields are ``level-<subject>`` (1–5, or 0 for who cannot tell), ``note-<subject>``,
    ``text-<section>`` and ``version``.
    """

    def __init__(
        self, part: ReviewPart, asked: Asked, sent: MultiDict[str, str] | None = None
    ) -> None:
        self.part, self.asked = part, asked
        self.errors: dict[str, str] = {}
        #: What each subject is called, for the list of everything wrong.
        self.names: dict[str, str] = {}
        self.version = part.version
        if sent is None:
            self.entries = entries_of(part)
            self.answers = {key: str(text) for key, text in part.answers.items()}
        else:
            self.entries = {key: self._read(key, sent) for key in asked.rated}
            self.answers = {
                key: self._text(f"text-{key}", sent.get(f"text-{key}", ""), ANSWER_LIMIT)
                for key in asked.questions
            }
            self.version = _number(sent.get("version", ""))

    def _read(self, subject: str, sent: MultiDict[str, str]) -> Entry:
        name = f"note-{subject}"
        note = self._text(name, sent.get(name, ""), NOTE_LIMIT)
        level = sent.get(f"level-{subject}", "")
        if level in {"1", "2", "3", "4", "5"}:
            return Entry(int(level), note=note)
        if level not in {"", CANNOT_TELL}:
            self.errors[f"level-{subject}"] = _("Choose one of the five levels.")
        return Entry(cannot_tell=level == CANNOT_TELL, note=note)

    def _text(self, name: str, text: str, limit: int) -> str:
        try:
            tidy = many_lines(text)
        except ValueError as error:
            self.errors[name] = str(error)
            return text
        if len(tidy) > limit:
            self.errors[name] = _("This is longer than %(limit)s characters.", limit=limit)
        return tidy

    def add_problems(self, found: Mapping[str, str]) -> bool:
        """Show what is missing beside its field; whether nothing is."""
        self.errors = dict(found) | self.errors
        return not self.errors

    def is_stale(self) -> bool:
        """Whether the record has changed since the page was opened, and not to what was sent."""
        if self.version == self.part.version:
            return False
        stored = entries_of(self.part)
        other = any(stored.get(key, Entry()) != entry for key, entry in self.entries.items())
        return other or any(
            self.part.answers.get(key, "") != text for key, text in self.answers.items()
        )

    def entry(self, subject: str) -> Entry:
        """What stands at a subject."""
        return self.entries.get(subject, Entry())

    def value(self, subject: str) -> str | None:
        """Which level is chosen, as the page sends it."""
        entry = self.entry(subject)
        if entry.cannot_tell:
            return CANNOT_TELL
        return str(entry.level) if entry.level else None

    def done_count(self) -> int:
        """How many questions are answered."""
        rated = sum(self.entry(key).is_done for key in self.asked.rated)
        return rated + sum(bool(self.answers.get(key)) for key in self.asked.questions)

    def count(self) -> int:
        """How many questions there are."""
        return len(self.asked.rated) + len(self.asked.questions)

    def problems(self) -> list[Problem]:
        """Everything wrong, in the order of the page."""
        found: list[Problem] = []
        named: set[str] = set()
        for section in self.asked.sections:
            title = words(section["title"])
            labels = {f"text-{section['key']}": title}
            for subject in self.asked.subjects(section):
                name = self.names.get(subject, title)
                labels |= {f"level-{subject}": name, f"note-{subject}": name}
            named.update(labels)
            found += [
                Problem(name, label, self.errors[name])
                for name, label in labels.items()
                if name in self.errors
            ]
        others = [text for name, text in self.errors.items() if name not in named]
        return [Problem("", "", text) for text in others] + found


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
