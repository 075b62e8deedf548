"""A scorecard as it is sent: a note, a sentence or a reason for each question of the round."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from portal.core.forms.base import Problem
from portal.core.forms.text import many_lines
from portal.interviews.models import Scorecard
from portal.interviews.operations.scorecard import NOTE_LIMIT, Entry, entries_of
from portal.interviews.script import STEPS
from portal.interviews.states import SkipReason

NOT_OBSERVED = "0"


class Sheet:
    """What stands in the page of a scorecard: from the record, or as somebody sent it.

    Fields are ``note-<id>``, ``rating-<id>`` (1–5, or 0 for not observed) and ``skip-<id>`` for
    each plan question, ``steps`` for each ticked step, and ``version``. A reason for skipping
    counts instead of a sentence, because a chosen sentence can't be taken back without a script.
    """

    def __init__(self, card: Scorecard, sent: MultiDict[str, str] | None = None) -> None:
        self.card = card
        self.errors: dict[str, str] = {}
        self.steps: list[str] = list(card.steps)
        self.entries: dict[int, Entry] = {}
        if sent is None:
            self.entries = entries_of(card)
        else:
            self.steps = [step.key for step in STEPS if step.key in sent.getlist("steps")]
            for question in card.interview.round.questions:
                self.entries[question.id] = self._read(question.id, sent)
        self.version = card.version if sent is None else _number(sent.get("version", ""))

    def _read(self, key: int, sent: MultiDict[str, str]) -> Entry:
        note = self._note(key, sent.get(f"note-{key}", ""))
        rating, skip = sent.get(f"rating-{key}", ""), sent.get(f"skip-{key}", "")
        if skip:
            if skip in {str(reason) for reason in SkipReason}:
                return Entry(note, skip_reason=SkipReason(skip))
            self.errors[f"skip-{key}"] = _("Choose one of the reasons in the list.")
            return Entry(note)
        if rating in {"1", "2", "3", "4", "5"}:
            return Entry(note, rating=int(rating))
        if rating not in {"", NOT_OBSERVED}:
            self.errors[f"rating-{key}"] = _("Choose one of the five sentences.")
        return Entry(note, not_observed=rating == NOT_OBSERVED)

    def _note(self, key: int, text: str) -> str:
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

    def add_problems(self, found: Mapping[str, str]) -> bool:
        """Show what is missing beside its field; whether nothing is."""
        self.errors = dict(found) | self.errors
        return not self.errors

    def is_stale(self) -> bool:
        """Whether the record has changed since the page was opened, and not to what was sent."""
        if self.version == self.card.version:
            return False
        stored = entries_of(self.card)
        return any(stored.get(key, Entry()) != entry for key, entry in self.entries.items())

    def entry(self, key: int) -> Entry:
        """What stands at a question."""
        return self.entries.get(key, Entry())

    def value(self, key: int) -> str | None:
        """Which sentence is chosen, as the page sends it."""
        entry = self.entry(key)
        if entry.not_observed:
            return NOT_OBSERVED
        return str(entry.rating) if entry.rating else None

    def is_done(self, key: int) -> bool:
        """Whether a question has been rated, or has a reason why not."""
        entry = self.entry(key)
        return bool(entry.rating or entry.not_observed or entry.skip_reason)

    def done_count(self) -> int:
        """How many questions are done."""
        return sum(self.is_done(question.id) for question in self.card.interview.round.questions)

    def problems(self) -> list[Problem]:
        """Everything wrong, in the order of the page."""
        questions = self.card.interview.round.questions
        names = [
            (f"{kind}-{question.id}", number)
            for number, question in enumerate(questions, 1)
            for kind in ("note", "rating", "skip")
        ]
        found = [
            Problem(name, _("Question %(number)s", number=number), self.errors[name])
            for name, number in names
            if name in self.errors
        ]
        named = {name for name, _number in names}
        others = [text for name, text in self.errors.items() if name not in named]
        return [Problem("", "", text) for text in others] + found


class AmendmentSheet(Sheet):
    """A submitted scorecard being changed, with the reason why."""

    def __init__(self, card: Scorecard, sent: MultiDict[str, str] | None = None) -> None:
        super().__init__(card, sent)
        self.reason = ""
        if sent is not None:
            try:
                self.reason = many_lines(sent.get("reason", ""))[:2000]
            except ValueError as error:
                self.errors["reason"] = str(error)
            self.steps = list(card.steps)

    def problems(self) -> list[Problem]:
        """As for any sheet, with the reason linked to its field."""
        about = _("Why it changes")
        return [
            Problem("reason", about, one.message)
            if not one.field_id and one.message == self.errors.get("reason")
            else one
            for one in super().problems()
        ]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
