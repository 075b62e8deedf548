"""Forms of assessments: beginning one, each side as it is sent, the talk and what was agreed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from portal.accounts.viewer import viewer
from portal.core import clock, files, i18n
from portal.core.files import StoredFile
from portal.core.forms import Choice, DateBox, FileBox, Form
from portal.core.forms.base import Problem
from portal.core.forms.text import many_lines
from portal.development.models import Assessment, AssessmentLine, AssessmentSheet
from portal.development.operations import Agreed, Entry, entries_of
from portal.development.operations.sheets import NOTE_LIMIT

KINDS = ("pdf", "docx", "odt", "txt", "png", "jpg")
ENDINGS = (*(f".{kind}" for kind in KINDS), ".jpeg")
LARGEST = 10 * 1024 * 1024
NONE = "0"
"""What the page sends for “cannot say”."""


def today() -> Any:  # noqa: ANN401 - a date, for DateBox's bound
    """The reader's day."""
    return clock.today(viewer().time_zone)


class OpenForm(Form):
    """Against which role, and by when both sides should be in."""

    role_id = Choice(_l("Role to look at"))
    due_on = DateBox(_l("Both sides in by"), first=today)


class TalkForm(Form):
    """The day of the talk."""

    talk_on = DateBox(_l("Day of the talk"), first=today)


class EvidenceForm(Form):
    """A file that shows what a side says."""

    file = FileBox(_l("File that shows it"), endings=ENDINGS)

    def stored_file(self) -> StoredFile:
        """The file, checked and stored.

        Raises:
            Refused: if it cannot be taken.
        """
        sent: Any = self.file.data
        upload = files.accept(sent, KINDS, LARGEST)
        return files.store(upload.data, name=upload.name, media_type=upload.media_type)


class _Lines:
    """What a page with one question for each line has in common; ``errors`` by field name."""

    def __init__(self, lines: list[AssessmentLine]) -> None:
        self.lines = lines
        self.errors: dict[str, str] = {}

    def add_problems(self, found: Mapping[str, str]) -> bool:
        """Show what is missing beside its field; whether nothing is."""
        self.errors = dict(found) | self.errors
        return not self.errors

    def problems(self) -> list[Problem]:
        """Everything wrong, in the order of the page."""
        named = [
            Problem(f"{kind}-{line.id}", i18n.words(line.competency_version.name), text)
            for line in self.lines
            for kind in ("level", "note")
            if (text := self.errors.get(f"{kind}-{line.id}"))
        ]
        known = {f"{kind}-{line.id}" for line in self.lines for kind in ("level", "note")}
        others = [
            Problem(name if name == "talk_on" else "", "", text)
            for name, text in self.errors.items()
            if name not in known
        ]
        return [*others, *named]

    def note(self, key: int, sent: MultiDict[str, str]) -> str:
        """The note of a line, tidied."""
        text = sent.get(f"note-{key}", "")
        try:
            tidy = many_lines(text)
        except ValueError as error:
            self.errors[f"note-{key}"] = str(error)
            return text
        if len(tidy) > NOTE_LIMIT:
            self.errors[f"note-{key}"] = _(
                "The note is longer than %(limit)s characters.", limit=NOTE_LIMIT
            )
        return tidy

    def level(self, key: int, sent: MultiDict[str, str]) -> int | None:
        """The level of a line, if one was chosen."""
        text = sent.get(f"level-{key}", "")
        if text in {"1", "2", "3", "4", "5"}:
            return int(text)
        if text not in {"", NONE}:
            self.errors[f"level-{key}"] = _("Choose one of the five sentences.")
        return None


class Sheet(_Lines):
    """One side as it stands in the page: from the record, or as somebody sent it.

    Fields are ``note-<id>`` and ``level-<id>`` (1–5, or 0 for cannot say) of each line, and
    ``version``.
    """

    def __init__(self, row: AssessmentSheet, sent: MultiDict[str, str] | None = None) -> None:
        super().__init__(row.assessment.lines)
        self.row = row
        self.version = row.version if sent is None else _number(sent.get("version", ""))
        self.entries = entries_of(row) if sent is None else {
            line.id: self._read(line.id, sent) for line in self.lines
        }  # fmt: skip

    def _read(self, key: int, sent: MultiDict[str, str]) -> Entry:
        level = self.level(key, sent)
        return Entry(self.note(key, sent), level, sent.get(f"level-{key}") == NONE)

    def is_stale(self) -> bool:
        """Whether the record has changed since the page was opened, and not to what was sent."""
        if self.version == self.row.version:
            return False
        stored = entries_of(self.row)
        return any(stored.get(key, Entry()) != entry for key, entry in self.entries.items())

    def entry(self, key: int) -> Entry:
        """What stands at a line."""
        return self.entries.get(key, Entry())

    def value(self, key: int) -> str | None:
        """Which sentence is chosen, as the page sends it."""
        entry = self.entry(key)
        if entry.cannot_say:
            return NONE
        return str(entry.level) if entry.level else None

    def done_count(self) -> int:
        """How many lines have an answer."""
        return sum(self.value(line.id) is not None for line in self.lines)


class AgreementSheet(_Lines):
    """What was agreed, as somebody sent it; the manager's levels stand there at first."""

    def __init__(
        self, row: Assessment, levels: Mapping[int, int | None],
        sent: MultiDict[str, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(row.lines)
        self.row = row
        self.talked_on = sent.get("talk_on", "") if sent is not None else ""
        if sent is None:
            self.talked_on = min(row.talk_on or today(), today()).isoformat()
            self.agreed = {line.id: Agreed(levels.get(line.id)) for line in self.lines}
        else:
            self.agreed = {
                line.id: Agreed(self.level(line.id, sent), self.note(line.id, sent))
                for line in self.lines
            }

    def day(self) -> date | None:
        """The day of the talk; without one the page says so."""
        try:
            return date.fromisoformat(self.talked_on.strip())
        except ValueError:
            self.errors["talk_on"] = _("Give the day of the talk.")
            return None

    def value(self, key: int) -> str | None:
        """Which sentence is chosen, as the page sends it."""
        level = self.agreed[key].level
        return str(level) if level else None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
