"""One's part of a review: kept as it is written, handed in, given back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import Json, db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.goals.models import Goal
from portal.reviews import notices, queries, scoring
from portal.reviews.models import PartRating, ReviewPart
from portal.reviews.states import (
    PART_MOVES,
    PartState,
    ReviewsFact,
    ReviewState,
    SectionKind,
)

NOTE_LIMIT = 4_000
ANSWER_LIMIT = 10_000
NOTE_NEEDED = frozenset({1, 2, 5})
"""Levels far from the middle need a note of what was seen."""


@dataclass(frozen=True)
class Entry:
    """What an author says of one subject: a level from 1 to 5, or that they cannot tell."""

    level: int | None = None
    cannot_tell: bool = False
    note: str = ""

    @property
    def is_done(self) -> bool:
        """Whether there is a level, or the word that there is none."""
        return self.level is not None or self.cannot_tell


@dataclass(frozen=True)
class Asked:
    """What a part asks for: its sections, competencies by subject, and goals by subject."""

    sections: Sequence[Json]
    competencies: Mapping[str, Json]
    goals: Mapping[str, Goal]

    def subjects(self, section: Json) -> list[str]:
        """The subjects a section rates."""
        kind = SectionKind(section["kind"])
        if kind is SectionKind.COMPETENCIES:
            return list(self.competencies)
        return list(self.goals) if kind is SectionKind.GOALS else []

    @property
    def rated(self) -> list[str]:
        """Every subject, in the order of the page."""
        return [subject for row in self.sections for subject in self.subjects(row)]

    @property
    def questions(self) -> list[str]:
        """The keys of the sections answered in words."""
        return [row["key"] for row in self.sections if row["kind"] == str(SectionKind.TEXT)]


def asked_of(part: ReviewPart) -> Asked:
    """What this part asks: competencies as pinned at the launch, goals of the period."""
    review = part.review
    sections = review.cycle.template.sections_of(part.kind)
    kinds = {row["kind"] for row in sections}
    goals = {}
    if str(SectionKind.GOALS) in kinds:
        found = db.session.scalars(queries.goals_of_review(review))
        goals = {f"g{goal.id}": goal for goal in found}
    return Asked(sections, {f"c{row['competency_id']}": row for row in review.competencies}, goals)


def entries_of(part: ReviewPart) -> dict[str, Entry]:
    """What stands in a part, by subject."""
    return {
        row.subject: Entry(row.level, row.cannot_tell or _is_final(part, row), row.note)
        for row in part.ratings
    }


def _is_final(part: ReviewPart, row: PartRating) -> bool:
    return part.state is PartState.SUBMITTED and row.level is None


def save_part(
    part: ReviewPart,
    asked: Asked,
    *,
    entries: Mapping[str, Entry],
    answers: Mapping[str, str],
    by: Account,  # noqa: ARG001 - a draft is nobody's business, so nothing is recorded
) -> None:
    """Keep what was written so far.

    Raises:
        Refused: if the part is not open, or something in it cannot be.

    """
    require_open(part)
    rows = {row.subject: row for row in part.ratings}
    known = set(asked.rated)
    for subject, entry in entries.items():
        if subject not in known:
            raise Refused(_("This is not asked in this review."))
        _check(subject, entry)
        row = rows.get(subject)
        if row is None:
            if entry == Entry():
                continue
            row = _row(asked, subject)
            part.ratings.append(row)
        row.level, row.cannot_tell, row.note = entry.level, entry.cannot_tell, entry.note
    part.answers = dict(part.answers) | {
        key: text for key, text in answers.items() if key in asked.questions
    }
    part.saved_at = clock.now()


def require_open(part: ReviewPart) -> None:
    """Make sure that a part can still be written.

    Raises:
        Refused: if it is handed in or closed, or the result of the review is being made.

    """
    if part.state is PartState.SUBMITTED:
        raise Refused(_("You have handed in this part already."))
    if part.state is not PartState.OPEN or part.review.state is not ReviewState.WRITING:
        raise Refused(_("This part is closed: nothing more can be written in it."))


def _row(asked: Asked, subject: str) -> PartRating:
    if subject in asked.goals:
        return PartRating(subject=subject, goal_id=asked.goals[subject].id)
    version_id = asked.competencies[subject]["version_id"]
    return PartRating(subject=subject, competency_version_id=version_id)


def _check(subject: str, entry: Entry) -> None:
    if entry.level is not None and entry.level not in range(1, 6):
        raise Refused(_("Choose one of the five levels."), field=f"level-{subject}")
    if entry.level is not None and entry.cannot_tell:
        raise Refused(_("Choose a level, or say that you cannot tell."), field=f"level-{subject}")
    if len(entry.note) > NOTE_LIMIT:
        raise Refused(
            _("The note is longer than %(limit)s characters.", limit=NOTE_LIMIT),
            field=f"note-{subject}",
        )


def problems(
    asked: Asked, entries: Mapping[str, Entry], answers: Mapping[str, str]
) -> dict[str, str]:
    """What is missing before a part can be handed in: field name to message."""
    found: dict[str, str] = {}
    for section in asked.sections:
        for subject in asked.subjects(section):
            entry = entries.get(subject, Entry())
            if not entry.is_done:
                found[f"level-{subject}"] = _("Choose a level, or say that you cannot tell.")
            elif entry.level in NOTE_NEEDED and not entry.note.strip():
                found[f"note-{subject}"] = _("A 1, 2 or 5 needs a note: what did you see?")
        if section["kind"] == str(SectionKind.TEXT) and not answers.get(section["key"], "").strip():
            found[f"text-{section['key']}"] = _("Write an answer, even a short one.")
    return found


def submit_part(part: ReviewPart, asked: Asked, *, by: Account) -> None:
    """Hand a part in; its score is made now.

    Raises:
        Refused: if it is not open, or something is missing (``field`` names the first).

    """
    require_open(part)
    answers = {key: str(text) for key, text in part.answers.items()}
    for field, message in problems(asked, entries_of(part), answers).items():
        raise Refused(message, field=field)
    weights = {goal.id: float(goal.weight) for goal in asked.goals.values()}
    subjects = scoring.subjects_of(asked.competencies.values(), weights)
    levels = {row.subject: row.level for row in part.ratings}
    part.score = scoring.score_part(asked.sections, levels, subjects).score
    part.state, part.submitted_at, part.reason = PartState.SUBMITTED, clock.now(), ""
    audit.record(ReviewsFact.PART_SUBMITTED, part, by=by, about=part.review.person_id)


def return_part(part: ReviewPart, *, reason: str, by: Account) -> None:
    """Give a part back to its author for a change before the result is made.

    Raises:
        Refused: if it is not handed in, the result is made, or the reason is missing.

    """
    require_move(PART_MOVES, part.state, PartState.OPEN)
    if part.state is not PartState.SUBMITTED or part.review.state is not ReviewState.WRITING:
        raise Refused(_("This part can no longer be changed."))
    if not reason.strip():
        raise Refused(_("Say what should change."), field="reason")
    part.state, part.submitted_at, part.score = PartState.OPEN, None, None
    part.reason = reason.strip()
    audit.record(ReviewsFact.PART_RETURNED, part, by=by, about=part.review.person_id)
    notices.part_returned(part)
