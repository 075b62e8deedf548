"""Hours claimed and checked, and a table of completions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.core import clock, files, i18n
from portal.core.db import db
from portal.core.files import StoredFile
from portal.core.forms import (
    Choice,
    DateBox,
    DecimalNumber,
    FileBox,
    Form,
    LongText,
    Radios,
    TextField,
)
from portal.training import queries

KINDS = ("pdf", "docx", "odt", "txt", "png", "jpg")
ENDINGS = (*(f".{kind}" for kind in KINDS), ".jpeg")
LARGEST = 10 * 1024 * 1024


def _today() -> Any:  # noqa: ANN401 - a date, for DateBox's bound
    return clock.today(viewer().time_zone)


def _categories() -> list[tuple[int, str]]:
    rows = db.session.scalars(queries.categories())
    return [(row.id, i18n.words(row.name)) for row in rows]


class ClaimForm(Form):
    """Hours of continuing education from elsewhere."""

    title = TextField(_l("What it was"), most=200)
    provider = TextField(_l("Provider"), most=200)
    earned_on = DateBox(_l("Day"), last=_today)
    category = Choice(_l("Category"), _categories)
    minutes = DecimalNumber(_l("Hours"), hint=_l("Such as 1.5."))
    file = FileBox(_l("Proof"), endings=ENDINGS, missing=_l("Add what shows it as a file."))

    @property
    def length(self) -> int:
        """The minutes claimed."""
        return int(min(Decimal(self.minutes.data or 0) * 60, Decimal(10**6)))

    def stored_file(self) -> StoredFile:
        """The proof, checked and stored.

        Raises:
            Refused: at the field, if it cannot be taken.
        """
        sent: Any = self.file.data
        upload = files.accept(sent, KINDS, LARGEST)
        return files.store(upload.data, name=upload.name, media_type=upload.media_type)


class DecideForm(Form):
    """Whether claimed hours count."""

    counts = Radios(_l("Decision"), [(1, _l("They count")), (0, _l("They do not count"))])
    note = LongText(_l("Note"), rows=3, most=2000, optional=True, hint=_l("The person reads it."))


class ImportForm(Form):
    """A table to import; it is shown before anything is saved."""

    file = FileBox(_l("Table"), endings=(".csv", ".tsv", ".txt", ".xlsx"))
