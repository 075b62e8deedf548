"""Filling in one side of an assessment, with the files that show what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.competencies.models import LEVELS
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.files import StoredFile
from portal.development import notices
from portal.development.models import AssessmentAnswer, AssessmentFile, AssessmentSheet
from portal.development.states import AssessmentState, DevelopmentFact

NOTE_LIMIT = 10_000
NOTE_NEEDED = frozenset({1, 2, 5})
MOST_FILES = 5


@dataclass(frozen=True)
class Entry:
    """What somebody entered for one line: a level, or that they cannot say, and a note."""

    note: str = ""
    level: int | None = None
    cannot_say: bool = False


def save_sheet(sheet: AssessmentSheet, entries: Mapping[int, Entry], *, by: Account) -> None:
    """Keep what was entered so far, by line; others stay as they are.

    Who takes the manager's side over from a former manager begins with an empty one. A draft is
    nobody's business, so nothing is recorded.

    Raises:
        Refused: if it is submitted, a level is not 1–5, or a note is too long.
    """
    require_open(sheet)
    _take_over(sheet, by)
    rows = {one.line_id: one for one in sheet.answers}
    known = {line.id for line in sheet.assessment.lines}
    for key, entry in entries.items():
        if key not in known:
            raise Refused(_("This competency is not part of the assessment."))
        _check(key, entry)
        row = rows.get(key)
        if row is None:
            row = AssessmentAnswer(line_id=key)
            sheet.answers.append(row)
        row.note, row.level, row.cannot_say = entry.note, entry.level, entry.cannot_say
    sheet.saved_at = clock.now()


def _take_over(sheet: AssessmentSheet, by: Account) -> None:
    if sheet.author_id not in {None, by.id}:
        sheet.answers.clear()
        sheet.files.clear()
        db.session.flush()
    sheet.author_id = by.id


def _check(key: int, entry: Entry) -> None:
    if entry.level is not None and (entry.level not in LEVELS or entry.cannot_say):
        raise Refused(_("Choose one of the five sentences."), field=f"level-{key}")
    if len(entry.note) > NOTE_LIMIT:
        raise Refused(
            _("The note is longer than %(limit)s characters.", limit=NOTE_LIMIT),
            field=f"note-{key}",
        )


def entries_of(sheet: AssessmentSheet) -> dict[int, Entry]:
    """What stands in a side, by line."""
    return {one.line_id: Entry(one.note, one.level, one.cannot_say) for one in sheet.answers}


def problems(sheet: AssessmentSheet, entries: Mapping[int, Entry] | None = None) -> dict[str, str]:
    """What is missing before the side can be submitted: field name to message.

    ``entries`` that are not saved yet count instead of those that are.
    """
    rows = entries_of(sheet) | dict(entries or {})
    found: dict[str, str] = {}
    for line in sheet.assessment.lines:
        entry = rows.get(line.id, Entry())
        if entry.level is None and not entry.cannot_say:
            found[f"level-{line.id}"] = _("Choose a sentence, or say that you cannot say.")
        elif entry.level in NOTE_NEEDED and not entry.note.strip():
            found[f"note-{line.id}"] = _("Write down what shows it: a 1, 2 or 5 needs it.")
    return found


def submit_sheet(sheet: AssessmentSheet, *, by: Account) -> None:
    """Lock one side; when the other is in as well, both open to both.

    Raises:
        Refused: if it is submitted, the assessment is no longer open, or something is missing.
    """
    row = sheet.assessment
    # Two who submit at once must not both miss that they are the second.
    db.session.refresh(row, ["state", "version"], with_for_update=True)
    require_open(sheet)
    for field, message in problems(sheet).items():
        raise Refused(message, field=field)
    sheet.submitted_at, sheet.author_id = clock.now(), by.id
    audit.record(DevelopmentFact.SHEET_SUBMITTED, sheet, by=by, about=row.person_id)
    db.session.refresh(row, ["sheets"])
    if not row.is_blind:
        row.state = AssessmentState.COMPLETE
        notices.to_both(row, notices.DevelopmentNotice.BOTH_IN, by=by)


def require_open(sheet: AssessmentSheet) -> None:
    """Make sure a side can still be changed.

    Raises:
        Refused: if it cannot.
    """
    if sheet.is_submitted:
        raise Refused(_("You have submitted this side already."))
    if sheet.assessment.state is not AssessmentState.OPEN:
        raise Refused(_("This assessment was called off."))


def add_file(sheet: AssessmentSheet, file: StoredFile, *, by: Account) -> AssessmentFile:
    """Attach a file that shows what the side says.

    Raises:
        Refused: if the side is submitted or has as many files as it takes.
    """
    require_open(sheet)
    _take_over(sheet, by)
    if len(sheet.files) >= MOST_FILES:
        raise Refused(_("Attach at most %(number)s files.", number=MOST_FILES), "file")
    row = AssessmentFile(file=file, added_at=clock.now())
    sheet.files.append(row)
    db.session.flush()
    return row


def remove_file(row: AssessmentFile) -> None:
    """Take a file away again.

    Raises:
        Refused: if the side is submitted.
    """
    require_open(row.sheet)
    row.sheet.files.remove(row)
